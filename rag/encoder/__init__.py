"""Holds the bundled bilingual embedding model: its weights, its model card, and what trained and measured it."""
