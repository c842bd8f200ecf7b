"""Tests of the nouns: dates keep their precision, answers are derived, values are frozen."""

from __future__ import annotations

import dataclasses
import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.schema import Answer, Article, Citation, Claim, PartialDate, date_in_words, first_words, quotation_marks

JANUARY = PartialDate(2020, 1)


def citation(number: int = 1, outlet: str | None = "Le Phare", published: PartialDate | None = JANUARY) -> Citation:
    return Citation(number, "a", "Titre", outlet, published, None, 0, 4, "Oui.")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020", PartialDate(2020)),
        ("2020-01", JANUARY),
        ("2020-01-07", PartialDate(2020, 1, 7)),
        ("2020/01/07", PartialDate(2020, 1, 7)),
        ("2020-07-02T19:19:33+02:00", PartialDate(2020, 7, 2)),
        ("2020-07-02 19:19:33.123456", PartialDate(2020, 7, 2)),
        ("2020-07-02T19:19Z", PartialDate(2020, 7, 2)),
        ("2020-07-02T191933+0200", PartialDate(2020, 7, 2)),
    ],
)
def test_a_date_keeps_its_precision(text: str, date: PartialDate) -> None:
    assert PartialDate.parse(text) == date
    assert text.replace("/", "-").startswith(str(date))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *[(text, "") for text in ("", "janvier", "20-01-07", "2020-1-7-9", "2020-01 10:00", "2020-01-07T")],
        *[(f"2020-01-07 {tail}", "") for tail in ("anything", "10:00 anything", "1", "(10:00)")],
        ("2020-13", " (month must be in 1..12"),
        ("2020-02-30", " (day is out of range for month"),
        ("0000", " (year 0 is out of range"),
    ],
)
def test_what_is_no_date_is_refused_and_the_message_shows_how_one_is_written(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"2020-01-07$") as refusal:
        PartialDate.parse(text)
    assert str(refusal.value).startswith(f"not a date: {text!r}{reason}")
    assert str(refusal.value).endswith("; write 2020, 2020-01 or 2020-01-07")


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_month_and_a_year_end_on_their_last_day(day: datetime.date) -> None:
    assert PartialDate(day.year, day.month, day.day).last_day == day
    month = PartialDate(day.year, day.month)
    assert month.first_day <= day <= month.last_day
    assert month.last_day.month == day.month
    if month.last_day != datetime.date.max:
        assert (month.last_day + datetime.timedelta(days=1)).day == 1
    assert PartialDate(day.year).last_day == datetime.date(day.year, 12, 31)


@pytest.mark.parametrize(
    ("text", "last_day"),
    [("9999-12", "9999-12-31"), ("9999", "9999-12-31"), ("0001-02", "0001-02-28"), ("2020-02", "2020-02-29")],
)
def test_the_last_day_is_known_from_one_end_of_the_calendar_to_the_other(text: str, last_day: str) -> None:
    assert str(PartialDate.parse(text).last_day) == last_day


@pytest.mark.parametrize(
    ("date", "french", "english"),
    [
        (PartialDate(2020), "2020", "2020"),
        (JANUARY, "janvier 2020", "January 2020"),
        (PartialDate(2021, 5, 1), "1er mai 2021", "1 May 2021"),
    ],
)
def test_dates_are_written_as_in_a_newspaper(date: PartialDate, french: str, english: str) -> None:
    assert date_in_words(date, "fr") == french
    assert date_in_words(date, "en") == english


def test_an_article_from_text_keeps_its_text_and_gets_a_title() -> None:
    article = Article.from_text("  Le pont ferme. Il rouvrira en mai.\n", published="2020-01")
    assert article.text == "  Le pont ferme. Il rouvrira en mai.\n"
    assert article.title == "Le pont ferme."
    assert (article.published, article.published_from) == (JANUARY, "metadata")
    assert article.id == Article.from_text(article.text, published="2020-01").id
    assert article.id != Article.from_text(article.text, published="2020-02").id


def test_an_article_without_text_is_refused() -> None:
    with pytest.raises(ValueError, match="needs text"):
        Article.from_text(" \n…")


@given(st.text(max_size=500))
def test_first_words_are_one_short_line(text: str) -> None:
    title = first_words(text)
    assert len(title) <= 90
    assert len(title.splitlines()) <= 1


def test_the_text_of_an_answer_names_outlet_date_and_mark() -> None:
    claims = (Claim("Oui.", (citation(),), "quoted", JANUARY),)
    assert Answer("?", "fr", claims).text == "« Oui. » (Le Phare, janvier 2020) [1]"
    assert Answer("?", "en", claims).text == "“Oui.” (Le Phare, January 2020) [1]"


