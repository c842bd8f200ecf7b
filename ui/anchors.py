"""Names the places of the page that links lead to."""

from __future__ import annotations

from ui.turns import Turn


def turn_anchor(turn: Turn) -> str:
    """A turn in the conversation."""
    return f"turn-{turn.number}"


def card_anchor(turn: Turn, number: int) -> str:
    """The card of a citation."""
    return f"source-{turn.number}-{number}"


def nearest_anchor(turn: Turn) -> str:
    """The passages offered with a declined answer."""
    return f"nearest-{turn.number}"
