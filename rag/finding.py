"""Finds what an answer is drawn from: the passages for a question, and those of the conversation before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.answering.asking.framing import asks_for_changes, unframed
from rag.answering.asking.question import Asked, analyse
from rag.answering.prose.rewriting import still_cited, understood
from rag.index import Index
from rag.language.detection import question_language
from rag.retrieval import Window, find, read_on, retrieve, widened
from rag.schema import Article, Evidence
from rag.settings import Settings

LONGEST_SAID = 300  # characters of the last answer by which the articles of a conversation are found
STORY = 3  # articles that a conversation is taken to be about

History = Sequence[tuple[str, str]]  # earlier turns, oldest first, as (question, answer text)


@dataclass(frozen=True, slots=True)
class Sources:
    """A question as it was analysed, the passages found for it, and all that are read."""

    asked: Asked
    evidence: tuple[Evidence, ...]
    reading: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks in one state of an index, within a window, for passages of the articles that are held."""

    index: Index
    articles: Mapping[str, Article]  # by id
    settings: Settings
    window: Window

    def within(self, articles: Sequence[Article]) -> Finder:
        """One that looks in these articles only."""
        return replace(self, window=replace(self.window, articles=frozenset(article.id for article in articles)))

    def sources(self, whole: str, spelled: str) -> Sources:
        """What a question is answered from.

        Args:
            whole: the question as it would be asked with no history.
            spelled: the question as it was asked, in whose language the answer is worded.
        """
        asked = unframed(whole)
        found = find(asked, self.index, widened(self.settings), self.window)
        every = self._held(found.passages)
        analysed = replace(
            analyse(asked, self.index.frequency, len(self.index.passages)).with_other_forms(found.other_forms),
            language=question_language(spelled),
            changing=asks_for_changes(whole),
        )
        reading = self._held(read_on(every, asked, self.index))
        return Sources(analysed, every[: self.settings.passages], reading)

    def story(self, history: History) -> tuple[Article, ...]:
        """The articles that bear on the last turn and its answer; none without one."""
        if not history:
            return ()
        asked, said = history[-1]
        found = self.passages(f"{understood(asked, history[:-1])} {said[:LONGEST_SAID]}")
        spoken_of = dict.fromkeys(held.passage.article_id for held in found)
        return tuple(self.articles[one] for one in list(spoken_of)[:STORY])

    def drawn_on(self, history: History) -> tuple[Evidence, ...]:
        """The passages that the last answer was drawn from, for a question that goes on from it."""
        if not history:
            return ()
        asked, said = history[-1]
        return still_cited(said, self.passages(understood(asked, history[:-1])))

    def passages(self, question: str) -> tuple[Evidence, ...]:
        """The best passages for a question, taken as it is."""
        return self._held(retrieve(question, self.index, self.settings, self.window))

    def _held(self, found: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Those passages that our own articles have: another Assistant may have brought the index to newer ones."""
        return tuple(one for one in found if self._holds(one))

    def _holds(self, found: Evidence) -> bool:
        article, passage = self.articles.get(found.passage.article_id), found.passage
        return article is not None and article.text[passage.start : passage.end] == passage.text
