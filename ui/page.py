"""Lays out the page and connects it: a question goes in, ever fuller answers and their proof come back."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import gradio as gr

from rag.corpus.characters import visible
from rag.errors import QuestionError
from rag.schema import Answer, Article, Language
from ui.markup import Html, shortened
from ui.render import Turn, conversation, masthead, notice
from ui.sources import earlier_sources, latest_sources
from ui.texts import TEXTS, interface_language

LONGEST_QUESTION = 2_000  # characters
TURNS_KEPT = 12  # of a session; older ones leave the page
EXAMPLES = 3
ANSWERING_AT_ONCE = 8
WAITING_AT_MOST = 32
BETWEEN_UPDATES = 0.1  # seconds

Turns = tuple[Turn, ...]
Changes = dict[Any, Any]  # component -> its new value

logger = logging.getLogger(__name__)


class Assistant(Protocol):
    """What the page needs of `rag.Assistant`."""

    @property
    def articles(self) -> tuple[Article, ...]: ...

    def stream(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Iterator[Answer]: ...


def build_page(assistant: Assistant) -> gr.Blocks:
    """The page, ready to be mounted; it holds no question of anyone outside that person's own session."""
    with gr.Blocks(title="Dépêche", analytics_enabled=False, fill_height=True, fill_width=True) as blocks:
        page = _lay_out(assistant.articles)
        _connect(page, assistant, blocks)
    blocks.queue(max_size=WAITING_AT_MOST, default_concurrency_limit=ANSWERING_AT_ONCE, api_open=False)
    blocks.vibe_mode = False  # an editor of source code, which GRADIO_VIBE_MODE could switch on
    return blocks


@dataclass(frozen=True, slots=True)
class _Page:
    """The components that change."""

    turns: gr.State
    masthead: gr.HTML
    conversation: gr.HTML
    example_hint: gr.HTML
    examples: tuple[gr.Button, ...]
    example_box: gr.Column
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    latest: gr.HTML
    earlier: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        return [self.turns, self.conversation, self.example_box, self.question, self.stop, self.latest, self.earlier]


def _lay_out(articles: tuple[Article, ...]) -> _Page:
    words = TEXTS["fr"]  # until the page has loaded and its reader's language is known
    log = '<div role="log" aria-live="polite" aria-label="Dépêche">${value}</div>'
    with gr.Row(elem_id="desk", equal_height=True):
        with gr.Column(elem_id="talk", min_width=0):
            top = _html(masthead(articles, "fr"), elem_id="masthead")
            talk = gr.HTML("", html_template=log, js_on_load=None, elem_id="conversation", apply_default_css=False)
            with gr.Column(elem_id="examples", min_width=0) as example_box:
                hint = _html(notice(words.example_hint, "fr"))
                examples = tuple(
                    gr.Button(example, variant="secondary", size="md") for example in _examples(articles, "fr")
                )
            with gr.Row(elem_id="asking"):
                question = gr.Textbox(
                    label=words.ask_label,
                    placeholder=words.ask_placeholder,
                    lines=1,
                    max_lines=6,
                    autofocus=True,
                    elem_id="question",
                    scale=1,
                )
                send = gr.Button(words.send, variant="primary", elem_id="send", scale=0, min_width=120)
                stop = gr.Button(words.stop, visible=False, elem_id="stop", scale=0, min_width=100)
        with gr.Column(elem_id="proof", min_width=0):
            latest = _html(latest_sources(None, {}, "fr"), elem_id="latest")
            earlier = _html(Html(""), elem_id="earlier")
    return _Page(gr.State(()), top, talk, hint, examples, example_box, question, send, stop, latest, earlier)


def _html(value: Html, **options: Any) -> gr.HTML:
    return gr.HTML(value, js_on_load=None, apply_default_css=False, **options)


def _connect(page: _Page, assistant: Assistant, blocks: gr.Blocks) -> None:
    # Sessions whose reader stopped an answer. Gradio could cancel the event instead, but then its page at times loses
    # the question that is asked next.
    stopped: set[str | None] = set()

    def ask(question: object, turns: Turns, request: gr.Request) -> Iterator[Changes]:
        language = _language(request)
        stopped.discard(request.session_hash)
        cleared = {page.question: ""}  # once, for the reader may be writing the next one by now
        for shown in _follow(assistant, str(question or ""), turns, language):
            if request.session_hash in stopped:
                # Gradio shows a handler's last word again when it ends, so that must be the stopped answer too.
                yield _changes(page, assistant, _stopped(shown, language), language)
                return
            yield _changes(page, assistant, shown, language) | cleared
            cleared = {}

    def stop(turns: Turns, request: gr.Request) -> Changes:
        language = _language(request)
        if turns and _unfinished(turns[-1]):
            stopped.add(request.session_hash)
            turns = _stopped(turns, language)
        return _changes(page, assistant, turns, language)

    def open_page(request: gr.Request) -> Changes:
        return _in_language(page, assistant.articles, _language(request))

    private = {"api_visibility": "private", "show_progress": "hidden"}
    for source, triggers in (
        (page.question, [page.question.submit, page.send.click]),
        *((example, [example.click]) for example in page.examples),
    ):
        gr.on(
            triggers,
            ask,
            inputs=[source, page.turns],
            outputs=page.outputs,
            concurrency_limit=ANSWERING_AT_ONCE,
            concurrency_id="ask",
            trigger_mode="always_last",  # a question sent while another is answered comes next
            **private,
        )
    page.stop.click(stop, inputs=[page.turns], outputs=page.outputs, **private)
    localised = [page.masthead, page.example_hint, *page.examples, page.question, page.send, page.stop, page.latest]
    blocks.load(open_page, outputs=localised, **private)


