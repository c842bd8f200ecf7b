"""Chooses the sentences that answer a question, and the bare words in them; knows when none does."""
