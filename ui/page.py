"""Puts the page together: masthead, chat, the tabs beside it and the reader of articles, all in one language."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gradio as gr

from rag.errors import StoreError
from rag.schema import Language
from ui.acts import judge, reading_asked_for, saved
from ui.chat import ANSWERING_AT_ONCE, PRIVATE, Chat, connect_chat, html, lay_out_chat
from ui.check_tab import check_tab
from ui.conversations import Conversation, Conversations
from ui.corpus_tab import corpus_tab
from ui.markup import Html, element
from ui.newsroom import Newsroom
from ui.reader import reader
from ui.render import masthead
from ui.tab import Changes, Tab
from ui.texts import TEXTS, interface_language

WAITING_AT_MOST = 32
UPLOADS_KEPT = (3600, 3600)  # looked through every so many seconds for files older than so many
STYLES = ("chat.css", "tabs.css")
logger = logging.getLogger(__name__)

# What chat.js calls when a reader clicks on something in markup of ours.
_BRIDGE = "window.depecheActs = (detail) => trigger('act', detail);"


def build_page(newsroom: Newsroom) -> gr.Blocks:
    """The page, ready to be mounted; a conversation is known only to who holds its name."""
    options = {"analytics_enabled": False, "fill_height": True, "fill_width": True, "delete_cache": UPLOADS_KEPT}
    with gr.Blocks(title="Dépêche", **options) as blocks:
        with gr.Column(elem_id="page"):
            page = _lay_out(newsroom)
        connect_chat(page.chat)
        _connect(page, blocks)
        _connect_acts(page)
    blocks.queue(max_size=WAITING_AT_MOST, default_concurrency_limit=ANSWERING_AT_ONCE, api_open=False)
    blocks.vibe_mode = False  # an editor of source code, which GRADIO_VIBE_MODE could switch on
    return blocks


def style() -> str:
    """The style sheet of the page."""
    here = Path(__file__).parent
    return "\n".join(here.joinpath(name).read_text(encoding="utf-8") for name in STYLES)


def script() -> str:
    """The script of the page, as an element for its head."""
    return f"<script>{Path(__file__).with_name('chat.js').read_text(encoding='utf-8')}</script>"


@dataclass(frozen=True, slots=True)
class _Page:
    """The parts of the page."""

    newsroom: Newsroom
    top: gr.HTML
    sections: tuple[gr.Tab, ...]
    chat: Chat
    others: tuple[Tab, ...]
    reader: gr.HTML
    told: gr.HTML  # what the server tells chat.js: the language of the page, a file to save
    bridge: gr.HTML  # what chat.js tells the server
    events: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def outputs(self) -> list[Any]:
        """All that speaks a language."""
        others = [component for other in self.others for component in other.outputs]
        own = [self.chat.language, self.top, *self.sections, self.reader, self.told]
        return list(dict.fromkeys([*own, *self.chat.worded, *self.chat.shown, *others]))

    def localised(self, memory: object, language: Language) -> Changes:
        """The whole page in that language."""
        words = TEXTS[language]
        names = (words.tab_chat, words.tab_corpus, words.tab_check)
        changes: Changes = {
            self.chat.language: language,
            self.top: masthead(self.newsroom.assistant.articles, language),
            self.reader: Html(""),
            self.told: _language(language, settled=False),
            **{section: gr.Tab(label=name) for section, name in zip(self.sections, names, strict=False)},
            **self.chat.localised(language),
            **self.chat.changes(self.chat.remembered(memory), language),
        }
        for other in self.others:
            changes |= other.localised(language)
        return changes


def _language(language: Language, *, settled: bool) -> Html:
    """Tells chat.js the language of the page, and whether all that follows from it is there."""
    return element("span", {"data-language": language, "data-settled": "yes" if settled else "no"})


def _lay_out(newsroom: Newsroom) -> _Page:
    words = TEXTS["fr"]
    # The key hides nothing that matters: it only has to be the same after a restart.
    memory = gr.BrowserState({"conversation": "", "language": ""}, storage_key="depeche", secret="depeche")  # noqa: S106
    language = gr.State("fr")
    top = html(masthead(newsroom.assistant.articles, "fr"), elem_id="masthead")
    with gr.Tabs(elem_id="sections"):
        with gr.Tab(words.tab_chat, id="chat") as section:
            chat = lay_out_chat(newsroom, Conversations(), memory, language)
        with gr.Tab(words.tab_corpus, id="corpus") as corpus_section:
            corpus = corpus_tab(newsroom, language)
        with gr.Tab(words.tab_check, id="check") as check_section:
            check = check_tab(newsroom, language)
    reading = html(Html(""), elem_id="reader")
    bridge = gr.HTML("", js_on_load=_BRIDGE, apply_default_css=False, elem_id="bridge")
    told = html(Html(""), elem_id="told")
    return _Page(newsroom, top, (section, corpus_section, check_section), chat, (corpus, check), reading, told, bridge)


def _connect(page: _Page, blocks: gr.Blocks) -> None:
    """Follow the reader's language and the corpus; every change of either brings new example questions."""
    chat = page.chat

    def open_page(memory: object, request: gr.Request) -> Changes:
        chosen = memory.get("language") if isinstance(memory, dict) else None
        language: Language = chosen if chosen in TEXTS else interface_language(request.headers.get("accept-language"))
        return page.localised(memory, language)

    def switch(chosen: object, memory: object) -> Changes:
        return page.localised(memory, "en" if chosen == "en" else "fr")

    def follow_corpus(language: Language) -> Changes:
        return {page.top: masthead(page.newsroom.assistant.articles, language), **chat.localised(language)}

    def settle(language: Language) -> Changes:
        return {**chat.exemplified(language), page.told: _language(language, settled=True)}

    chosen, headings = [chat.controls.language, chat.memory], [page.top, *chat.worded]
    changes = [
        blocks.load(open_page, inputs=[chat.memory], outputs=page.outputs, **PRIVATE),
        chat.controls.language.input(switch, inputs=chosen, outputs=page.outputs, **PRIVATE),
        *(
            other.changed.change(follow_corpus, inputs=[chat.language], outputs=headings, **PRIVATE)
            for other in page.others
            if other.changed is not None
        ),
    ]
    for change in changes:
        change.then(settle, inputs=[chat.language], outputs=[page.told, *chat.examples], **PRIVATE)


