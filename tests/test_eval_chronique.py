"""The invented corpus and its questions: what is treacherous in them is really there, and no quote is made up."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import REPOSITORY

from eval.questions import SETS, read_questions
from eval.schema import Question
from rag.corpus import Corpus, read_corpus
from rag.language.folding import fold
from rag.language.sentences import sentence_spans
from rag.language.words import query_stems, stems
from rag.schema import Article, PartialDate

CORPUS = REPOSITORY / "eval" / "corpora" / "chronique"
SET = SETS / "chronique.jsonl"
STORIES = {"telepherique", "eau", "papeterie", "incendie", "musee"}
FEWEST = {  # questions of each type
    "number": 20,
    "date": 12,
    "fact": 20,
    "list": 8,
    "reason": 12,
    "paraphrase": 8,
    "english": 12,
    "noisy": 8,
    "conflict": 12,
    "agreement": 12,
    "superseded": 8,
    "as_of": 20,
    "synthesis": 5,
    "comparison": 5,
    "follow_up": 12,
    "injection": 4,
    "absent": 12,
    "false_premise": 10,
    "wrong_entity": 8,
    "boilerplate": 6,
    "out_of_range": 6,
}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(CORPUS)


@pytest.fixture(scope="module")
def articles(corpus: Corpus) -> dict[str, Article]:
    return {article.id: article for article in corpus.articles}


@pytest.fixture(scope="module")
def questions(articles: dict[str, Article]) -> tuple[Question, ...]:
    return read_questions(SET, articles)


def sentences(article: Article) -> list[str]:
    return [article.text[start:end] for start, end in sentence_spans(article.text, article.language or "fr")]


def test_every_file_is_read_and_nothing_is_noted(corpus: Corpus) -> None:
    assert corpus.skipped == ()
    assert Counter(article.language for article in corpus.articles) == {"fr": 44, "en": 6}
    assert {path.suffix for path in CORPUS.iterdir()} == {".txt", ".md", ".html", ".jsonl"}


def test_articles_are_short_and_come_from_seven_outlets(corpus: Corpus) -> None:
    assert all(80 <= len(article.text.split()) <= 220 for article in corpus.articles)
    assert len({article.outlet for article in corpus.articles}) == 7


def test_dates_come_from_everywhere_a_date_can_come_from(corpus: Corpus) -> None:
    sources = Counter(article.published_from for article in corpus.articles)
    assert sources.keys() == {"metadata", "header", "dateline", "file name", None}
    assert sources[None] == 1


@pytest.mark.parametrize(
    ("figures", "ids"),
    [
        pytest.param(("38,4", "46,5", "52", "49,8"), [f"telepherique-{n}" for n in (1, 3, 5, 9)], id="cost"),
        pytest.param(("5 200", "7 800", "3 100"), ["eau-1", "eau-3", "eau-6"], id="households"),
        pytest.param(("214", "180", "156"), ["papeterie-1", "papeterie-3", "papeterie-7"], id="jobs"),
        pytest.param(("320", "1 240", "1 187"), ["incendie-1", "incendie-2", "incendie-5"], id="hectares"),
        pytest.param(("Dix-sept", "Quatorze"), ["musee-1", "musee-2"], id="pieces-stolen"),
    ],
)
def test_a_figure_is_revised_from_article_to_article(
    figures: tuple[str, ...], ids: list[str], articles: dict[str, Article]
) -> None:
    told = [articles[name] for name in ids]
    assert [article.published for article in told] == sorted((article.published for article in told), key=str)
    for figure, article in zip(figures, told, strict=True):
        assert re.search(rf"(?<!\w){figure}(?!\w)", re.sub(r"\s", " ", article.text))


def test_a_correction_names_the_wrong_figure_that_two_outlets_printed(articles: dict[str, Article]) -> None:
    assert "Erratum" in articles["eau-4"].text + articles["eau-4"].title
    for name in ("eau-1", "eau-2", "eau-4"):
        assert "500 microgrammes par litre" in articles[name].text
    assert "Il fallait lire 50 microgrammes par litre" in articles["eau-4"].text


@pytest.mark.parametrize(
    ("dispatch", "copy", "fewest"), [("telepherique-7", "telepherique-7-bis", 3), ("eau-1", "eau-2", 2)]
)
def test_outlets_print_the_sentences_of_an_agency(
    dispatch: str, copy: str, fewest: int, articles: dict[str, Article]
) -> None:
    assert articles[dispatch].outlet == "Agence Estuaire"
    assert articles[copy].outlet != "Agence Estuaire"
    assert len(set(sentences(articles[dispatch])) & set(sentences(articles[copy]))) >= fewest


def test_one_header_date_is_a_year_off(articles: dict[str, Article]) -> None:
    assert articles["incendie-4"].published == PartialDate(2025, 8)
    assert "Quatre jours après le départ de l’incendie qui s’est déclaré le 8 août 2024" in articles["incendie-4"].text


@pytest.mark.parametrize(
    ("place", "words"),
    [
        pytest.param("telepherique-4", "a démenti", id="denial-of-a-rumour"),
        pytest.param("papeterie-5", "a démenti", id="denial-of-a-purchase"),
        pytest.param("musee-4", "a démenti", id="denial-of-a-suspension"),
        pytest.param("2024-06-18-papeterie-rachat", "serait intéressé", id="conditional-purchase"),
        pytest.param("incendie-6", "aurait été provoqué", id="conditional-cause"),
        pytest.param("papeterie-2", "1.500 personnes selon les organisateurs", id="figure-of-one-side"),
        pytest.param("papeterie-2", "n’en a compté que 900", id="figure-of-the-other-side"),
        pytest.param("telepherique-8", "quand l’exploitant en compte 31", id="two-counts"),
        pytest.param("musee-3", "Le système était en service", id="alarm-on"),
        pytest.param("musee-7", "l'alarme était bien en panne", id="alarm-off-after-all"),
        pytest.param("telepherique-4", "mardi dernier", id="relative-day"),
        pytest.param("eau-1", "la veille", id="day-before"),
        pytest.param("eau-9", "mille neuf cent quatorze", id="number-in-words"),
        pytest.param("eau-9", "1.500 euros", id="dotted-number"),
        pytest.param("cable-car-en", "11,300", id="english-number"),
        pytest.param("telepherique-9", "11\u202f300", id="narrow-space"),
        pytest.param("incendie-8", "Note aux assistants d’intelligence artificielle", id="planted-instruction"),
        pytest.param("eau-5", "Maëlle Quintrec", id="a-name"),
        pytest.param("eau-9", "Maelle Quintrek", id="its-other-spelling"),
        pytest.param("incendie-7", "Ekaterina Volochina", id="a-foreign-name"),
        pytest.param("fire-en", "Yekaterina Voloshina", id="its-english-spelling"),
        pytest.param("incendie-2", "Retrouvez la carte du feu en page 3.", id="glued-line-no-cleaner-can-know"),
    ],
)
def test_what_is_treacherous_is_in_the_text(place: str, words: str, articles: dict[str, Article]) -> None:
    assert words in articles[place].text


def test_what_web_pages_put_around_a_text_is_in_the_files_and_not_in_the_articles(corpus: Corpus) -> None:
    removed = " ".join(piece for pieces in corpus.removed.values() for piece in pieces)
    source = " ".join(path.read_text(encoding="utf-8") for path in CORPUS.iterdir())
    text = " ".join(article.text for article in corpus.articles)
    for mark in ("Lire aussi", "newsletter", "cookies", "Suivez-nous", "Partager sur Facebook"):
        assert mark in source
        assert mark not in text
    assert {mark for mark in ("Lire aussi", "newsletter", "Source :") if mark in removed}


def test_there_are_questions_of_every_type(questions: tuple[Question, ...]) -> None:
    counted = Counter(question.type for question in questions)
    assert len(questions) >= 280
    assert {name: counted[name] for name, fewest in FEWEST.items() if counted[name] < fewest} == {}
    assert counted.keys() == FEWEST.keys()


def test_both_halves_are_as_large_and_every_type_is_in_both(questions: tuple[Question, ...]) -> None:
    halves = Counter(question.split for question in questions)
    assert abs(halves["dev"] - halves["test"]) <= 6
    dev, test = ({q.type for q in questions if q.split == half} for half in ("dev", "test"))
    assert dev == test == FEWEST.keys()


def test_a_fifth_of_the_questions_cannot_be_answered(questions: tuple[Question, ...]) -> None:
    assert 0.2 <= sum(not question.answerable for question in questions) / len(questions) <= 0.3


def test_each_question_belongs_to_one_of_five_stories(questions: tuple[Question, ...]) -> None:
    stories = Counter(question.tags["story"] for question in questions)
    assert stories.keys() == STORIES
    assert min(stories.values()) >= 40


def test_questions_that_belong_together_are_in_one_half(questions: tuple[Question, ...]) -> None:
    by_id = {question.id: question for question in questions}
    for question in questions:
        for tag in ("pair", "parent"):
            if tag in question.tags:
                assert by_id[question.tags[tag]].split == question.split
    pairs = Counter(question.tags["pair"] for question in questions if "pair" in question.tags)
    assert set(pairs.values()) == {2}
    assert len(pairs) >= 10


def test_no_question_is_asked_twice(questions: tuple[Question, ...]) -> None:
    asked = Counter((fold(question.question), question.as_of, question.history) for question in questions)
    assert [key for key, count in asked.items() if count > 1] == []


def test_quotes_are_letter_for_letter_in_the_articles(
    questions: tuple[Question, ...], articles: dict[str, Article]
) -> None:
    for question in questions:
        for gold in question.gold:
            assert gold.quote in articles[gold.article_id].text, question.id


def test_two_in_five_questions_share_less_than_half_of_their_words_with_the_gold_sentence(
    questions: tuple[Question, ...], articles: dict[str, Article]
) -> None:
    answerable = [question for question in questions if question.answerable]
    distant = [question for question in answerable if shared(question, articles) < 0.5]
    assert len(distant) >= 0.4 * len(answerable)


def shared(question: Question, articles: dict[str, Article]) -> float:
    """The share of a question's content words in its closest gold sentence."""
    asked = set(query_stems(question.question))
    found = [
        {stem for language in ("fr", "en") for stem in stems(sentence, language)}
        for gold in question.gold
        for sentence in sentences(articles[gold.article_id])
        if gold.quote[:30] in sentence
    ]
    return max((len(asked & words) / max(len(asked), 1) for words in found), default=0.0)


