"""A small honest assistant for the tests of the chat: quotes the sentences that share most words with the question."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import uvicorn

from rag.index import SyncReport
from rag.schema import Answer, Article, Citation, Claim, Evidence, Finding, PartialDate, Passage, Skipped
from rag.settings import Settings
from ui.newsroom import Assistant

HOSTILE_TITLE = '<img src=x onerror=alert(1)>\u202egnp.exe"><svg onload=alert(2)> ${alert(3)} {{constructor}}'

ARTICLES = (
    Article(
        id="depot",
        title="Le dépôt de tramways rouvre ses portes à Valmont",
        text="Le dépôt de tramways de Valmont a rouvert mardi. Il compte désormais 42 rames neuves.\n\n"
        "La maire a salué « un retour attendu ». Les travaux ont coûté 18 millions d’euros.",
        published=PartialDate(2019, 5, 7),
        published_from="header",
        outlet="Le Courrier",
        url="https://courrier.example/depot?a=1&b=2",
        language="fr",
    ),
    Article(
        id="greve",
        title="Grève des conducteurs",
        text="Les conducteurs de tramways de Valmont ont cessé le travail jeudi.\nIls réclament 12 embauches.",
        published=PartialDate(2020, 2),
        published_from="dateline",
        outlet="AFP",
        language="fr",
    ),
    Article(
        id='"><svg onload=alert(1)>.txt',
        title=HOSTILE_TITLE,
        text="Le pont </div><script>alert(4)</script> de Brissac mesure 310 mètres ![x](http://evil.example/p). Fin.",
        url="javascript:alert(5)",
        outlet="<b>Outlet</b>",
        language="fr",
    ),
)


FULL_QUESTION = "Combien de rames compte le dépôt de tramways de Valmont ?"


class StandIn:
    """Answers as `rag.Assistant` does; "panne" in a question breaks it, "attente" makes it wait to be released."""

    def __init__(self, articles: Sequence[Article] = ARTICLES) -> None:
        self.articles = tuple(articles)
        self.removed: dict[str, tuple[str, ...]] = {"depot": ("Lire aussi : <b>la météo</b>", "Partager")}
        self.place: Path | None = None
        self.writes = False
        self.asked: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.limits: dict[str, object] = {}
        self.released = threading.Event()
        self.closed = threading.Event()  # set when somebody stopped listening before the answer was complete

    def ask(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Answer:
        *_, answer = self.stream(question, history)
        return answer

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        return ()

    @property
    def synced(self) -> SyncReport:
        return SyncReport()

    @property
    def passage_counts(self) -> Mapping[str, int]:
        return {article.id: 1 for article in self.articles}

    def article(self, article_id: str) -> Article | None:
        return next((article for article in self.articles if article.id == article_id), None)

    def reopened(self) -> StandIn:
        return self

    def check(self, text: str) -> tuple[Finding, ...]:
        found = self._found(text)
        cited = tuple(cite(self.article(one.passage.article_id), one.passage.text) for one in found[:1])
        return (Finding(text, "supported" if cited else "absent", "fr", supporting=cited),)

    def stream(
        self,
        question: str,
        history: Sequence[tuple[str, str]] = (),
        as_of: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        outlets: Sequence[str] = (),
        passages: int | None = None,
        quotes_only: bool = False,
    ) -> Iterator[Answer]:
        self.asked.append((question, tuple(history)))
        self.limits = {"as_of": as_of, "since": since, "until": until, "outlets": outlets, "passages": passages}
        if "désaccord" in question:
            yield self._differing(question)
            return
        if "panne" in question:
            raise RuntimeError(f"cannot read /home/reporter/secret for {question!r}")
        if "attente" in question:
            yield Answer(question=question, language="fr", complete=False)
            self.released.wait(20)
            try:
                yield Answer(question=question, language="fr", complete=False)
            except GeneratorExit:
                self.closed.set()
                raise
        found = self._found(question)
        if not found or found[0].lexical < 2:
            reason = "Aucun passage ne parle de cela."
            yield Answer(question=question, language="fr", evidence=found, abstained=True, reason=reason)
            return
        leans = FULL_QUESTION if "suite" in question else None
        answer = Answer(question, "fr", evidence=found, complete=False, short="42 rames", standalone=leans)
        for number, evidence in enumerate(found[:2], start=1):
            answer = replace(answer, claims=(*answer.claims, self._claim(number, evidence.passage)))
            yield answer
            time.sleep(0.15)
        yield replace(answer, complete=True)

    def _found(self, question: str) -> tuple[Evidence, ...]:
        words = {word for word in re.findall(r"\w+", question.lower()) if len(word) > 4}
        sentences = [
            Passage(f"{article.id}-{match.start()}", article.id, match.start(), match.end(), match.group())
            for article in self.articles
            for match in re.finditer(r"\S[^\n]*?(?:\.(?= |$)|$)", article.text, re.MULTILINE)
        ]
        scored = [(len(words & set(re.findall(r"\w+", passage.text.lower()))), passage) for passage in sentences]
        best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
        return tuple(Evidence(passage, score=1.0, lexical=count, dense=0.0) for count, passage in best)

    def _claim(self, number: int, passage: Passage) -> Claim:
        article = next(article for article in self.articles if article.id == passage.article_id)
        return Claim(text=passage.text, citations=(cite(article, passage.text, number),), verdict="quoted")

    def _differing(self, question: str) -> Answer:
        """Two sources with two numbers, dated, each said by somebody, and a sentence that a model made up."""
        told = (("depot", "42 rames", None), ("greve", "12 embauches", "les conducteurs"))
        claims = []
        for number, (article_id, value, speaker) in enumerate(told, start=1):
            article = self.article(article_id)
            quote = next(one.passage.text for one in self._found(article.text) if value in one.passage.text)
            at = article.text.index(value)
            citation = replace(cite(article, quote, number), bare=(at, at + len(value)))
            claims.append(Claim(quote, (citation,), "quoted", as_of=article.published, speaker=speaker))
        claims.append(Claim("Le dépôt compte 90 rames.", (), "unsupported", guard="numbers"))
        return Answer(question, "fr", tuple(claims), differing="change", notice="Le modèle n’a pas répondu.")

    def close(self) -> None:
        self.released.set()


def cite(article: Article, quote: str, number: int = 1) -> Citation:
    start = article.text.index(quote)
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        start=start,
        end=start + len(quote),
        quote=quote,
    )


@contextlib.contextmanager
def serving(assistant: Assistant) -> Iterator[str]:
    """The chat on a free loopback port, as its address."""
    from ui.app import build_app
    from ui.newsroom import Newsroom

    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    settings = replace(Settings(), host="127.0.0.1", port=port)
    app = build_app(Newsroom(assistant, settings))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        if isinstance(assistant, StandIn):
            assistant.close()
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()
