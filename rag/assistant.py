"""The front door: opens a corpus and answers questions about it, each sentence with its proof."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

from rag.answering.extractive import answer_from_quotes
from rag.answering.followup import standalone
from rag.answering.question import analyse
from rag.corpus import Corpus, read_corpus
from rag.errors import CorpusError, QuestionError, UsageError
from rag.index import Index, SyncReport, index_folder
from rag.index.embedding import Encoder, open_encoder
from rag.language.detection import question_language
from rag.retrieval import Window, retrieve
from rag.schema import Answer, Article, Evidence, PartialDate, as_partial_date
from rag.settings import Settings, prepare_environment

LONGEST_QUESTION = 2_000  # characters
Day = str | datetime.date | PartialDate | None


class Assistant:
    """Answers questions over one corpus of articles.

    It holds the corpus's index until `close()`; it may be used from several threads.
    """

    def __init__(self, corpus: Corpus, index: Index, synced: SyncReport, encoder: Encoder, settings: Settings) -> None:
        """Put the parts together; `open` and `from_articles` make them."""
        self.articles = corpus.articles
        self.skipped = corpus.skipped
        self.removed = corpus.removed
        self.synced = synced
        self._by_id = {article.id: article for article in corpus.articles}
        self._index = index
        self._encoder = encoder
        self._settings = settings

    @classmethod
    def open(
        cls, corpus: str | Path, settings: Settings | None = None, *, rebuild: bool = False, progress: bool = False
    ) -> Assistant:
        """Open a folder of articles or a single file; build its index or bring it up to date.

        Args:
            corpus: a folder (read with its sub-folders) or a .txt, .md, .html, .json or .jsonl file.
            rebuild: build the index anew, which another encoder or version asks for.
            progress: show a bar when it takes more than a second.

        Raises:
            CorpusNotFound: there is no such folder or file.
            CorpusError: it holds no readable article.
            IndexLocked: another process holds the index.
            IndexOutdated: the index was built with another encoder or version.
        """
        settings = settings or Settings()
        place = Path(corpus)
        return cls._indexed(
            read_corpus(place), index_folder(place, settings), settings, rebuild=rebuild, progress=progress
        )

    @classmethod
    def from_articles(cls, articles: Iterable[Article], settings: Settings | None = None) -> Assistant:
        """Answer over articles given by hand; the index lives in memory and nothing is written.

        Raises:
            CorpusError: there are no articles, or two have the same id.
        """
        given = tuple(sorted(articles, key=lambda article: article.id))
        if not given:
            raise CorpusError("no articles were given; pass at least one Article")
        for one, following in pairwise(given):
            if one.id == following.id:
                raise CorpusError(f"two of the articles given have the id {one.id!r}; give each its own")
        return cls._indexed(Corpus(articles=given), None, settings or Settings())

    @classmethod
    def _indexed(
        cls,
        corpus: Corpus,
        folder: Path | None,
        settings: Settings,
        *,
        rebuild: bool = False,
        progress: bool = False,
    ) -> Assistant:
        prepare_environment()
        encoder = open_encoder(settings)
        index = Index.open(folder, settings, encoder, rebuild=rebuild)
        try:
            return cls(corpus, index, index.sync(corpus.articles, progress=progress), encoder, settings)
        except BaseException:
            index.close()
            raise

    def ask(
        self,
        question: str,
        history: Sequence[tuple[str, str]] = (),
        as_of: Day = None,
        *,
        since: Day = None,
        until: Day = None,
    ) -> Answer:
        """Answer a question from the articles, or say that they do not answer it.

        Args:
            history: earlier turns, oldest first, as (question, answer text).
            as_of: nothing published after this day is known; "2020", "2020-01" or "2020-01-07".
            since, until: look only at articles published within these days.

        Raises:
            QuestionError: the question is empty or longer than 2 000 characters.
            UsageError: a date cannot be read.
        """
        *_, answer = self.stream(question, history, as_of, since=since, until=until)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[tuple[str, str]] = (),
        as_of: Day = None,
        *,
        since: Day = None,
        until: Day = None,
    ) -> Iterator[Answer]:
        """Answer as `ask` does, as ever fuller Answers; only the last one is complete."""
        given = _checked(question)
        window = Window(_day(since), _earlier(_day(as_of), _day(until)))
        asked = standalone(given, history)
        index = self._index.now()  # a sync elsewhere in this process does not change it under our hands
        evidence = tuple(found for found in retrieve(asked, index, self._settings, window) if self._holds(found))
        analysed = replace(analyse(asked, index.frequency, len(index.passages)), language=question_language(given))
        for answer in answer_from_quotes(analysed, evidence, self._by_id, self._encoder, self._settings):
            yield replace(answer, question=given, standalone=asked if asked != given else None)

    def _holds(self, found: Evidence) -> bool:
        """Whether our own articles have this passage: another Assistant may have brought the index to newer ones."""
        article, passage = self._by_id.get(found.passage.article_id), found.passage
        return article is not None and article.text[passage.start : passage.end] == passage.text

    def article(self, article_id: str) -> Article | None:
        """The article of that id, or None."""
        return self._by_id.get(article_id)

    def as_query_engine(self) -> Any:
        """This assistant as a LlamaIndex query engine; its source nodes are the passages found."""
        from rag.index.llama import query_engine  # llama_index takes seconds to import

        return query_engine(
            find=lambda question: retrieve(_checked(question), self._index.now(), self._settings),
            ask=self.ask,
            article=self.article,
        )

    def close(self) -> None:
        """Release the index; asking again is an error."""
        self._index.close()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def check(question: str, as_of: Day = None) -> None:
    """Raise what `ask` would raise for a question or a day that cannot be used."""
    _checked(question)
    _day(as_of)


def _checked(question: str) -> str:
    if not isinstance(question, str):
        raise QuestionError(f"a question is text, not {question!r}; write one")
    asked = question.strip()
    if not asked:
        raise QuestionError(f"the question is empty ({question[:20]!r}); write one")
    if len(asked) > LONGEST_QUESTION:
        raise QuestionError(
            f"the question has {len(asked)} characters ({asked[:20]!r}...); shorten it to {LONGEST_QUESTION}"
        )
    return asked


def _day(value: Day) -> PartialDate | None:
    try:
        return as_partial_date(value)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _earlier(one: PartialDate | None, other: PartialDate | None) -> PartialDate | None:
    return min((day for day in (one, other) if day), key=lambda day: day.last_day, default=None)
