"""Takes one timed step in a process of its own and prints its figures: `python -m eval.bench_steps SIDE STEP ...`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.timing import peak_memory
from rag.settings import Settings, prepare_environment

if TYPE_CHECKING:
    from eval.tutorial import Tutorial

Figures = dict[str, Any]

WARM = 10  # questions asked before the clock runs


def main(arguments: list[str]) -> int:
    """Take the step that the arguments name; paths and questions follow it."""
    prepare_environment()
    side, step, corpus, store = arguments[:4]
    settings = replace(Settings(), index_dir=Path(store), reader="none" if "--no-reader" in arguments else "bundled")
    questions = [line.strip() for line in sys.stdin if line.strip()]
    figures = STEPS[side, step](Path(corpus), settings, questions)
    print(json.dumps(figures | {"peak_rss_mb": peak_memory()}))
    return 0


# Each side imports what it needs in its own step, so that memory and starting time can be told apart.


def _import_ours(corpus: Path, settings: Settings, _questions: list[str]) -> Figures:
    from rag import Article, Assistant
    from rag.index.embedding import open_encoder

    open_encoder(settings).embed_queries(["warm"])
    with Assistant.from_articles([Article.from_text("Chauffe.", id="warm")], settings) as warm:
        warm.ask("Chauffe ?")
    started = time.perf_counter()
    with Assistant.open(corpus, settings) as assistant:
        seconds = time.perf_counter() - started
        return {"seconds": seconds, "embedded": assistant.synced.embedded, "articles": len(assistant.articles)}


def _import_tutorial(corpus: Path, settings: Settings, _questions: list[str]) -> Figures:
    tutorial = _tutorial(settings)
    tutorial.retriever().retrieve("warm")
    started = time.perf_counter()
    pieces = tutorial.import_folder(corpus)
    return {"seconds": time.perf_counter() - started, "embedded": pieces, "articles": len(list(corpus.iterdir()))}


def _ask_ours(corpus: Path, settings: Settings, questions: list[str]) -> Figures:
    from rag import Assistant

    with Assistant.open(corpus, settings) as assistant:
        return {"times": _times(assistant.ask, questions)}


def _ask_tutorial(_corpus: Path, settings: Settings, questions: list[str]) -> Figures:
    return {"times": _times(_tutorial(settings).retriever().retrieve, questions)}


def _first_ours(corpus: Path, settings: Settings, questions: list[str]) -> Figures:
    from rag import Assistant

    with Assistant.open(corpus, settings) as assistant:
        return {"abstained": assistant.ask(questions[0]).abstained}


def _first_tutorial(_corpus: Path, settings: Settings, questions: list[str]) -> Figures:
    return {"found": len(_tutorial(settings).retriever().retrieve(questions[0]))}


def _window_ours(corpus: Path, settings: Settings, questions: list[str]) -> Figures:
    """Searching within a quarter of the dates, by our index and by Chroma's `where`, on the same vectors."""
    import chromadb

    from rag.corpus import read_corpus
    from rag.index import Index
    from rag.index.embedding import open_encoder

    encoder, articles = open_encoder(settings), read_corpus(corpus).articles
    dated = {one.id: int(one.published.first_day.strftime("%Y%m%d")) for one in articles if one.published}
    with Index.open(None, settings, encoder) as index:
        index.sync(articles)
        kept = [passage for passage in index.passages.values() if passage.article_id in dated]
        days = sorted(dated[passage.article_id] for passage in kept)
        first, last = days[len(days) // 4], days[len(days) // 2]
        collection = chromadb.EphemeralClient().create_collection("window", metadata={"hnsw:space": "cosine"})
        for start in range(0, len(kept), 1000):
            part = kept[start : start + 1000]
            vectors = encoder.embed_passages([passage.text for passage in part])
            days_of = [{"day": dated[passage.article_id]} for passage in part]
            collection.add(ids=[passage.id for passage in part], embeddings=vectors, metadatas=days_of)
        where: Any = {"$and": [{"day": {"$gte": first}}, {"day": {"$lte": last}}]}

        def by_chroma(question: str) -> object:
            return collection.query(query_embeddings=encoder.embed_queries([question]), n_results=8, where=where)

        ours = _times(lambda question: index.dense(question, 8, since=first, until=last), questions)
        return {"times": ours, "chroma": _times(by_chroma, questions)}


def _tutorial(settings: Settings) -> Tutorial:
    from eval.tutorial import Tutorial

    assert settings.index_dir is not None
    return Tutorial(settings.index_dir)


def _times(ask: Callable[[str], object], questions: list[str]) -> list[float]:
    """Milliseconds of each question."""
    for question in questions[:WARM]:
        ask(question)
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append(1000 * (time.perf_counter() - started))
    return times


STEPS: dict[tuple[str, str], Callable[[Path, Settings, list[str]], Figures]] = {
    ("ours", "import"): _import_ours,
    ("ours", "ask"): _ask_ours,
    ("ours", "first"): _first_ours,
    ("ours", "window"): _window_ours,
    ("tutorial", "import"): _import_tutorial,
    ("tutorial", "ask"): _ask_tutorial,
    ("tutorial", "first"): _first_tutorial,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
