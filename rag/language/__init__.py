"""Reads French and English text: folding, words, sentences, numbers, dates and the language itself."""
