"""An article is opened at the sentence asked for, whatever has become of it since."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_parsed import Parsed
from ui_stand_in import ARTICLES, StandIn, cite

from rag.schema import Answer, Article, Citation, Claim, Evidence, Passage
from ui.acts import reading_asked_for, whole_number
from ui.conversations import Conversations
from ui.newsroom import Newsroom
from ui.reader import Reading, reader, reading_of_article, reading_of_citation, reading_of_passage
from ui.texts import FRENCH
from ui.turns import Turn

DEPOT, GREVE, HOSTILE = ARTICLES


def turn(*citations: Citation) -> Turn:
    return Turn(1, "?", Answer("?", "fr", tuple(Claim(one.quote, (one,), "quoted") for one in citations)))


def opened(reading: Reading | None, article: Article | None, removed: tuple[str, ...] = ()) -> Parsed:
    assert reading is not None
    return Parsed(reader(reading, article, removed, "fr", opened=1))


def test_the_whole_article_is_shown_with_every_quote_marked_and_the_bare_answer_in_it() -> None:
    at = DEPOT.text.index("42 rames")
    second = replace(cite(DEPOT, "Il compte désormais 42 rames neuves.", 2), bare=(at, at + 8))
    cited = turn(cite(DEPOT, "Le dépôt de tramways de Valmont a rouvert mardi."), second)
    page = opened(reading_of_citation(cited, 2), DEPOT)
    assert page.marked == ["Le dépôt de tramways de Valmont a rouvert mardi.", "Il compte désormais 42 rames neuves."]
    assert page.values("class").count("current") == 1
    assert page.values("class").count("bare tight") == 1
    for part in (DEPOT.title, "Le Courrier, 7 mai 2019", FRENCH.date_known["header"], "18 millions d’euros"):
        assert part in page.text
    assert "Source 2 sur 2" in page.text


def test_the_ways_to_the_sources_before_and_after_end_where_they_end() -> None:
    page = opened(reading_of_citation(turn(cite(DEPOT, "42 rames"), cite(GREVE, "12 embauches", 2)), 1), DEPOT)
    steps = [attributes for tag, attributes in page.elements if "step" in str(attributes.get("class"))]
    assert [("disabled" in step, step.get("data-number")) for step in steps] == [(True, None), (False, "2")]


def test_what_cleaning_removed_is_listed_as_text() -> None:
    page = opened(reading_of_article(DEPOT, None, None), DEPOT, ("Lire aussi : <b>la météo</b>", "Partager"))
    assert FRENCH.removed.format(count=2) in page.text
    assert "Lire aussi : <b>la météo</b>" in page.text


@pytest.mark.parametrize(
    ("article", "told"),
    [(None, FRENCH.gone), (replace(DEPOT, text="Un autre texte."), FRENCH.changed)],
    ids=["gone", "changed"],
)
def test_an_article_gone_or_changed_since_leaves_the_quote_and_no_false_mark(article: Article, told: str) -> None:
    page = opened(reading_of_citation(turn(cite(DEPOT, "42 rames")), 1), article)
    assert told in page.text
    assert "42 rames" in page.text
    assert page.marked == []


def test_hostile_text_is_inert_in_the_reader() -> None:
    page = opened(reading_of_citation(turn(cite(HOSTILE, "Fin.")), 1), HOSTILE, ("<script>alert(6)</script>",))
    assert page.inert()
    assert "<script>alert(6)</script>" in page.text
    assert "javascript:alert(5)" in page.text
    assert page.values("href") == []


def test_a_very_long_article_is_shown_around_its_quote() -> None:
    article = replace(DEPOT, text="Avant. " * 100_000 + "Voici la preuve. " + "Après. " * 100_000)
    page = opened(reading_of_citation(turn(cite(article, "Voici la preuve.")), 1), article)
    assert page.marked == ["Voici la preuve."]
    assert "Avant. Voici la preuve. Après." in page.text
    assert page.text.count(FRENCH.cut) == 2
    assert len(page.text) < 210_000


@given(st.text("ab \n.", min_size=1, max_size=60), st.data())
def test_marks_change_nothing_of_the_text(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(places, places).map(sorted).map(tuple), max_size=4))  # type: ignore[arg-type]
    article = Article("a", "t", text)
    cited = [Citation(n, "a", "t", None, None, None, *span, text[slice(*span)], bare=span) for n, span in
             enumerate(spans, start=1)]  # fmt: skip
    plain = opened(reading_of_article(article, None, None), article)
    marked = opened(reading_of_citation(turn(*cited), 1), article) if cited else plain
    assert marked.text.endswith(plain.text.removeprefix("t").removeprefix(FRENCH.undated))


def test_a_passage_that_came_near_is_opened_at_its_place() -> None:
    near = Evidence(Passage("p", DEPOT.id, 0, 48, DEPOT.text[:48]), 0.1, 0.1, 0.1)
    declined = Turn(1, "?", Answer("?", "fr", evidence=(near,), abstained=True))
    assert opened(reading_of_passage(declined, 1), DEPOT).marked == [DEPOT.text[:48]]
    for rank in (0, 2, -1, None, "1"):
        assert reading_of_passage(declined, rank) is None


@pytest.mark.parametrize("span", [(None, None), (5, 5), (7, 3), (-1, 4), (0, 10**9), ("0", "4")], ids=str)
def test_offsets_that_do_not_lie_in_the_article_mark_nothing(span: tuple[object, object]) -> None:
    assert opened(reading_of_article(DEPOT, *span), DEPOT).marked == []


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"turn": "1", "number": "99"},
        {"turn": "2", "number": "1"},
        {"turn": ["1"], "number": {"a": 1}},
        {"article": "../../etc/passwd"},
        {"article": "x" * 10_000_000},
        {"article": None, "start": "1"},
        {"turn": "1", "near": "1"},
    ],
    ids=lambda data: str(data)[:40],
)
def test_what_is_not_there_is_not_opened(data: dict[str, object]) -> None:
    held = Conversations().begin()
    held.put(replace(held.begin("?"), answer=turn(cite(DEPOT, "42 rames")).answer))
    assert reading_asked_for(data, held, Newsroom(StandIn())) is None


def test_a_stranger_without_the_conversation_opens_nothing_of_it() -> None:
    assert reading_asked_for({"turn": "1", "number": "1"}, None, Newsroom(StandIn())) is None


@pytest.mark.parametrize("value", ["", "-1", "1.5", "١", "9" * 10, "1e3", None, True, [1], "1 "], ids=repr)
def test_only_small_whole_numbers_are_numbers(value: object) -> None:
    assert whole_number(value) is None
