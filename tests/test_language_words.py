import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.words import query_stems, stems, words

ANY_TEXT = st.text(st.characters(codec=None)) | st.text("l'’ dqu5.,20-ÉUS\u00a0\u0301\n")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("l’Irak d'abord", ["l’", "Irak", "d'", "abord"]),
        ("jusqu’à lorsqu'il puisqu’on qu'elle", ["jusqu’", "à", "lorsqu'", "il", "puisqu’", "on", "qu'", "elle"]),
        ("l’«État»", ["l’", "État"]),
        ("aujourd’hui quelqu'un", ["aujourd’hui", "quelqu'un"]),
        ("they don't, France's", ["they", "don't", "France's"]),
        ("5 200, 5\u202f200, 1.500, 5,200 et 1,5", ["5 200", "5\u202f200", "1.500", "5,200", "et", "1,5"]),
        ("le 3 janvier 2020 500 soldats", ["le", "3", "janvier", "2020", "500", "soldats"]),
        ("07/01/2020 2014-2021", ["07", "01", "2020", "2014", "2021"]),
        ("al-Qods a-t-il Covid-19", ["al", "Qods", "a", "t", "il", "Covid", "19"]),
        ("U.S. Army, É.-U., J.-C.", ["U.S.", "Army", "É.-U.", "J.-C."]),
        ("la 5G, le G20 à 14h30", ["la", "5G", "le", "G20", "à", "14h30"]),
        ("sol\u00addat e\u0301tat", ["sol\u00addat", "e\u0301tat"]),
    ],
)
def test_a_text_is_cut_into_words(text: str, cut: list[str]) -> None:
    assert [word.text for word in words(text)] == cut


@given(ANY_TEXT)
def test_a_word_is_verbatim_and_words_leave_no_letter_or_digit_out(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))
    covered = {place for word in found for place in range(word.start, word.end)}
    assert {place for place, character in enumerate(text) if character.isalnum()} <= covered


@given(ANY_TEXT)
def test_terms_are_never_empty_and_a_question_has_each_once(text: str) -> None:
    assert all(stems(text, "fr"))
    assert all(stems(text, "en"))
    terms = query_stems(text)
    assert len(terms) == len(set(terms))


def test_spellings_of_one_word_give_one_term() -> None:
    french = {tuple(stems(text, "fr")) for text in ("soldats français", "Soldat francais", "SOLDATS FRANÇAIS")}
    assert len(french) == 1
    assert stems("soldiers withdrawing", "en") == stems("Soldier withdraws", "en")


@pytest.mark.parametrize("text", ["5 200", "5\u00a0200", "5.200", "5,200", "5200", "5'200"])
def test_a_grouped_number_is_one_term_of_plain_digits(text: str) -> None:
    assert stems(text, "fr") == ["5200"]


def test_a_number_in_words_can_be_found_by_its_digits() -> None:
    assert "14" in stems("ses quatorze soldats", "fr")
    assert "14" in stems("its fourteen soldiers", "en")
    assert "1000000" not in stems("un million", "fr")


def test_stop_words_and_lone_letters_are_no_terms() -> None:
    assert stems("Il n’y a pas de E. dans la ville", "fr") == stems("ville", "fr")
    assert stems("There is not a town", "en") == stems("town", "en")


def test_an_acronym_is_found_with_and_without_its_points() -> None:
    assert stems("U.S. troops", "en") == stems("US troops", "en")


def test_a_question_asks_in_both_languages() -> None:
    terms = query_stems("Combien de militaires y a-t-il ?")
    assert terms == [*dict.fromkeys(stems("militaires", "fr") + stems("militaires", "en"))]
    assert query_stems("How many soldiers?") == [*dict.fromkeys(stems("soldiers", "fr") + stems("soldiers", "en"))]


def test_an_english_stop_word_that_means_something_in_french_is_kept() -> None:
    assert "but" in query_stems("Qui a marqué le but ?")
    assert "but" not in query_stems("Who left but came back?")


def test_a_question_of_question_words_alone_keeps_them() -> None:
    assert query_stems("Qui ?") == ["qui"]


def test_passages_of_a_large_corpus_are_analysed_in_seconds() -> None:
    passage = "Les 5 200 soldats de l’Otan présents aux États-Unis n’ont pas quitté la base d’entraînement. " * 8
    started = time.process_time()
    for _ in range(1_000):
        stems(passage, "fr")
    assert time.process_time() - started < 3
