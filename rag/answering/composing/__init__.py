"""Puts chosen sentences together: who says what, when, and whether they differ."""