def _connect_acts(page: _Page) -> None:
    """Do what a reader asks for by a click on something in markup of ours."""

    def act(memory: object, language: Language, event: gr.EventData) -> Changes:
        held = page.chat.remembered(memory)
        acted = _acted(page, event._data if isinstance(event._data, dict) else {}, held, language)
        return {**page.chat.memorised(held, language), **acted}

    page.bridge.act(
        act,
        inputs=[page.chat.memory, page.chat.language],
        outputs=[page.reader, page.told, *page.chat.shown],
        concurrency_limit=ANSWERING_AT_ONCE,
        concurrency_id="act",
        **PRIVATE,
    )


def _acted(page: _Page, data: dict[str, Any], held: Conversation | None, language: Language) -> Changes:
    """What changes by an act."""
    match data.get("act"):
        case "read" if reading := reading_asked_for(data, held, page.newsroom):
            article = page.newsroom.article(reading.article_id)
            removed = page.newsroom.assistant.removed.get(reading.article_id, ())
            return {page.reader: reader(reading, article, removed, language, opened=next(page.events))}
        case "new":
            return page.chat.changes(None, language)
        case "export" if held:
            return {page.told: saved(data.get("as"), held, language, number=next(page.events))}
        case "judge" if held:
            try:
                judge(data, held, page.newsroom)
            except StoreError:
                logger.exception("what a reader thought of an answer could not be kept")
                gr.Warning(TEXTS[language].not_kept, title="")
            return page.chat.changes(held, language)
    return {}
