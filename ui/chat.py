"""Lays out the chat and connects it: a question goes in, ever fuller answers and their proof come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import gradio as gr

from rag.schema import Language
from ui.asking import follow
from ui.controls import Controls, lay_out_controls
from ui.conversations import Conversation, Conversations
from ui.examples import examples
from ui.markup import Html, button, element, escape
from ui.newsroom import Assistant, Newsroom
from ui.render import conversation, notice
from ui.scope import Scope
from ui.sources import earlier_sources, latest_sources
from ui.tab import Changes
from ui.texts import TEXTS

EXAMPLES = 3
ANSWERING_AT_ONCE = 8
_Suggest = Callable[[Assistant, Language, int], tuple[str, ...]]
PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class Chat:
    """The components of the chat, and what they show."""

    newsroom: Newsroom
    conversations: Conversations
    memory: gr.BrowserState
    language: gr.State
    log: gr.HTML
    hint: gr.HTML
    examples: tuple[gr.Button, ...]
    example_box: gr.Column
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    tools: gr.HTML
    controls: Controls
    latest: gr.HTML
    earlier: gr.HTML
    suggested: _Suggest

    @property
    def shown(self) -> list[Any]:
        """What changes with the conversation."""
        return [
            self.memory,
            self.log,
            self.example_box,
            self.question,
            self.stop,
            self.tools,
            self.latest,
            self.earlier,
        ]

    @property
    def worded(self) -> list[Any]:
        """What changes with the language of the interface."""
        return [self.hint, self.question, self.send, self.stop, *self.controls.outputs]

    def changes(self, held: Conversation | None, language: Language) -> Changes:
        """The page as it must be for a conversation."""
        turns = held.turns if held else ()
        articles = {article.id: article for article in self.newsroom.assistant.articles}
        return {
            **self.memorised(held, language),
            self.log: conversation(turns, language, judging=self.newsroom.feedback is not None),
            self.example_box: gr.Column(visible=not turns),
            self.stop: gr.Button(visible=any(turn.unfinished for turn in turns)),
            self.tools: _tools(language) if turns else Html(""),
            self.latest: latest_sources(turns[-1] if turns else None, articles, language),
            self.earlier: earlier_sources(turns[:-1], articles, language),
        }

    def localised(self, language: Language) -> Changes:
        """The words of the page in that language."""
        words = TEXTS[language]
        return {
            self.hint: _welcome(language),
            self.question: gr.Textbox(label=words.ask_label, placeholder=words.ask_placeholder),
            self.send: gr.Button(words.send),
            self.stop: gr.Button(words.stop),
            **self.controls.localised(language, self.newsroom.assistant.articles),
        }

    def exemplified(self, language: Language) -> Changes:
        """Example questions in that language, which take a moment to find."""
        shown = self.suggested(self.newsroom.assistant, language, EXAMPLES)
        return {
            place: gr.Button(shown[index] if index < len(shown) else "", visible=index < len(shown))
            for index, place in enumerate(self.examples)
        }

    def memorised(self, held: Conversation | None, language: Language) -> Changes:
        """What this browser is to remember; an event that may write it must, for what is left out is forgotten."""
        return {self.memory: {"conversation": held.id if held else "", "language": language}}

    def remembered(self, memory: object) -> Conversation | None:
        """The conversation that this browser was in, as far as it is still known."""
        return self.conversations.find(memory.get("conversation") if isinstance(memory, dict) else None)


def html(value: Html, **options: Any) -> gr.HTML:
    """A place for markup of ours."""
    return gr.HTML(value, js_on_load=None, apply_default_css=False, **options)


def lay_out_chat(newsroom: Newsroom, conversations: Conversations, memory: gr.BrowserState, language: gr.State) -> Chat:
    """The chat, in French until the page has loaded and its reader's language is known."""
    words = TEXTS["fr"]
    log = '<div role="log" aria-live="polite" aria-label="Dépêche">${value}</div>'
    with gr.Row(elem_id="desk", equal_height=True):
        with gr.Column(elem_id="talk", min_width=0):
            talk = gr.HTML("", html_template=log, js_on_load=None, elem_id="conversation", apply_default_css=False)
            with gr.Column(elem_id="examples", min_width=0) as example_box:
                hint = html(_welcome("fr"))
                buttons = tuple(gr.Button("", variant="secondary", size="md", visible=False) for _ in range(EXAMPLES))
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
            tools = html(Html(""), elem_id="tools")
            controls = lay_out_controls(newsroom, "fr")
        with gr.Column(elem_id="proof", min_width=0):
            latest = html(latest_sources(None, {}, "fr"), elem_id="latest")
            earlier = html(Html(""), elem_id="earlier")
    return Chat(
        *(newsroom, conversations, memory, language, talk, hint, buttons, example_box, question, send, stop),
        *(tools, controls, latest, earlier),
        cast(_Suggest, lru_cache(maxsize=2)(examples)),  # of the newest assistant, in two languages
    )


def connect_chat(chat: Chat) -> None:
    """Ask on Enter and on the button, stop on the other, and begin anew with an example."""

    def ask(question: object, memory: object, language: Language, *limits: object) -> Iterator[Changes]:
        held = chat.remembered(memory) or chat.conversations.begin()
        yield from answering(held, question, language, Scope.of(*limits))

    def ask_example(question: object, _memory: object, language: Language, *limits: object) -> Iterator[Changes]:
        yield from answering(chat.conversations.begin(), question, language, Scope.of(*limits))

    def answering(held: Conversation, question: object, language: Language, scope: Scope) -> Iterator[Changes]:
        # Once, for the reader may be writing the next question by now.
        once: Changes = {chat.question: ""}
        for _ in follow(chat.newsroom.assistant, held, str(question or ""), scope, language):
            yield chat.changes(held, language) | once
            once = {}
        # Gradio shows a handler's last word again when it ends, so that must be how things stand by then.
        yield chat.changes(held, language) | once

    def stop(memory: object, language: Language) -> Changes:
        held = chat.remembered(memory)
        if held is not None:
            for turn in held.turns:
                held.end(turn.number, TEXTS[language].stopped)
        return chat.changes(held, language)

    limits = [chat.memory, chat.language, *chat.controls.scope]
    for source, triggers, asked in (
        (chat.question, [chat.question.submit, chat.send.click], ask),
        *((example, [example.click], ask_example) for example in chat.examples),
    ):
        gr.on(
            triggers,
            asked,
            inputs=[source, *limits],
            outputs=chat.shown,
            concurrency_limit=ANSWERING_AT_ONCE,
            concurrency_id="ask",
            trigger_mode="always_last",  # a question sent while another is answered comes next
            **PRIVATE,
        )
    chat.stop.click(stop, inputs=[chat.memory, chat.language], outputs=chat.shown, **PRIVATE)


def _welcome(language: Language) -> Html:
    """What stands where the conversation will be."""
    words = TEXTS[language]
    tagline = element("p", {"class": "tagline", "lang": language}, escape(words.tagline))
    return Html(tagline + notice(words.example_hint, language))


def _tools(language: Language) -> Html:
    """What can be done with a conversation as a whole."""
    words = TEXTS[language]
    formats = (("Markdown", "md"), ("HTML", "html"), ("CSV", "csv"))
    return element(
        "div",
        {"class": "tools", "lang": language},
        button(words.new, "new", {}, {"class": "quiet"}),
        element("span", {"class": "label"}, escape(words.export)),
        *(button(name, "export", {"as": kind}, {"class": "quiet"}) for name, kind in formats),
    )
