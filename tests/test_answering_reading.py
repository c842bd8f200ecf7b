"""Tests of what the neural reader says of the sentences that may answer."""

from __future__ import annotations

import numpy as np
import pytest

from rag import Article, Settings
from rag.answering.asking.question import Asked, analyse
from rag.answering.choosing.reading import PASSAGES, READINGS, read
from rag.answering.choosing.sentences import Candidate, candidates
from rag.reader import Reader, open_reader
from rag.schema import Evidence, Passage

FETE = Article.from_text(
    "La fête du village a réuni 300 personnes samedi. Le maire a remercié les bénévoles. Le pont a rouvert en 1932.",
    title="Fête à Valmy",
)
ARTICLES = {FETE.id: FETE}


@pytest.fixture(scope="module")
def reader() -> Reader:
    opened = open_reader(Settings())
    assert opened is not None
    return opened


def asked(question: str) -> Asked:
    return analyse(question, lambda _: 1, 10)


def passages(count: int) -> list[Candidate]:
    """The sentences of the article, as if it had been cut into so many passages."""
    evidence = [
        Evidence(Passage(str(number), FETE.id, 0, len(FETE.text), FETE.text), 1.0, 1.0, 1.0) for number in range(count)
    ]
    return candidates(evidence, ARTICLES)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Combien de gens sont venus à la fête ?", "300"),
        ("Qui a remercié les bénévoles ?", "maire"),
        ("In what year?", "1932"),
    ],
    ids=["a number", "a person", "another language"],
)
def test_the_sentence_that_answers_reads_best_and_knows_its_words(reader: Reader, question: str, words: str) -> None:
    sentences = passages(1)
    told, readings = read(asked(question), sentences, np.full(len(sentences), 0.5), ARTICLES, reader)
    best = int(np.argmax(readings[:, READINGS.index("score of the sentence, less the best one")]))
    assert told[best].words is not None
    assert words in told[best].text[slice(*told[best].words)]
    assert 0 <= told[best].answerable <= 1


def test_only_the_likeliest_passages_are_read(reader: Reader) -> None:
    sentences = passages(PASSAGES + 2)
    scores = np.linspace(0.9, 0.1, len(sentences))
    told, readings = read(asked("Qui a dit merci ?"), sentences, scores, ARTICLES, reader)
    seen = readings[:, READINGS.index("read")] == 1
    assert {one.evidence.passage.id for one, was in zip(told, seen, strict=True) if was} == set(
        map(str, range(PASSAGES))
    )
    assert all(one.words is None for one, was in zip(told, seen, strict=True) if not was)
    assert np.isfinite(readings).all()


def test_nothing_to_read_is_told_in_finite_numbers(reader: Reader) -> None:
    told, readings = read(asked("Qui ?"), [], np.zeros(0), ARTICLES, reader)
    assert told == []
    assert readings.shape[0] == 0


def test_an_article_of_the_time_asked_about_need_not_name_it(reader: Reader) -> None:
    dated = Article.from_text(FETE.text, title=FETE.title, published="2023-05-08")
    evidence = Evidence(Passage("1", dated.id, 0, len(dated.text), dated.text), 1.0, 1.0, 1.0)
    sentences = candidates([evidence], {dated.id: dated})

    def answerable(question: str, article: Article) -> float:
        told, _ = read(asked(question), sentences, np.full(len(sentences), 0.5), {dated.id: article}, reader)
        return told[0].answerable

    plain = answerable("Combien de gens sont venus à la fête ?", dated)
    assert answerable("Combien de gens sont venus à la fête en mai 2023 ?", dated) == plain
    assert answerable("Combien de gens sont venus à la fête en mai 2021 ?", dated) < plain
