"""Puts the tab of articles together and connects it: look through them, add, remove, read the folder again."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from rag.errors import RagError
from rag.schema import Language
from ui.corpus_desk import Desk, lay_out_corpus
from ui.corpus_report import progress
from ui.corpus_table import COLUMNS, ROWS, View
from ui.corpus_texts import CORPUS_TEXTS
from ui.librarian import Librarian, Progress, discard
from ui.markup import Html, shortened
from ui.newsroom import Newsroom
from ui.render import notice
from ui.tab import Changes, Tab
from ui.uploads import MOST_FILES

AT_ONCE = 8  # sessions served; whoever changes the corpus waits for the others

logger = logging.getLogger(__name__)


def corpus_tab(newsroom: Newsroom, language: gr.State) -> Tab:
    """The tab, to be called where it is to stand; it connects its own events."""
    desk = lay_out_corpus(Librarian(newsroom), language)
    _connect(desk)
    return Tab(outputs=desk.outputs, localised=desk.localised, changed=desk.changed)


def _connect(desk: Desk) -> None:
    librarian = desk.librarian
    pasted = [desk.text, desk.title, desk.outlet, desk.published]

    def find(search: str, view: View, language: Language) -> Changes:
        return desk.listed(replace(view, search=str(search or "")[:200], rows=ROWS, leaving=None, pressed=""), language)

    def pick(view: View, changed: int, language: Language, event: gr.EventData) -> Iterator[Changes]:
        picked = str(event._data.get("pick", "")) if isinstance(event._data, dict) else ""
        action, _, value = picked.partition(":")
        if action != "go":
            yield {desk.told: Html(""), **desk.listed(_picked(view, action, value), language)}
            return
        yield {desk.told: notice(CORPUS_TEXTS[language].removing, language)}
        told = _removed(librarian, value, language)
        yield {
            desk.told: notice(told, language),
            desk.changed: changed + 1,
            **desk.shown(replace(view, leaving=None, pressed=f"sort:{view.column}"), language),
        }

    def reread(view: View, changed: int, language: Language) -> Iterator[Changes]:
        yield {desk.told: notice(CORPUS_TEXTS[language].rereading, language), desk.receipts: Html("")}
        told = _reread(librarian, language)
        yield {desk.told: notice(told, language), desk.changed: changed + 1, **desk.shown(view, language)}

    def upload(files: Sequence[object] | None, view: View, changed: int, language: Language) -> Iterator[Changes]:
        count = len(files or ())
        if count > MOST_FILES:
            told = CORPUS_TEXTS[language].too_many_files.format(count=count, limit=MOST_FILES)
            discard(files or ())
            yield {desk.receipts: notice(told, language), desk.files: None}
            return
        for step in _followed(desk, librarian.add_files(files or ()), (view, changed), language):
            yield {**step, desk.files: None}

    def paste(given: Changes) -> Iterator[Changes]:
        text, title, outlet, published = (str(given[field] or "") for field in pasted)
        steps = librarian.add_text(text, title=title, outlet=outlet, published=published)
        for step in _followed(desk, steps, (given[desk.view], given[desk.changed]), given[desk.language]):
            yield {**step, **(dict.fromkeys(pasted, "") if desk.changed in step else {})}

    private = {"api_visibility": "private", "show_progress": "hidden"}
    writing: dict[str, Any] = {**private, "concurrency_limit": AT_ONCE, "concurrency_id": "corpus"}
    state = [desk.view, desk.changed, desk.language]
    table = [desk.head, desk.picture, desk.table, desk.invitation, desk.intake, desk.view, desk.changed]
    desk.search.change(
        find,
        inputs=[desk.search, desk.view, desk.language],
        outputs=[desk.view, desk.table],
        trigger_mode="always_last",
        **private,
    )
    desk.table.click(pick, inputs=state, outputs=[desk.told, *table], **writing)
    desk.reread.click(reread, inputs=state, outputs=[desk.told, desk.receipts, *table], **writing)
    desk.files.upload(upload, inputs=[desk.files, *state], outputs=[desk.receipts, desk.files, *table], **writing)
    desk.add.click(paste, inputs={*pasted, *state}, outputs=[desk.receipts, *pasted, *table], **writing)


def _picked(view: View, action: str, value: str) -> View:
    """The view after a button of the table; anything unknown changes nothing."""
    if action == "sort" and value in COLUMNS:
        descending = not view.descending if value == view.column else value in ("published", "passages")
        return replace(view, column=value, descending=descending, rows=ROWS, leaving=None, pressed=f"sort:{value}")
    if action == "more":
        return replace(view, rows=view.rows + ROWS, pressed="more")
    if action == "leave":
        return replace(view, leaving=value, pressed="")
    if action == "keep":
        return replace(view, leaving=None, pressed=f"leave:{view.leaving}")
    return view


def _followed(desk: Desk, steps: Iterator[Progress], state: tuple[View, int], language: Language) -> Iterator[Changes]:
    """What the page shows while articles are added; whatever goes wrong becomes one calm line."""
    view, changed = state
    try:
        for step in steps:
            shown: Changes = {desk.receipts: progress(step, language)}
            if step.finished and any(receipt.outcome == "added" for receipt in step.receipts):
                shown |= {desk.changed: changed + 1, **desk.shown(view, language)}
            yield shown
    except RagError as error:
        reason = shortened(str(error), limit=300)
        yield {desk.receipts: notice(CORPUS_TEXTS[language].reread_failed.format(reason=reason), language)}
    except Exception:
        logger.exception("articles could not be added")
        yield {desk.receipts: notice(CORPUS_TEXTS[language].failed, language)}


def _removed(librarian: Librarian, article_id: str, language: Language) -> str:
    """Remove an article and say what has become of it."""
    words = CORPUS_TEXTS[language]
    article = librarian.newsroom.article(article_id)
    if article is None:
        return words.refused["gone"]
    title = shortened(article.title, limit=80)
    try:
        done = librarian.remove(article)
    except RagError as error:
        return words.reread_failed.format(reason=shortened(str(error), limit=300))
    except Exception:
        logger.exception("an article could not be removed")
        return words.failed
    if done.moved_to:
        return words.removed.format(title=title, file=done.moved_to)
    return words.refused[done.fate].format(title=title, file=shortened(done.file), detail=done.detail)


def _reread(librarian: Librarian, language: Language) -> str:
    """Read the folder again and say what has changed."""
    words = CORPUS_TEXTS[language]
    try:
        synced = librarian.reread()
    except RagError as error:
        return words.reread_failed.format(reason=shortened(str(error), limit=300))
    except Exception:
        logger.exception("the corpus could not be read again")
        return words.failed
    counts = {name: len(getattr(synced, name)) for name in ("new", "changed", "removed", "unchanged")}
    moved = counts["new"] or counts["changed"] or counts["removed"]
    return words.reread_done.format(**counts) if moved else words.reread_same
