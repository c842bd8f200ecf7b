"""Lays out the tab of articles, and says what each of its components shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.schema import Language
from ui.corpus_picture import picture
from ui.corpus_report import freshness, invitation
from ui.corpus_table import Holdings, View, table
from ui.corpus_texts import CORPUS_TEXTS
from ui.librarian import Librarian
from ui.markup import Html
from ui.render import notice
from ui.tab import Changes
from ui.uploads import KINDS


@dataclass(frozen=True, slots=True)
class Desk:
    """The components of the tab, and what they show."""

    librarian: Librarian
    language: gr.State
    view: gr.State
    changed: gr.State
    head: gr.HTML
    reread: gr.Button
    told: gr.HTML
    picture: gr.HTML
    search: gr.Textbox
    table: gr.HTML
    invitation: gr.HTML
    intake: gr.Column
    drop: gr.HTML
    files: gr.File
    pasting: gr.Accordion
    text: gr.Textbox
    about: gr.Accordion
    title: gr.Textbox
    outlet: gr.Textbox
    published: gr.Textbox
    add: gr.Button
    receipts: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        shown = [self.head, self.picture, self.table, self.invitation, self.intake, self.view]
        worded = [
            self.reread,
            self.search,
            self.pasting,
            self.text,
            self.about,
            self.title,
            self.outlet,
            self.published,
        ]
        return [*shown, *worded, self.add, self.files, self.drop, self.told, self.receipts]

    def listed(self, view: View, language: Language) -> Changes:
        """The table as it is looked at."""
        assistant = self.librarian.newsroom.assistant
        holdings = Holdings(assistant.articles, assistant.passage_counts, self.librarian.folder)
        return {self.view: view, self.table: table(holdings, view, language)}

    def shown(self, view: View, language: Language) -> Changes:
        """The articles as they are now."""
        return {
            **self.listed(view, language),
            self.head: freshness(self.librarian, language),
            self.picture: picture(self.librarian.newsroom.assistant.articles, language),
            self.invitation: invitation(self.librarian, language),
            self.intake: gr.Column(visible=self.librarian.folder is not None),
        }

    def localised(self, language: Language) -> Changes:
        """The whole tab in that language, as a page that has just been opened."""
        words = CORPUS_TEXTS[language]
        return {
            **self.shown(View(), language),
            self.reread: gr.Button(words.reread),
            self.search: gr.Textbox("", label=words.search, placeholder=words.search_placeholder),
            self.drop: notice(words.drop, language),
            self.files: gr.File(label=words.files),
            self.pasting: gr.Accordion(label=words.paste),
            self.text: gr.Textbox(label=words.text, placeholder=words.text_placeholder),
            self.about: gr.Accordion(label=words.about),
            self.title: gr.Textbox(label=words.title),
            self.outlet: gr.Textbox(label=words.outlet),
            self.published: gr.Textbox(label=words.published, placeholder=words.published_hint),
            self.add: gr.Button(words.add),
            self.told: Html(""),
            self.receipts: Html(""),
        }


def lay_out_corpus(librarian: Librarian, language: gr.State) -> Desk:
    """The tab's components, in French until the page has loaded and its reader's language is known."""
    words = CORPUS_TEXTS["fr"]
    view, changed = gr.State(View()), gr.State(0)
    with gr.Row(elem_id="corpus", equal_height=True):
        with gr.Column(elem_id="holdings", min_width=0):
            with gr.Row(elem_id="corpus-top"):
                head = _html("corpus-head")
                reread = gr.Button(words.reread, elem_id="reread", size="sm", scale=0, min_width=0)
            drawn = _html("corpus-picture")
            search = gr.Textbox(label=words.search, show_label=False, elem_id="corpus-search", max_length=200)
            told = _html("corpus-told", live=True)
            listed = gr.HTML("", js_on_load=_PICKED, apply_default_css=False, elem_id="corpus-table")
        with gr.Column(elem_id="adding", min_width=0):
            invited = _html("corpus-invitation")
            with gr.Column(elem_id="intake", min_width=0) as intake:
                drop = _html("corpus-drop")
                files = gr.File(
                    label=words.files,
                    show_label=False,
                    file_count="multiple",
                    file_types=list(KINDS),
                    height=120,
                    elem_id="corpus-files",
                )
                with gr.Accordion(words.paste, open=False, elem_id="pasting") as pasting:
                    text = gr.Textbox(label=words.text, lines=6, max_lines=12, elem_id="pasted-text")
                    with gr.Accordion(words.about, open=False) as about:
                        title, outlet, published = (
                            gr.Textbox(label=label, max_length=300)
                            for label in (words.title, words.outlet, words.published)
                        )
                    add = gr.Button(words.add, variant="primary", elem_id="add-text")
            receipts = _html("corpus-receipts", live=True)
    return Desk(
        librarian, language, view, changed, head, reread, told, drawn, search, listed, invited, intake, drop, files,
        pasting, text, about, title, outlet, published, add, receipts,
    )  # fmt: skip


def _html(name: str, *, live: bool = False) -> gr.HTML:
    template = '<div aria-live="polite">${value}</div>' if live else "${value}"
    return gr.HTML("", html_template=template, js_on_load=None, apply_default_css=False, elem_id=name)


# Tells which button of the table was pressed, and gives the focus back when the table is drawn anew.
_PICKED = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-pick]');
  if (button) trigger('click', {pick: button.dataset.pick});
});
watch('value', () => element.querySelector('[data-focus]')?.focus({preventScroll: true}));
"""
