"""Lays out the tab that checks a text and connects it: a text goes in, how each sentence stands comes back."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import gradio as gr

from rag.answering.checking import LONGEST_TEXT, MOST_STATEMENTS
from rag.corpus.characters import visible
from rag.errors import QuestionError
from rag.schema import Language
from ui.check_texts import CHECK_TEXTS
from ui.findings import findings
from ui.markup import Html, element, escape
from ui.newsroom import Newsroom
from ui.render import notice
from ui.tab import Changes, Tab

CHECKING_AT_ONCE = 4

logger = logging.getLogger(__name__)


def check_tab(newsroom: Newsroom, language: gr.State) -> Tab:
    """The tab, to be called where it is to stand; it connects its own events."""
    words = CHECK_TEXTS["fr"]  # until the page has loaded and its reader's language is known
    with gr.Row(elem_id="check", equal_height=True):
        with gr.Column(elem_id="statement", min_width=0):
            head = _html("check-head")
            text = gr.Textbox(
                label=words.text, show_label=False, lines=8, max_lines=18, max_length=LONGEST_TEXT, elem_id="check-text"
            )
            check = gr.Button(words.check, variant="primary", elem_id="check-go")
        with gr.Column(elem_id="findings", min_width=0):
            heading = _html("check-heading")
            results = _html("check-results", live=True)

    def localised(to: Language) -> Changes:
        said = CHECK_TEXTS[to]
        return {
            head: _titled(said.heading, said.hint, to),
            text: gr.Textbox(label=said.text, placeholder=said.placeholder),
            check: gr.Button(said.check),
            heading: _titled(said.results, said.nothing_yet, to),
            results: Html(""),
        }

    def answer(given: str, to: Language) -> Iterator[Changes]:
        yield {heading: _titled(CHECK_TEXTS[to].results, "", to), results: notice(CHECK_TEXTS[to].checking, to)}
        yield {results: checked(newsroom, str(given or ""), to)}

    gr.on(
        [check.click, text.submit],
        answer,
        inputs=[text, language],
        outputs=[heading, results],
        api_visibility="private",
        show_progress="hidden",
        concurrency_limit=CHECKING_AT_ONCE,
        concurrency_id="check",
    )
    return Tab(outputs=[head, text, check, heading, results], localised=localised)


def checked(newsroom: Newsroom, given: str, language: Language) -> Html:
    """How the text stands; whatever goes wrong becomes one calm line."""
    words, text = CHECK_TEXTS[language], visible(given).strip()
    if not text:
        return notice(words.empty, language)
    if len(text) > LONGEST_TEXT:
        return notice(words.too_long.format(count=len(text), limit=LONGEST_TEXT), language)
    try:
        return findings(newsroom.assistant.check(text), newsroom, language)
    except QuestionError:
        return notice(words.nothing.format(limit=MOST_STATEMENTS), language)
    except Exception:
        # What happened is for the person who runs the program. The text itself is never logged.
        logger.exception("a text could not be checked")
        return notice(words.failed, language)


def _titled(heading: str, hint: str, language: Language) -> Html:
    line = notice(hint, language) if hint else Html("")
    return element("div", {"lang": language}, element("h2", {}, escape(heading)), line)


def _html(name: str, *, live: bool = False) -> gr.HTML:
    template = '<div aria-live="polite">${value}</div>' if live else "${value}"
    return gr.HTML("", html_template=template, js_on_load=None, apply_default_css=False, elem_id=name)
