"""Tests of looking in a sentence for what the question expects: a kind, a thing counted, a time."""

from __future__ import annotations

import pytest

from rag import Article
from rag.answering.asking.question import Asked, analyse
from rag.answering.choosing.expected import NEITHER, agrees_in_time, counts_the_thing, holds_wanted


def asked(question: str) -> Asked:
    """The question put to a corpus of a hundred passages that contain every stem ten times."""
    return analyse(question, lambda stem: 10, 100)


def in_time(question: str, sentence: str, published: str) -> float:
    return agrees_in_time(asked(question), sentence, Article.from_text(sentence, published=published))


def test_a_sentence_is_weighed_by_the_best_thing_of_the_kind_that_is_wanted() -> None:
    assert holds_wanted(asked("Combien de marins ?"), "Il y a 30 marins.", "fr") == 1
    assert holds_wanted(asked("Combien de marins ?"), "Il y a des marins.", "fr") == 0
    assert holds_wanted(asked("Que dit le maire ?"), "Il y a 30 marins.", "fr") == NEITHER


def test_the_thing_counted_stands_after_a_number() -> None:
    assert counts_the_thing(asked("Combien de marins ?"), "Il y a 30 jeunes marins.", "fr") == 1
    assert counts_the_thing(asked("Combien de marins ?"), "Il y a 30 ports.", "fr") == 0
    assert counts_the_thing(asked("?"), "Il y a 30 ports.", "fr") == NEITHER


def test_no_time_asked_about_agrees_and_disagrees_with_nothing() -> None:
    assert in_time("Combien de marins ?", "En 2031, le port a fermé.", "2031-05-08") == NEITHER


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("Combien en 2031 ?", ("Il y en a 30.", "2031-05-08"), ("Il y en a 30.", "2033-05-08")),
        ("Combien en mai 2031 ?", ("Il y en a 30.", "2031-05-20"), ("Il y en a 30.", "2031-09-20")),
        ("Combien le 7 mai 2031 ?", ("Il y en a 30.", "2031-05-08"), ("Il y en a 30.", "2031-01-08")),
        ("Combien le 7 mai 2031 ?", ("Le 7 mai, il y en a 30.", "2031-06-30"), ("Le 9 mai, 30.", "2031-06-30")),
        ("Combien en 2029 ?", ("En 2029, il y en avait 30.", "2031-05-08"), ("Il y en a 30.", "2031-05-08")),
        ("Combien en 2030 ?", ("L'an dernier, il y en avait 30.", "2031-05-08"), ("Il y en a 30.", "2031-05-08")),
        ("Combien en 2032 ?", ("Il y en aura 30 l'an prochain.", "2031-05-08"), ("Il y en a 30.", "2031-05-08")),
        ("Combien en 2031 ?", ("Il y en a 30.", "2031-05-08"), ("« L'an dernier, il y en avait 30.", "2031-05-08")),
        (
            "Combien en janvier 2032 ?",
            ("En janvier, il y en aura 30.", "2031-12-08"),
            ("En janvier, 30.", "2031-05-08"),
        ),
        ("Combien en janvier 2031 ?", ("En janvier dernier, 30.", "2031-10-08"), ("En janvier, 30.", "2030-05-08")),
        ("Combien en décembre 2030 ?", ("En décembre, 30.", "2031-01-08"), ("En décembre, 30.", "2031-10-08")),
    ],
    ids=[
        *("year", "month", "day after", "told day", "told year"),
        *("last year", "next year", "opens with last year", "next month", "long before", "last month"),
    ],
)
def test_the_time_asked_about_is_told_or_is_that_of_the_article(
    question: str, better: tuple[str, str], worse: tuple[str, str]
) -> None:
    assert in_time(question, *better) > in_time(question, *worse)
