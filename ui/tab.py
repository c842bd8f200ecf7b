"""What a tab of the page tells the page about itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.schema import Language

Changes = dict[Any, Any]  # component -> its new value


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the page that lays itself out, connects its own events and can change its language."""

    outputs: list[Any]  # the components that `localised` rewrites
    localised: Callable[[Language], Changes]
    changed: gr.State | None = None  # a counter that goes up when the corpus has changed
