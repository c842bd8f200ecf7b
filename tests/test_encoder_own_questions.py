"""Tests of how the encoder learns our own questions on news, and of what is kept apart from it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from rag.encoder.corpora import Corpora
from rag.encoder.own_questions import Answered, answered_questions, own_sources
from rag.encoder.release import read_released, release
from rag.encoder.vocabulary import Vocabulary, build_vocabulary
from rag.encoder.written import is_news_held_out
from rag.schema import Article

DATA = Path(__file__).parents[2] / "shared" / "data"
SETS = Path(__file__).parents[1] / "eval" / "sets"
TEXT = "Le pont a été ouvert en 1932. Il mesure 500 mètres. La ville en a payé la moitié, et l'État le reste."
BRIDGE = Article.from_text(TEXT, title="Un pont à Brest", language="fr")
FAIR = Article.from_text("La foire commence lundi. Elle dure trois jours.", title="La foire", language="fr")
ASKED = [
    Answered("Quand le pont a-t-il été ouvert ?", "fr", BRIDGE, BRIDGE.text, "Le pont a été ouvert en 1932."),
    Answered("Combien mesure le pont ?", "fr", BRIDGE, BRIDGE.text, "Il mesure 500 mètres."),
    Answered("Combien de jours dure la foire ?", "fr", FAIR, FAIR.text, "Elle dure trois jours."),
]


@pytest.fixture(scope="module")
def tiny() -> Vocabulary:
    texts = [text for one in ASKED for text in (one.question, one.passage, one.article.title)] * 5
    return build_vocabulary(texts, texts, tokens=400, rows=300)


def written(folder: Path, names: list[str]) -> Corpora:
    """A folder with one article of each name, and a question on each that it answers."""
    news = [{"id": name, "title": f"Pont {name}", "heading": "", "article": f"{TEXT} Fin de {name}."} for name in names]
    for language, articles in (("fr", news), ("en", [])):
        with gzip.open(folder / f"news_{language}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("".join(json.dumps(one) + "\n" for one in articles))
    (folder / "training").mkdir()
    rows = [
        {"question": f"Combien mesure le pont {name} ?", "lang": "fr", "gold": [{"doc": name, "quote": "500 mètres"}]}
        for name in names
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "training" / "news-1.jsonl").write_text(lines, encoding="utf-8")
    return Corpora(folder)


def test_a_question_stands_with_the_passage_and_the_sentence_that_hold_its_quote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.encoder.corpora.HELD_OUT_NEWS", 0)
    names = [str(number) for number in range(30)]
    corpora = written(tmp_path, names)
    learned, apart = (answered_questions(corpora, tmp_path, held_out=held_out) for held_out in (False, True))
    assert len(learned) + len(apart) == len(names)
    assert {one.article.id for one in apart} == {name for name in names if is_news_held_out(name)} != set()
    assert {one.sentence for one in learned} == {"Il mesure 500 mètres."}
    assert all("500 mètres" in one.passage and one.passage.startswith("Pont ") for one in learned)


def test_an_article_that_headlines_are_measured_with_is_not_learned_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.encoder.corpora.HELD_OUT_NEWS", 10)
    corpora = written(tmp_path, [str(number) for number in range(30)])
    measured = {row["id"] for row in corpora.held_out_news}
    learned = {one.article.id for one in answered_questions(corpora, tmp_path, held_out=False)}
    assert learned
    assert not learned & measured


@pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not beside the repository")
def test_of_our_own_questions_enough_are_learned_and_none_that_is_kept_apart() -> None:
    corpora = Corpora(DATA)
    learned, apart = (answered_questions(corpora, SETS, held_out=held_out) for held_out in (False, True))
    assert len(learned) > 4 * len(apart) * 0.8 > 10_000
    assert not {one.article.id for one in learned} & {one.article.id for one in apart}


def test_questions_on_one_passage_are_no_negatives_of_each_other_but_its_sentences_are(tiny: Vocabulary) -> None:
    passages, sentences = own_sources(ASKED, tiny)
    random = np.random.default_rng(0)
    for _ in range(10):
        assert len(set(passages.draw(random, 8).groups.tolist())) == 2
        assert len(set(sentences.draw(random, 8).groups.tolist())) == 3


def test_what_was_released_is_read_to_learn_on(tiny: Vocabulary, tmp_path: Path) -> None:
    vectors = np.random.default_rng(1).normal(size=(tiny.row_count, 16)).astype(np.float32)
    vectors[0] = 0
    release(tiny, vectors, tmp_path)
    vocabulary, read = read_released(tmp_path)
    np.testing.assert_array_equal(vocabulary.rows, tiny.rows)
    np.testing.assert_allclose(read, vectors, atol=np.abs(vectors).max() / 127)


@pytest.mark.slow
def test_learning_on_brings_questions_to_what_answers_them_and_leaves_the_given_vectors(tiny: Vocabulary) -> None:
    from rag.encoder.training import Recipe, learn_on

    before = np.random.default_rng(2).normal(size=(tiny.row_count, 8)).astype(np.float32)
    given = before.copy()
    after = learn_on(own_sources(ASKED, tiny), before, Recipe(steps=80, dimension=8, batch=3))
    np.testing.assert_array_equal(before, given)
    sentences, questions = (
        np.array([after[tiny.rows[tiny.tokenizer.encode(text).ids]].sum(axis=0) for text in side])
        for side in ([one.sentence for one in ASKED], [one.question for one in ASKED])
    )
    sentences /= np.linalg.norm(sentences, axis=1)[:, None]
    assert np.argmax(questions @ sentences.T, axis=1).tolist() == [0, 1, 2]
