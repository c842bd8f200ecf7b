"""A small honest assistant for the tests of the chat: quotes the sentences that share most words with the question."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import uvicorn

from rag.schema import Answer, Article, Citation, Claim, Evidence, PartialDate, Passage
from rag.settings import Settings

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


class StandIn:
    """Answers as `rag.Assistant` does; "panne" in a question breaks it, "attente" makes it wait to be released."""

    def __init__(self, articles: Sequence[Article] = ARTICLES) -> None:
        self.articles = tuple(articles)
        self.asked: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.released = threading.Event()

    def ask(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Answer:
        *_, answer = self.stream(question, history)
        return answer

    def stream(self, question: str, history: Sequence[tuple[str, str]] = ()) -> Iterator[Answer]:
        self.asked.append((question, tuple(history)))
        if "panne" in question:
            raise RuntimeError(f"cannot read /home/reporter/secret for {question!r}")
        if "attente" in question:
            yield Answer(question=question, language="fr", complete=False)
            self.released.wait(20)
        found = self._found(question)
        if not found or found[0].lexical < 2:
            reason = "Aucun passage ne parle de cela."
            yield Answer(question=question, language="fr", evidence=found, abstained=True, reason=reason)
            return
        answer = Answer(question=question, language="fr", evidence=found, complete=False, short="42 rames")
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
def serving(assistant: StandIn) -> Iterator[str]:
    """The chat on a free loopback port, as its address."""
    from ui.app import build_app

    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    app = build_app(assistant, replace(Settings(), host="127.0.0.1", port=port))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        assistant.close()
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()
