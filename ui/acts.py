"""Does what a click inside markup of ours asks for; anything may come from a page, so everything is checked."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from rag.corpus.characters import visible
from rag.schema import Language
from ui.conversations import Conversation
from ui.export import as_csv, as_html, as_markdown
from ui.feedback import keep
from ui.markup import Html, element, escape
from ui.newsroom import Newsroom
from ui.reader import Reading, reading_of_article, reading_of_citation, reading_of_passage
from ui.render import LONGEST_WORD

LONGEST_ID = 1_000  # characters
_FORMATS = {"md": ("text/markdown", as_markdown), "html": ("text/html", as_html), "csv": ("text/csv", as_csv)}


def reading_asked_for(data: Mapping[str, object], held: Conversation | None, newsroom: Newsroom) -> Reading | None:
    """The article to open: that of a citation or a passage of a turn, or one by its id; None where there is none."""
    turn = held.turn(whole_number(data.get("turn"))) if held else None
    if turn is not None and "number" in data:
        return reading_of_citation(turn, whole_number(data["number"]))
    if turn is not None and "near" in data:
        return reading_of_passage(turn, whole_number(data["near"]))
    name = data.get("article")
    article = newsroom.article(name) if isinstance(name, str) and len(name) <= LONGEST_ID else None
    if article is None:
        return None
    return reading_of_article(article, whole_number(data.get("start")), whole_number(data.get("end")))


def judge(data: Mapping[str, object], held: Conversation, newsroom: Newsroom) -> None:
    """Keep what a reader thinks of an answer, in the file for it and in the conversation.

    Raises:
        StoreError: it could not be written, and the conversation stays as it was.
    """
    turn, file = held.turn(whole_number(data.get("turn"))), newsroom.feedback
    if turn is None or turn.unfinished or turn.answer is None or file is None:
        return
    liked, why = data.get("liked") == "yes", visible(str(data.get("why", "")))[:LONGEST_WORD].strip()
    keep(file, turn, liked=liked, why=why)
    held.judge(turn.number, liked=liked, why=why)


def saved(kind: object, held: Conversation, language: Language, *, number: int) -> Html:
    """The conversation as a file inside a link, which the page's script follows; nothing for an unknown kind.

    Args:
        number: another one each time, so that the script notices when the same file is asked for again.
    """
    if not isinstance(kind, str) or kind not in _FORMATS:
        return Html("")
    media_type, written = _FORMATS[kind]
    text = base64.b64encode(written(held.turns, language).encode()).decode()
    link = {"href": f"data:{media_type};charset=utf-8;base64,{text}", "download": f"depeche.{kind}"}
    return element("a", {**link, "data-saved": str(number), "tabindex": "-1"}, escape(kind))


def whole_number(value: object) -> int | None:
    """A small whole number out of an attribute, or None."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None
