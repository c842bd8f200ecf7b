"""The question sets that ship: they load, and nobody can slip a quote into them that no article holds."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from conftest import REPOSITORY, SEEDS

from eval.questions import SETS, read_questions
from eval.schema import ANSWERABLE, EITHER, UNANSWERABLE, QuestionSetError
from eval.validation import locate
from rag.corpus import read_corpus
from rag.reader.corpora import MEASURED
from rag.schema import Article

NEWS = REPOSITORY.parent / "shared" / "data"
LONGEST_QUOTE = 19  # words; the articles of the news set are not ours to copy

SHIPPED = sorted(path.stem for path in SETS.glob("*.jsonl") if path.stem != "checks")

Row = dict[str, object]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def gold(row: Row) -> list[dict[str, str]]:
    found = row["gold"]
    assert isinstance(found, list)
    return found


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {article.id: article for article in read_corpus(SEEDS).articles}


def test_the_questions_on_the_seeds_load_against_the_seeds(articles: dict[str, Article]) -> None:
    assert len(read_questions(SETS / "seeds.jsonl", articles)) >= 120


@pytest.mark.parametrize(
    ("name", "language", "least"),
    [
        ("news", "fr", 200),
        ("disputes", "fr", 300),
        ("english", "en", 300),
        ("courtes", "fr", 139),
        ("courtes-en", "en", 69),
        ("examen", "fr", 251),
        ("examen-en", "en", 234),
        ("suites-news", "fr", 45),
        ("suites-english", "en", 30),
    ],
)
def test_the_questions_on_the_news_load_against_the_articles_they_cite(
    tmp_path: Path, name: str, language: str, least: int
) -> None:
    news = NEWS / f"news_{language}.jsonl.gz"
    if not news.exists():
        pytest.skip("the news articles are not on this machine")
    cited = {item["doc"] for row in rows(name) for item in gold(row)}
    kept = tmp_path / "news.jsonl"
    with gzip.open(news, "rt", encoding="utf-8") as lines, kept.open("w", encoding="utf-8") as out:
        out.writelines(line for line in lines if json.loads(line)["id"] in cited)
    found = {article.id: article for article in read_corpus(kept).articles}
    assert len(read_questions(SETS / f"{name}.jsonl", found)) >= least


@pytest.mark.parametrize(
    ("name", "corpus", "questions"),
    [
        ("irak", SEEDS, 240),
        ("examen-seeds", SEEDS, 282),
        ("suites-seeds", SEEDS, 45),
        ("suites-affaires", REPOSITORY / "eval" / "corpora" / "affaires", 70),
        ("suites-chronique", REPOSITORY / "eval" / "corpora" / "chronique", 70),
    ],
)
def test_further_questions_load_against_articles_that_ship(name: str, corpus: Path, questions: int) -> None:
    found = {article.id: article for article in read_corpus(corpus).articles}
    assert len(read_questions(SETS / f"{name}.jsonl", found)) == questions


@pytest.mark.parametrize(("name", "articles", "stories"), [("regions", 80, [10, 11]), ("affaires", 160, [30, 10])])
def test_the_questions_on_invented_stories_load_and_no_story_is_in_both_halves(
    name: str, articles: int, stories: list[int]
) -> None:
    found = {article.id: article for article in read_corpus(REPOSITORY / "eval" / "corpora" / name).articles}
    assert len(found) == articles
    questions = read_questions(SETS / f"{name}.jsonl", found)
    halves = [{one.story for one in questions if one.split == split} for split in ("dev", "test")]
    assert [len(half) for half in halves] == stories
    assert not halves[0] & halves[1]


@pytest.mark.parametrize("name", SHIPPED)
def test_ids_are_unique_and_types_are_known(name: str) -> None:
    ids = [row["id"] for row in rows(name)]
    assert len(ids) == len(set(ids))
    assert {row["type"] for row in rows(name)} <= set(ANSWERABLE + UNANSWERABLE + EITHER)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_question_is_asked_twice(name: str) -> None:
    asked = [json.dumps([row["question"], row.get("as_of"), row.get("history")]) for row in rows(name)]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("name", ["seeds", "news"])
def test_a_fifth_of_the_questions_cannot_be_answered_and_both_halves_have_as_many(name: str) -> None:
    unanswerable = [row for row in rows(name) if not row["answerable"]]
    assert 0.2 <= len(unanswerable) / len(rows(name)) <= 0.3
    held_out = sum(row["split"] == "test" for row in rows(name))
    assert abs(held_out - len(rows(name)) / 2) <= 10


@pytest.mark.parametrize("name", MEASURED)
def test_quotes_of_the_news_are_short(name: str) -> None:
    quotes = [item["quote"] for row in rows(name) for item in gold(row)]
    assert max(len(quote.split()) for quote in quotes) <= LONGEST_QUOTE


@pytest.mark.parametrize("name", MEASURED)
def test_no_news_article_is_in_both_halves(name: str) -> None:
    halves: dict[str, set[object]] = {"dev": set(), "test": set()}
    for row in rows(name):
        halves[str(row["split"])] |= {item["doc"] for item in gold(row)}
    assert not halves["dev"] & halves["test"]


def test_each_day_asked_about_differently_has_both_halves_of_its_pair_together() -> None:
    pairs: dict[object, list[Row]] = {}
    for row in rows("seeds"):
        if row["type"] == "as_of":
            pairs.setdefault(row["question"], []).append(row)
    both = [pair for pair in pairs.values() if len(pair) == 2]
    assert len(both) >= 6
    for pair in both:
        assert len({row["split"] for row in pair}) == 1
        assert {row["answerable"] for row in pair} == {True, False}


WHOLE: Row = {
    "id": "x-001",
    "split": "dev",
    "question": "Combien de phoques ?",
    "type": "number",
    "lang": "fr",
    "answerable": True,
    "answers": ["trois"],
    "gold": [{"doc": "a", "quote": "trois phoques"}],
}
PHOQUES = {"a": Article.from_text("On a vu trois phoques au port.", id="a", published="2020-02")}


def written(tmp_path: Path, *questions: Row) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(question) for question in questions), encoding="utf-8")
    return path


def test_a_whole_row_is_read(tmp_path: Path) -> None:
    row = WHOLE | {"as_of": "2020-02", "history": [["Où ?", "Au port."]]}
    (question,) = read_questions(written(tmp_path, row), PHOQUES)
    assert str(question.as_of) == "2020-02"
    assert question.history == (("Où ?", "Au port."),)
    assert question.gold[0].quote == "trois phoques"


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        pytest.param({"split": "train"}, "split", id="unknown-split"),
        pytest.param({"lang": "de"}, "lang", id="unknown-language"),
        pytest.param({"type": "riddle"}, "type", id="unknown-type"),
        pytest.param({"type": "absent"}, "type", id="type-of-the-other-kind"),
        pytest.param({"answerable": False, "type": "absent"}, "answerable", id="unanswerable-with-gold"),
        pytest.param({"gold": []}, "answerable", id="answerable-without-gold"),
        pytest.param({"answers": []}, "answerable", id="answerable-without-answers"),
        pytest.param({"answers": "trois"}, "answers", id="answers-no-list"),
        pytest.param({"answers": [3]}, "answers", id="answer-no-text"),
        pytest.param({"gold": [{"doc": "a", "quote": "trois Phoques"}]}, "gold", id="quote-not-verbatim"),
        pytest.param({"gold": [{"doc": "b", "quote": "trois phoques"}]}, "gold", id="unknown-article"),
        pytest.param({"gold": [{"doc": "a", "quote": " "}]}, "gold", id="empty-quote"),
        pytest.param({"gold": [{"doc": "a"}]}, "quote", id="gold-without-quote"),
        pytest.param({"as_of": "2020-01"}, "as_of", id="gold-article-not-out-yet"),
        pytest.param({"as_of": "hier"}, "date", id="day-no-date"),
        pytest.param({"mood": "sad"}, "mood", id="unknown-field"),
        pytest.param({"id": 7}, "id", id="id-no-text"),
        pytest.param({"answers": ["la !"]}, "answers", id="answer-that-says-nothing"),
        pytest.param({"question": " "}, "question", id="question-empty"),
        pytest.param({"type": "conflict"}, "sides", id="conflict-without-sides"),
        pytest.param({"conflict": "war"}, "conflict", id="unknown-conflict"),
        pytest.param({"sides": [{"value": "trois", "sources": ["b"]}]}, "sides", id="side-from-an-unknown-article"),
        pytest.param({"sides": [{"sources": ["a"]}]}, "value", id="side-without-value"),
        pytest.param({"answers": [{"kind": "mood", "value": 1}]}, "kind", id="unknown-kind"),
        pytest.param(
            {"answers": [{"kind": "number", "value": 3, "comparator": "most"}]}, "comparator", id="comparator"
        ),
        pytest.param({"answers": [{"kind": "number", "value": "trois"}]}, "trois", id="number-no-number"),
        pytest.param({"type": "list", "answers": [{"kind": "number", "value": 3}]}, "answers", id="list-of-no-items"),
        pytest.param({"nuggets": [{"id": "n", "must": [[]]}]}, "nuggets", id="nugget-without-wording"),
        pytest.param({"nuggets": [{"id": "n", "importance": "huge", "must": ["x"]}]}, "nuggets", id="nugget-weight"),
        pytest.param({"gold": [{"doc": "a", "quote": "trois phoques", "rel": 3}]}, "gold", id="unknown-relevance"),
        pytest.param({"valid_from": "2020", "valid_to": "2019"}, "valid_to", id="validity-turned-round"),
        pytest.param({"tags": []}, "tags", id="tags-no-object"),
        pytest.param({"forbidden": [""]}, "forbidden", id="forbidden-empty"),
        pytest.param({"history": "Où ?"}, "history", id="history-no-list"),
        pytest.param({"history": [{"question": "Où ?", "answer": "Au port."}]}, "history", id="history-of-objects"),
        pytest.param({"history": [["Où ?"]]}, "history", id="history-without-an-answer"),
    ],
)
def test_a_broken_row_is_refused_with_its_line_and_field(tmp_path: Path, broken: Row, field: str) -> None:
    path = written(tmp_path, WHOLE, WHOLE | {"id": "x-002"} | broken)
    with pytest.raises(QuestionSetError, match=rf"^set\.jsonl:2\b.*{field}"):
        read_questions(path, PHOQUES)


@pytest.mark.parametrize("field", sorted(WHOLE))
def test_a_row_without_one_of_its_fields_is_refused(tmp_path: Path, field: str) -> None:
    path = written(tmp_path, {name: value for name, value in WHOLE.items() if name != field})
    with pytest.raises(QuestionSetError, match=rf"^set\.jsonl:1\b.*{field}"):
        read_questions(path, PHOQUES)


def test_an_id_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"^set\.jsonl:2: id 'x-001' is there twice"):
        read_questions(written(tmp_path, WHOLE, WHOLE), PHOQUES)


@pytest.mark.parametrize("line", ["{", "[]", "3", '"no"'])
def test_a_line_that_is_no_object_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"^set\.jsonl:1 is not a question"):
        read_questions(path, PHOQUES)


def test_an_empty_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="no question"):
        read_questions(written(tmp_path), PHOQUES)


def test_every_shape_of_an_answer_is_read(tmp_path: Path) -> None:
    answers = [
        "trois",
        {"kind": "number", "value": 3, "unit": "%", "comparator": "more", "tol_rel": 0.5, "aliases": ["trio"]},
        {"kind": "date", "value": "2020-02"},
        {"kind": "bool", "value": True},
    ]
    sides = [{"value": 3, "aliases": ["trois"], "label": "port", "sources": ["a"], "date": "2020", "erroneous": True}]
    nuggets = [{"id": "n", "importance": "okay", "must": ["phoques", ["port", "quai"]]}]
    row = WHOLE | {"answers": answers, "sides": sides, "nuggets": nuggets, "cluster": "phoques", "conflict": "none"}
    (question,) = read_questions(written(tmp_path, row), PHOQUES)
    assert [accepted.kind for accepted in question.answers] == ["span", "number", "date", "bool"]
    assert (question.answers[1].tolerance, question.answers[1].wordings) == (1.5, ("trio",))
    assert (question.sides[0].value.number, question.sides[0].value.wordings) == (3.0, ("trois",))
    assert question.nuggets[0].must == (("phoques",), ("port", "quai"))
    assert question.cluster == "phoques"


def test_plain_strings_of_a_list_are_its_items(tmp_path: Path) -> None:
    (question,) = read_questions(written(tmp_path, WHOLE | {"type": "list", "answers": ["trois", "port"]}), PHOQUES)
    assert [accepted.items for accepted in question.answers] == [(("trois",), ("port",))]


@pytest.mark.parametrize(
    ("row", "cluster"),
    [
        pytest.param(WHOLE, "a", id="the-first-gold-article"),
        pytest.param(WHOLE | {"answerable": False, "type": "absent", "answers": [], "gold": []}, "x-001", id="itself"),
    ],
)
def test_a_question_without_a_story_belongs_to(tmp_path: Path, row: Row, cluster: str) -> None:
    assert read_questions(written(tmp_path, row), PHOQUES)[0].cluster == cluster


@pytest.mark.parametrize(
    "quote", ["l'«été» - fini", 'l’"été" – fini', "l'“été”\u00a0- fini"], ids=["typed", "typeset", "spaced"]
)
def test_a_quote_is_found_whatever_its_typography(quote: str) -> None:
    text = "Voici l’«été» – fini."
    start, end = locate(quote, text) or (0, 0)
    assert text[start:end] == "l’«été» – fini"