def _follow(assistant: Assistant, question: str, turns: Turns, language: Language) -> Iterator[Turns]:
    """The session's turns as the answer to one more question grows; whatever goes wrong becomes its answer."""
    words = TEXTS[language]
    asked = visible(question).strip()
    if not asked:
        yield turns
        return
    turn = Turn(number=turns[-1].number + 1 if turns else 1, question=asked)
    before = turns[1 - TURNS_KEPT :]
    if len(asked) > LONGEST_QUESTION:
        yield (*before, replace(turn, trouble=words.too_long.format(count=len(asked), limit=LONGEST_QUESTION)))
        return
    yield (*before, turn)
    try:
        for answer in _paced(assistant.stream(asked, history=_history(before))):
            turn = replace(turn, answer=answer)
            yield (*before, turn)
    except QuestionError as error:
        turn = replace(turn, trouble=shortened(str(error), limit=300))
        yield (*before, turn)
    except Exception:
        # The reader gets a calm line; what happened is for the person who runs the program. The question itself is
        # never logged: it may betray a source.
        logger.exception("a question could not be answered")
        turn = replace(turn, trouble=words.failed)
        yield (*before, turn)


def _paced(answers: Iterator[Answer]) -> Iterator[Answer]:
    """The answers, no more than ten a second, the last one always."""
    waiting: Answer | None = None
    shown_at = float("-inf")
    for answer in answers:
        waiting = answer
        if time.monotonic() - shown_at >= BETWEEN_UPDATES:
            yield answer
            waiting, shown_at = None, time.monotonic()
    if waiting is not None:
        yield waiting


def _history(turns: Turns) -> tuple[tuple[str, str], ...]:
    return tuple((turn.question, turn.answer.text) for turn in turns if turn.answer and turn.answer.complete)


def _stopped(turns: Turns, language: Language) -> Turns:
    """The turns, the last one ended where it was."""
    return (*turns[:-1], replace(turns[-1], trouble=TEXTS[language].stopped))


def _unfinished(turn: Turn) -> bool:
    return turn.trouble is None and (turn.answer is None or not turn.answer.complete)


def _changes(page: _Page, assistant: Assistant, turns: Turns, language: Language) -> Changes:
    articles = {article.id: article for article in assistant.articles}
    newest = turns[-1] if turns else None
    return {
        page.turns: turns,
        page.conversation: conversation(turns, language),
        page.example_box: gr.Column(visible=not turns),
        page.stop: gr.Button(visible=newest is not None and _unfinished(newest)),
        page.latest: latest_sources(newest, articles, language),
        page.earlier: earlier_sources(turns[:-1], articles, language),
    }


def _in_language(page: _Page, articles: tuple[Article, ...], language: Language) -> Changes:
    words = TEXTS[language]
    return {
        page.masthead: masthead(articles, language),
        page.example_hint: notice(words.example_hint, language),
        page.question: gr.Textbox(label=words.ask_label, placeholder=words.ask_placeholder),
        page.send: gr.Button(words.send),
        page.stop: gr.Button(words.stop),
        page.latest: latest_sources(None, {}, language),
        **dict(zip(page.examples, _examples(articles, language), strict=True)),
    }


def _examples(articles: tuple[Article, ...], language: Language) -> tuple[str, ...]:
    """A question for each of a few articles, spread over the corpus, made of its title."""
    titles = tuple(dict.fromkeys(shortened(article.title, limit=110) for article in articles))
    step = max(1, len(titles) // EXAMPLES)
    return tuple(TEXTS[language].example.format(title=title) for title in titles[::step][:EXAMPLES])


def _language(request: gr.Request) -> Language:
    return interface_language(request.headers.get("accept-language"))


def style() -> str:
    """The style sheet of the page."""
    return Path(__file__).with_name("chat.css").read_text(encoding="utf-8")


def script() -> str:
    """The script of the page, as an element for its head."""
    return f"<script>{Path(__file__).with_name('chat.js').read_text(encoding='utf-8')}</script>"
