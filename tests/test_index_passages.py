"""Passages are verbatim, lose nothing, stay small, and fall where a reader would cut."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.index.passages import (
    MOST_CHARACTERS,
    MOST_SENTENCES,
    MOST_WORDS,
    MOST_WORDS_OF_SHORT,
    embedded_text,
    is_intact,
    split,
    well_formed,
)
from rag.language.sentences import sentence_spans
from rag.schema import Article, PartialDate

SEEDS = Path(__file__).parents[1] / "seeds"
NEWS = Path(__file__).parents[2] / "shared" / "data" / "news_fr.jsonl.gz"

SENTENCE = "Le ministre a reçu mardi les représentants des pêcheurs de la baie, qui demandaient une aide."  # 15 words


def article(text: str, language: str | None = "fr") -> Article:
    return Article(id="a", title="Un titre", text=text, language=language)


def texts(text: str) -> list[str]:
    return [passage.text for passage in split(article(text))]


def assert_lawful(one: Article) -> None:
    passages = split(one)
    covered = 0
    for passage in passages:
        assert one.text[passage.start : passage.end] == passage.text
        assert 0 < len(passage.text) <= MOST_CHARACTERS
        assert passage.text == passage.text.strip()
        assert not one.text[covered : passage.start].strip(), "something between two passages is lost"
        assert is_intact(passage)
        covered = passage.end
    assert not one.text[covered:].strip(), "something after the last passage is lost"
    assert len({passage.id for passage in passages}) == len(passages)


PIECES = st.sampled_from(
    [
        "Un mot",
        "M. Terry",
        ". ",
        "! ",
        "\n",
        "\n\n",
        "« Oui »",
        "5 200",
        "’",
        "…",
        "\u2028",
        " ",
        "\t",
        "x" * 300,
        "É.-U.",
    ]
)


@given(st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join)))
@example("")
@example("\ud800 seul. \ud800")
def test_passages_are_verbatim_and_lose_nothing(text: str) -> None:
    assert_lawful(article(text))


def test_passages_of_the_seeds_are_verbatim_and_lose_nothing() -> None:
    files = sorted(SEEDS.glob("*.txt"))
    assert files
    for file in files:
        assert_lawful(article(file.read_text(encoding="utf-8")))


def test_passages_of_500_news_articles_are_verbatim_and_of_a_good_size() -> None:
    if not NEWS.exists():
        pytest.skip("the public news articles are not beside this repository")
    passages = []
    for one in islice(news(), 500):
        assert_lawful(one)
        passages += split(one)
    words = [len(passage.text.split()) for passage in passages]
    sentences = [len(sentence_spans(passage.text, "fr")) for passage in passages]
    assert sum(2 <= count <= MOST_SENTENCES for count in sentences) > 0.8 * len(passages)
    assert sum(count > MOST_WORDS for count in words) < 0.01 * len(passages)
    assert sum(words) / len(words) > 40


def news() -> Iterator[Article]:
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            body = row["article"] if isinstance(row["article"], str) else "\n\n".join(row["article"])
            yield Article(id=row["id"], title=row["title"], text=f"{row['heading'] or ''}\n\n{body}", language="fr")


def test_a_long_paragraph_is_cut_evenly() -> None:
    assert [text.count(SENTENCE) for text in texts(" ".join([SENTENCE] * 6))] == [3, 3]


def test_short_paragraphs_are_joined() -> None:
    assert [text.count(SENTENCE) for text in texts("\n\n".join([SENTENCE] * 4))] == [2, 2]


def test_paragraphs_long_enough_stand_by_themselves() -> None:
    paragraph = " ".join([SENTENCE] * 3)
    assert texts(f"{paragraph}\n\n{paragraph}") == [paragraph, paragraph]


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["one line each", "blank lines between"])
def test_a_heading_stays_with_what_it_heads(gap: str) -> None:
    paragraph = " ".join([SENTENCE] * 2)
    first, second = texts(gap.join([paragraph, "QUI RESTE EN MER ?", paragraph]))
    assert first == paragraph
    assert second == f"QUI RESTE EN MER ?{gap}{paragraph}"


def test_a_sentence_wrapped_over_lines_is_not_parted() -> None:
    wrapped = "\n".join(SENTENCE.split(", ")) + "\n" + SENTENCE
    passages = texts("\n\n".join([wrapped] * 5))
    assert all(passage.endswith("une aide.") for passage in passages)


def test_no_passage_of_several_sentences_has_too_many_words() -> None:
    long_sentence = SENTENCE.removesuffix(".") + ", " + ", ".join(["puis une autre"] * 20) + "."  # 75 words
    assert texts(" ".join([long_sentence] * 3)) == [long_sentence] * 3


@pytest.mark.parametrize("sentence", ["Un mot. ", "Oui. ", "Un mot.\n\n"], ids=["two words", "one word", "paragraphs"])
def test_very_short_sentences_are_gathered_up_to_a_few_words(sentence: str) -> None:
    count = 1_200
    passages = texts(sentence * count)
    words = [len(passage.split()) for passage in passages]
    assert max(words) <= MOST_WORDS_OF_SHORT
    assert len(passages) <= 1.1 * sum(words) / MOST_WORDS_OF_SHORT


def test_a_long_text_of_very_short_sentences_is_cut_in_linear_time() -> None:
    began = time.process_time()
    split(article("Oui. " * 32_000))
    assert time.process_time() - began < 10


def test_a_sentence_too_long_for_a_passage_is_cut_at_its_clauses() -> None:
    pieces = texts(", ".join(["une clause de la phrase"] * 200))
    assert len(pieces) > 1
    assert all(piece.startswith("une clause") for piece in pieces)


@pytest.mark.parametrize(
    "text",
    ["x" * 5_000_000, "mot " * 1_250_000, "a, " * 1_666_666, " " * 5_000_000 + "x"],
    ids=["one word", "no full stop", "only commas", "white space"],
)
def test_a_line_of_5_megabytes_is_cut_in_linear_time(text: str) -> None:
    began = time.process_time()
    passages = split(article(text))
    assert time.process_time() - began < 10
    assert max(len(passage.text) for passage in passages) <= MOST_CHARACTERS


def test_the_id_changes_with_article_text_and_place() -> None:
    [one] = split(article(SENTENCE))
    [elsewhere] = split(article(f" {SENTENCE}"))
    [altered] = split(article(SENTENCE.replace("mardi", "jeudi")))
    [of_another] = split(replace(article(SENTENCE), id="b"))
    assert len({one.id, elsewhere.id, altered.id, of_another.id}) == 4
    assert split(article(SENTENCE)) == (one,)


@pytest.mark.parametrize(
    ("published", "language", "expected"),
    [
        (PartialDate(2020, 1, 7), "fr", "Un titre\n7 janvier 2020\nDu texte."),
        (PartialDate(2020, 1), "en", "Un titre\nJanuary 2020\nDu texte."),
        (PartialDate(2020), None, "Un titre\n2020\nDu texte."),
        (None, "de", "Un titre\nDu texte."),
    ],
    ids=["day in French", "month in English", "year, unknown language", "no date"],
)
def test_title_and_date_are_embedded_with_the_passage(
    published: PartialDate | None, language: str | None, expected: str
) -> None:
    one = replace(article("Du texte."), published=published, language=language)
    [passage] = split(one)
    assert embedded_text(one, passage) == expected
    assert passage.text == "Du texte."


def test_a_title_that_opens_the_text_is_embedded_once() -> None:
    one = replace(article(SENTENCE), title="Le ministre a reçu mardi…")
    [passage] = split(one)
    assert embedded_text(one, passage) == SENTENCE


@settings(max_examples=50)
@given(st.text(alphabet=st.characters(), max_size=50))
def test_what_is_embedded_is_well_formed(text: str) -> None:
    formed = well_formed(text)
    assert len(formed) == len(text)
    formed.encode("utf-8")
