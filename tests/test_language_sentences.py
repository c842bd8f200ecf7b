from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.sentences import is_heading, sentence_spans

SEEDS = Path(__file__).parents[1] / "seeds"
ANY_TEXT = st.text(st.characters(codec=None)) | st.text("aA.?!…»« \"”')(1\n\r\u2028\u00a0M-")


def sentences(text: str, language: str = "fr") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "Selon M. Terry, Mme Parly et Mme. Martin ont parlé à Me Dupond.",
        "Quelque 1.500 hommes et 3.5 points.",
        "En 52 av. J.-C. César vainquit.",
        "J.-Y. Le Drian et George H. W. Bush se sont vus.",
        "The U.S. Army and the D.C. Circuit met Gov. Kay Ivey at 8:33 a.m. ET.",
        "Aux É.-U. rien ne change, cf. p. 12, art. 3 et No. 5.",
        "Du sel, du poivre, etc. selon le goût.",
        "À 14 h. 30 précises.",
        "« Partez ! », a-t-il dit.",
        "« Où sont-ils ? » a-t-il demandé.",
        '"Stop!" he said.',
        '"On lui a dit : +M. Bach, entrez+, dit-il.',
        "Il hésite... puis part.",
        "Il hésite… puis part, en... 1967.",
        "1. Les dons des particuliers",
        "Paris :, 31 déc. (Agence) – La suite",
        "Roe v. Wade and Godzilla vs. Kong.",
        "Le concept Pop.Up sur Cinktank.com plaît.",
    ],
)
def test_what_looks_like_an_end_inside_a_sentence_is_none(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ("Il est parti.", "Elle reste."),
        ("« Nous partons.", "Nous revenons. »", "Il l’a dit."),
        ('"We leave."', '"We stay," he said.'),
        ("« Partez ! »", "Le ministre est parti."),
        ("Il a tout dit (enfin, presque).", "Le reste suivra."),
        ("Est-ce vrai ?", "Oui !", "Non…", "Peut-être..."),
        ("C’était en 2014.", "500 soldats sont venus."),
        ("On me dit non.", "+Partez+, répète-t-on."),
        ("Ils vivent aux É.-U.", "Ils y sont bien."),
        ("Il arrive à 14 h.", "Emmanuel l’attend."),
        ("Il a gagné 16 mm.", "Le coffre grandit."),
        ("Il a fiché S.", "Il le nie."),
        ("Fin du parti.", "Ils sont partis."),
    ],
    ids=lambda parts: parts[0],
)
def test_sentences_are_told_apart(parts: tuple[str, ...]) -> None:
    assert sentences(" ".join(parts)) == list(parts)


@pytest.mark.parametrize(
    "parts",
    [
        ("He lives in the U.S.", "He likes it."),
        ("They met at 8 p.m.", "The talks failed."),
        ("It is inside Russia's.", "I don't say so."),
        ("“We are in,” said T. May of Maidenhead.", "She smiled."),
    ],
    ids=lambda parts: parts[0],
)
def test_english_sentences_are_told_apart(parts: tuple[str, ...]) -> None:
    assert sentences(" ".join(parts), "en") == list(parts)


def test_two_sentences_that_lost_their_space_are_told_apart() -> None:
    assert sentences("Il a changé le nom du parti.Ils sont 33% à le vouloir.") == [
        "Il a changé le nom du parti.",
        "Ils sont 33% à le vouloir.",
    ]


def test_a_newline_ends_a_sentence_even_after_an_abbreviation() -> None:
    assert sentences("Un titre\nUne ligne de M.\r\nTerry\u2028Fin") == ["Un titre", "Une ligne de M.", "Terry", "Fin"]


def test_the_sentences_of_a_seed_article_are_those_a_reader_sees() -> None:
    text = (SEEDS / "000_29e14442270b4512.txt").read_text(encoding="utf-8")
    assert len(sentences(text)) == 19
    assert "QUI RESTE?" in sentences(text)
    assert sentences(text)[2] == "Le plus gros contingent de la coalition est américain (5 200 soldats)."


@given(ANY_TEXT, st.sampled_from(["fr", "en", "xx"]))
def test_sentences_hold_every_character_once_and_no_outer_space(text: str, language: str) -> None:
    spans = sentence_spans(text, language)
    covered = [place for start, end in spans for place in range(start, end)]
    assert covered == sorted(set(covered))
    assert {place for place, character in enumerate(text) if not character.isspace()} <= set(covered)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
        assert not set("\n\r") & set(text[start:end])


@pytest.mark.parametrize(
    ("line", "below", "heading"),
    [
        (
            "Des pas simples contre les serpents",
            "Nourrissez vos bêtes dedans, et rangez le bois loin de la maison.",
            True,
        ),
        ("LA FRANCE RESTE", "Paris n'a pas l'intention de rappeler ses 160 soldats, dit la ministre.", True),
        ("Le maire a signé hier.", "Paris n'a pas l'intention de rappeler ses 160 soldats.", False),
        ("- rangez le bois", "Nourrissez vos bêtes dedans, et rangez le bois loin de la maison.", False),
        ("7 mai", "Nourrissez vos bêtes dedans, et rangez le bois loin de la maison.", False),
        ("Population", "433", False),
        (
            "mot " * 15 + "fin",
            "Nourrissez vos bêtes dedans, et rangez le bois loin de la maison, le soir venu, dit-on.",
            False,
        ),
    ],
)
def test_a_short_line_without_a_stop_over_one_with_it_is_a_heading(line: str, below: str, *, heading: bool) -> None:
    text = f"Avant.\n\n{line}\n\n{below}"
    start = text.index(line)
    assert is_heading(text, start, start + len(line)) is heading


def test_what_stands_in_the_middle_of_a_line_or_at_the_end_is_no_heading() -> None:
    text = "Avant. Un titre\nNourrissez vos bêtes dedans, et rangez le bois loin de la maison.\nFin"
    assert not is_heading(text, text.index("Un titre"), text.index("\n"))
    assert not is_heading(text, text.index("Fin"), len(text))
