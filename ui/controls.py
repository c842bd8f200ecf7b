"""Lays out what a reader may set beside the question: days, outlets, passages read and the interface's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.requests import MOST_PASSAGES
from rag.schema import Article, Language
from ui.newsroom import Newsroom
from ui.scope import QUOTES, outlets_of
from ui.tab import Changes
from ui.texts import TEXTS

LANGUAGES = (("Français", "fr"), ("English", "en"))


@dataclass(frozen=True, slots=True)
class Controls:
    """The components of the row."""

    fold: gr.Accordion
    since: gr.Textbox
    until: gr.Textbox
    as_of: gr.Textbox
    outlets: gr.Dropdown
    passages: gr.Slider
    manner: gr.Radio
    language: gr.Radio

    @property
    def scope(self) -> list[Any]:
        """The components whose values make a Scope, in the order of `Scope.of`."""
        return [self.since, self.until, self.as_of, self.outlets, self.passages, self.manner]

    @property
    def outputs(self) -> list[Any]:
        return [self.fold, *self.scope, self.language]

    def localised(self, language: Language, articles: tuple[Article, ...]) -> Changes:
        """Every component in that language, with the outlets there are now."""
        words = TEXTS[language]
        names = outlets_of([article.outlet for article in articles])
        return {
            self.fold: gr.Accordion(label=words.controls),
            self.since: gr.Textbox(label=words.since, placeholder=words.date_hint),
            self.until: gr.Textbox(label=words.until, placeholder=words.date_hint),
            self.as_of: gr.Textbox(label=words.as_of, placeholder=words.date_hint),
            self.outlets: gr.Dropdown(label=words.outlets, choices=names, visible=bool(names)),
            self.passages: gr.Slider(label=words.passages),
            self.manner: gr.Radio(label=words.manner, choices=_manners(language)),
            self.language: gr.Radio(label=words.interface, value=language),
        }


def lay_out_controls(newsroom: Newsroom, language: Language) -> Controls:
    """The row, folded; none of it is needed to ask."""
    articles, passages = newsroom.assistant.articles, newsroom.settings.passages
    words = TEXTS[language]
    names = outlets_of([article.outlet for article in articles])
    with gr.Accordion(words.controls, open=False, elem_id="controls") as fold, gr.Row():
        since, until, as_of = (
            gr.Textbox(label=label, placeholder=words.date_hint, max_lines=1, min_width=150)
            for label in (words.since, words.until, words.as_of)
        )
        outlets = gr.Dropdown(
            names, value=[], label=words.outlets, multiselect=True, visible=bool(names), min_width=200
        )
        most = max(MOST_PASSAGES, passages)
        read = gr.Slider(1, most, value=passages, step=1, label=words.passages, min_width=180, buttons=[])
        manner = gr.Radio(
            _manners(language), value="llm", label=words.manner, visible=newsroom.assistant.writes, min_width=200
        )
        spoken = gr.Radio(list(LANGUAGES), value=language, label=words.interface, min_width=180)
    return Controls(fold, since, until, as_of, outlets, read, manner, spoken)


def _manners(language: Language) -> list[tuple[str, str]]:
    words = TEXTS[language]
    return [(words.manner_llm, "llm"), (words.manner_quotes, QUOTES)]
