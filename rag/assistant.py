"""The front door: opens a corpus and answers questions about it, each sentence with its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

from rag.answering.asking.courtesy import is_only_polite
from rag.answering.asking.framing import unframed
from rag.answering.asking.respelling import spelled_out
from rag.answering.checking import LONGEST_TEXT, check_statements
from rag.answering.extractive import answer_from_quotes
from rag.answering.generative import ProseMaterial, answer_in_prose
from rag.answering.prose.rewriting import understood
from rag.answering.topic import kept_to, names_nobody_new
from rag.corpus import Corpus, read_corpus
from rag.errors import CorpusError, UsageError
from rag.finding import Finder, Sources
from rag.index import Index, SyncReport, index_folder
from rag.index.embedding import Encoder, open_encoder
from rag.language.detection import question_language
from rag.language.folding import fold
from rag.laps import Laps
from rag.llm import Call, Writer, open_writer
from rag.reader import open_reader
from rag.requests import Day, checked_passages, checked_text, day, earlier
from rag.retrieval import Window, retrieve
from rag.schema import Answer, Article, Finding
from rag.settings import Settings, prepare_environment

PASSAGES_TO_CHECK = 12  # looked at for each statement that is checked


class Assistant:
    """Answers questions over one corpus of articles.

    It holds the corpus's index until `close()`; it may be used from several threads.
    """

    def __init__(
        self,
        corpus: Corpus,
        index: Index,
        synced: SyncReport,
        encoder: Encoder,
        settings: Settings,
        *,
        place: Path | None = None,
        writer: Writer | None = None,
    ) -> None:
        """Put the parts together; `open` and `from_articles` make them."""
        self.place = place  # the folder or file it was opened from; None for articles given by hand
        self.articles = corpus.articles
        self.skipped = corpus.skipped
        self.removed = corpus.removed
        self.synced = synced
        self._by_id = {article.id: article for article in corpus.articles}
        self._index = index
        self._encoder = encoder
        self._settings = settings
        self._writer = writer

    @classmethod
    def open(
        cls,
        corpus: str | Path,
        settings: Settings | None = None,
        *,
        llm: object = None,
        rebuild: bool = False,
        progress: bool = False,
    ) -> Assistant:
        """Open a folder of articles or a single file; build its index or bring it up to date.

        Args:
            corpus: a folder (read with its sub-folders) or a .txt, .md, .html, .json or .jsonl file.
            llm: any LlamaIndex LLM object to write the answers, in place of the one that the settings name.
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
        return cls._indexed(read_corpus(place), place, settings, llm=llm, rebuild=rebuild, progress=progress)

    def reopened(self) -> Assistant:
        """The same corpus as it is now, its index brought up to date; this assistant goes on answering meanwhile.

        Only new and changed articles are embedded; the encoder and the index are shared. Close each of the two.

        Raises:
            UsageError: the articles were given by hand, so there is nothing to read again.
            RagError: what `open` raises; this assistant is none the worse for it.
        """
        if self.place is None:
            raise UsageError("these articles were given by hand; pass them to Assistant.from_articles again")
        return self._indexed(
            read_corpus(self.place), self.place, self._settings, encoder=self._encoder, writer=self._writer
        )

    @classmethod
    def from_articles(
        cls, articles: Iterable[Article], settings: Settings | None = None, *, llm: object = None
    ) -> Assistant:
        """Answer over articles given by hand; the index lives in memory and nothing is written.

        Args:
            llm: any LlamaIndex LLM object to write the answers, in place of the one that the settings name.

        Raises:
            CorpusError: there are no articles, or two have the same id.
        """
        given = tuple(sorted(articles, key=lambda article: article.id))
        if not given:
            raise CorpusError("no articles were given; pass at least one Article")
        for one, following in pairwise(given):
            if one.id == following.id:
                raise CorpusError(f"two of the articles given have the id {one.id!r}; give each its own")
        return cls._indexed(Corpus(articles=given), None, settings or Settings(), llm=llm)

    @classmethod
    def _indexed(
        cls,
        corpus: Corpus,
        place: Path | None,
        settings: Settings,
        *,
        encoder: Encoder | None = None,
        llm: object = None,
        writer: Writer | None = None,
        rebuild: bool = False,
        progress: bool = False,
    ) -> Assistant:
        prepare_environment()
        writer = writer or open_writer(settings, llm)
        folder = index_folder(place, settings) if place else None
        encoder = encoder or open_encoder(settings)
        index = Index.open(folder, settings, encoder, rebuild=rebuild)
        try:
            return cls(
                corpus,
                index,
                index.sync(corpus.articles, progress=progress),
                encoder,
                settings,
                place=place,
                writer=writer,
            )
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
        outlets: Sequence[str] = (),
        passages: int | None = None,
        quotes_only: bool = False,
    ) -> Answer:
        """Answer a question from the articles, or say that they do not answer it.

        Args:
            history: earlier turns, oldest first, as (question, answer text).
            as_of: nothing published after this day is known; "2020", "2020-01" or "2020-01-07".
            since, until: look only at articles published within these days.
            outlets: look only at articles of these outlets, named as the articles name them.
            passages: how many are found for the question, from 1 to 50; as many as the settings say when None.
            quotes_only: leave the model out, where there is one.

        Raises:
            QuestionError: the question is empty or longer than 2 000 characters.
            UsageError: a date cannot be read, or the number of passages cannot be used.
        """
        *_, answer = self.stream(
            question,
            history,
            as_of,
            since=since,
            until=until,
            outlets=outlets,
            passages=passages,
            quotes_only=quotes_only,
        )
        return answer

    @property
    def writes(self) -> bool:
        """Whether a model writes the answers, as far as it can be reached."""
        return self._writer is not None

    def stream(
        self,
        question: str,
        history: Sequence[tuple[str, str]] = (),
        as_of: Day = None,
        *,
        since: Day = None,
        until: Day = None,
        outlets: Sequence[str] = (),
        passages: int | None = None,
        quotes_only: bool = False,
    ) -> Iterator[Answer]:
        """Answer as `ask` does, as ever fuller Answers; only the last one is complete."""
        given, call, laps = checked_text(question), Call(self._settings.llm_deadline), Laps()
        history = [turn for turn in history if not is_only_polite(turn[0])]
        if is_only_polite(given):
            language = question_language(history[-1][0] if history else given)
            yield Answer(given, language, abstained=True, polite=True)
            return
        window = Window(day(since), earlier(day(as_of), day(until)), self._of_outlets(outlets))
        settings = self._settings if passages is None else replace(self._settings, passages=checked_passages(passages))
        writer = None if quotes_only else self._writer
        index = self._index.now()  # a sync elsewhere in this process does not change it under our hands

        spelled = spelled_out(given, index)
        whole = understood(spelled, [(spelled_out(turn, index), said) for turn, said in history], writer, call)
        asked = unframed(whole)
        laps.end("understand")
        finder = Finder(index, self._by_id, settings, window)
        drawn = finder.sources(whole, spelled)
        laps.end("retrieve")

        if writer:
            every = (*drawn.evidence, *finder.drawn_on(history), *drawn.reading)
            material = ProseMaterial(drawn.asked, drawn.evidence, every, self._by_id, self._encoder)
            answers = answer_in_prose(material, writer, call, partial(self._quoting, drawn))
        else:
            answers = self._quoting(drawn)
            story = finder.story(history) if fold(asked) == fold(spelled) else ()
            if story and names_nobody_new(asked, story):
                there = finder.within(story)
                answers = kept_to(story, asked, answers, lambda: self._quoting(there.sources(whole, spelled)))
        stages = laps.ended if writer and history else laps.ended[1:]  # without a model, to understand takes no time
        for answer in answers:
            yield replace(
                answer,
                question=given,
                standalone=asked if fold(asked) != fold(given) else None,
                seconds=(*stages, *(answer.seconds or (("answer", laps.since_last()),))),
            )

    def _quoting(self, sources: Sources) -> Iterator[Answer]:
        return answer_from_quotes(
            sources.asked,
            sources.evidence,
            self._by_id,
            self._encoder,
            self._settings,
            reading=sources.reading,
            reader=open_reader(self._settings),  # opened once, when the first question is asked
        )

    def check(self, text: str, as_of: Day = None) -> tuple[Finding, ...]:
        """Find how each statement of a text stands with the articles: borne out, denied, both, or not spoken of.

        Args:
            as_of: nothing published after this day is known; "2020", "2020-01" or "2020-01-07".

        Raises:
            QuestionError: the text is empty or too long, makes too many statements, or none that is true or false.
            UsageError: the date cannot be read.
        """
        wide = replace(self._settings, passages=PASSAGES_TO_CHECK)
        finder = Finder(self._index.now(), self._by_id, wide, Window(until=day(as_of)))
        ask = partial(self.ask, as_of=as_of, quotes_only=True)
        return check_statements(checked_text(text, LONGEST_TEXT), finder.passages, self._by_id, self._encoder, ask)

    def _of_outlets(self, outlets: Sequence[str]) -> frozenset[str] | None:
        """The ids of the articles of these outlets; None for no outlets, which limit nothing."""
        wanted = set(outlets)
        return frozenset(article.id for article in self.articles if article.outlet in wanted) if wanted else None

    def article(self, article_id: str) -> Article | None:
        """The article of that id, or None."""
        return self._by_id.get(article_id)

    @property
    def passage_counts(self) -> Mapping[str, int]:
        """How many passages each article was cut into, by article id."""
        return Counter(passage.article_id for passage in self._index.now().passages.values())

    def as_query_engine(self) -> Any:
        """This assistant as a LlamaIndex query engine; its source nodes are the passages found."""
        from rag.index.llama import query_engine  # llama_index takes seconds to import

        return query_engine(
            find=lambda question: retrieve(checked_text(question), self._index.now(), self._settings),
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