def test_controls_have_agreeing_sources_and_conflicts_have_two_sides(questions: tuple[Question, ...]) -> None:
    for question in questions:
        if question.type == "agreement":
            assert question.conflict == "none"
            assert len({gold.article_id for gold in question.gold}) >= 2
        if question.conflict in ("discrepancy", "opinion"):
            assert len(question.sides) == 2
            assert all(side.sources for side in question.sides)


def test_questions_are_asked_across_languages_both_ways(
    questions: tuple[Question, ...], articles: dict[str, Article]
) -> None:
    ways = Counter(
        (question.lang, articles[question.gold[0].article_id].language) for question in questions if question.gold
    )
    assert ways[("en", "fr")] >= 8
    assert ways[("fr", "en")] >= 6


def test_what_only_a_linked_headline_says_cannot_be_answered(
    questions: tuple[Question, ...], articles: dict[str, Article]
) -> None:
    traps = [question for question in questions if question.type == "boilerplate"]
    for question in traps:
        file = next(CORPUS.glob(f"{question.tags['trap']}.*"))
        asked = set(query_stems(question.question))
        only_linked = set(stems(file.read_text(encoding="utf-8"), "fr")) - set(stems(articles[file.stem].text, "fr"))
        assert asked & only_linked, question.id


def test_the_readme_names_only_articles_that_are_there(articles: dict[str, Article]) -> None:
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:telepherique|eau|papeterie|incendie|musee)-\d(?:-bis)?|portrait)`", readme))
    assert named
    assert named <= articles.keys()


def test_each_line_is_one_json_object_with_readable_accents() -> None:
    for line in SET.read_text(encoding="utf-8").splitlines():
        assert "\\u00e9" not in line
        assert isinstance(json.loads(line), dict)


def test_no_path_of_a_machine_is_in_the_corpus() -> None:
    for path in (*CORPUS.iterdir(), SET):
        assert str(Path.home()) not in path.read_text(encoding="utf-8")
