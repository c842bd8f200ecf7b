"""Turns evidence into answers: quoted sentences, numbered, dated and checkable, or a plain no."""