@pytest.mark.parametrize(
    ("quote", "language", "written"),
    [
        ("Non, dit-il.", "fr", "« Non, dit-il. »"),
        ("«Non», dit-il.", "fr", "“«Non», dit-il.”"),
        ("No, he said.", "en", "“No, he said.”"),
        ("“No”, he said.", "en", "‘“No”, he said.’"),
    ],
)
def test_quotation_marks_are_not_nested_in_their_like(quote: str, language: str, written: str) -> None:
    opening, closing = quotation_marks(quote, language)
    assert f"{opening}{quote}{closing}" == written


def test_a_quote_that_leaves_out_its_speaker_is_told_with_him() -> None:
    quote = dataclasses.replace(citation(), quote="« Oui », a-t-elle dit.")
    told = Claim(quote.quote, (quote,), "quoted", speaker="la préfète\nAnne Lemaire")
    assert Answer("?", "fr", (told,)).text.endswith(" (selon la préfète Anne Lemaire, Le Phare, janvier 2020) [1]")
    assert " (according to la préfète Anne Lemaire, Le Phare, " in Answer("?", "en", (told,)).text
    quote = dataclasses.replace(quote, quote="« Oui », a dit Mme Lemaire.")
    named = dataclasses.replace(told, text=quote.quote, citations=(quote,))
    assert "selon" not in Answer("?", "fr", (named,)).text
    longest = dataclasses.replace(told, speaker="le porte-parole " * 20)
    assert "…, Le Phare" in Answer("?", "fr", (longest,)).text
    written = dataclasses.replace(told, verdict="supported")
    assert "selon" not in Answer("?", "fr", (written,)).text


def test_an_unknown_date_is_said() -> None:
    claims = (Claim("Oui.", (citation(outlet=None, published=None),), "quoted"),)
    assert Answer("?", "fr", claims).text == "« Oui. » (date inconnue) [1]"


def test_a_source_that_agrees_in_words_of_its_own_is_not_said_to_have_printed_the_quote() -> None:
    other = dataclasses.replace(citation(2, "La Dune"), quote="Non pas non.")
    claims = (Claim("Oui.", (citation(1), other, citation(3, "Le Cap")), "quoted"),)
    assert claims[0].otherwise == (other,)
    assert Answer("?", "fr", claims).text == (
        "« Oui. » (Le Phare, janvier 2020 ; Le Cap, janvier 2020) [1][3], "
        "et dans le même sens (La Dune, janvier 2020) [2]"
    )
    assert ", and to the same effect (La Dune, January 2020) [2]" in Answer("?", "en", claims).text


def test_a_sentence_that_a_model_wrote_has_no_source_in_other_words() -> None:
    assert not Claim("Il dit oui.", (citation(1), citation(2)), "supported").otherwise


def test_the_text_of_an_answer_says_how_the_sources_differ_before_it_quotes_them() -> None:
    claims = (Claim("Oui.", (citation(1),), "quoted"), Claim("Non.", (citation(2),), "quoted"))
    contradicting = Answer("?", "fr", claims, differing="contradiction").text
    assert contradicting.splitlines()[0] == "Les sources se contredisent :"
    assert Answer("?", "en", claims, differing="change").text.startswith("What changed over time:\n“Oui.”")


def test_what_is_less_sure_stands_last_in_the_text_and_is_said_to_be() -> None:
    first, other = (Claim(text, (citation(number),), "quoted") for number, text in ((1, "Oui."), (2, "Peut-être.")))
    told = Answer("?", "fr", claims=(first, dataclasses.replace(other, aside=True))).text.splitlines()
    assert [line.split(" (")[0] for line in told] == ["« Oui. »", "Réponse moins sûre :", "« Peut-être. »"]


def test_an_unsupported_claim_is_data_but_not_text() -> None:
    claims = (Claim("Oui.", (citation(1),), "supported"), Claim("Non.", (citation(2),), "unsupported"))
    answer = Answer("?", "fr", claims)
    assert "Non." not in answer.text
    assert [shown.number for shown in answer.citations] == [1]
    assert len(answer.to_dict()["claims"]) == 2


def test_a_declined_answer_says_so_in_the_language_of_the_question() -> None:
    assert Answer("?", "fr", abstained=True).text == "Les articles ne répondent pas à cette question."
    assert Answer("?", "en", abstained=True).text == "The articles do not answer this question."


def test_an_answer_as_a_dictionary_is_json() -> None:
    answer = Answer("?", "fr", (Claim("Oui.", (citation(),), "quoted", JANUARY),))
    told = json.loads(json.dumps(answer.to_dict()))
    assert told["text"] == answer.text
    assert told["claims"][0]["citations"][0]["published"] == "2020-01"


def test_values_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        citation().quote = "Non."  # type: ignore[misc]
