"""Lays evidence out for a language model and proves what it writes."""
