from __future__ import annotations

import pytest

from rag.corpus.drafts import Draft
from rag.corpus.markdown import drafts_of_markdown
from rag.corpus.text import unwrapped

TEXT = "Le ministre a annoncé le retrait de ses troupes."


def draft(text: str) -> Draft:
    (found,) = drafts_of_markdown(text, id="note", path="note.md", file_name="note")
    return found


def test_a_front_matter_gives_title_date_outlet_address_and_language() -> None:
    front = "title: 'Oui: il part'\ndate: 2020-01\noutlet: Le Journal\nurl: https://exemple.org\nlanguage: fr"
    read = draft(f"---\n{front}\n---\n{TEXT}\n")
    assert (read.title, str(read.published), read.outlet) == ("Oui: il part", "2020-01", "Le Journal")
    assert (read.url, read.language, read.text.strip(), read.notes) == ("https://exemple.org", "fr", TEXT, ())


@pytest.mark.parametrize(
    ("date", "read"), [("2020-01-07", "2020-01-07"), ("2020", "2020"), ("2020-01-07 10:00:00", "2020-01-07")]
)
def test_a_date_keeps_its_precision(date: str, read: str) -> None:
    assert str(draft(f"---\ndate: {date}\n---\n{TEXT}").published) == read


def test_a_scalar_is_the_text_that_was_written() -> None:
    assert draft(f"---\ntitle: On\n---\n{TEXT}").title == "On"


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        pytest.param("title: [unclosed\ndate: 2020", "line", id="broken"),
        pytest.param("just a sentence", "no list of", id="no mapping"),
        pytest.param("a: !!python/object/apply:os.system ['true']", "line 2", id="an object"),
        pytest.param("a: " + "[" * 5_000, "no YAML", id="nested"),
        pytest.param("a: " + "x" * 30_000, "longer than", id="long"),
        pytest.param("date: 2020-13-45", "date '2020-13-45' not read", id="an impossible date"),
    ],
)
def test_a_front_matter_that_cannot_be_read_is_noted_and_the_text_goes_in(front: str, reason: str) -> None:
    read = draft(f"---\n{front}\n---\n{TEXT}")
    assert read.text.strip() == TEXT
    assert reason in read.notes[0]
    assert read.published is None


def test_a_front_matter_that_never_ends_is_text() -> None:
    assert "title: x" in draft(f"---\ntitle: x\n\n{TEXT}").text


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("Un **mot** et un *autre*.", "Un mot et un autre."),
        ("Voir [le texte](https://exemple.org/a_b).", "Voir le texte."),
        ("Avant ![une image](x.png) après.", "Avant  après."),
        ("> Une citation.", "Une citation."),
        ("## Une partie", "Une partie"),
        ("- un point", "un point"),
        ("Le nom_de_fichier et 2 * 3 * 4.", "Le nom_de_fichier et 2 * 3 * 4."),
        ("Avant <!-- caché --> après <b>tout</b>.", "Avant  après tout."),
        ("Un \\* seul.", "Un * seul."),
        ("Il coûte < 5 et > 3 euros.", "Il coûte < 5 et > 3 euros."),
    ],
)
def test_marks_of_markdown_are_no_text(marked: str, plain: str) -> None:
    assert draft(marked).text.strip() == plain


def test_a_first_level_heading_is_the_title() -> None:
    read = draft(f"# Le titre\n\n{TEXT}")
    assert (read.title, read.text.strip()) == ("Le titre", TEXT)


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    words = ("Le ministre a annoncé mardi le retrait de ses troupes de la région " * 6).split()
    broken = [" ".join(words[start : start + 11]) for start in range(0, len(words), 11)]
    text = "\n".join(broken) + ".\n\n" + "\n".join(broken) + "."
    assert unwrapped(text) == f"{' '.join(words)}.\n\n{' '.join(words)}."


@pytest.mark.parametrize(
    "text",
    [
        "Une ligne.\nUne autre ligne.\nEncore une.\nEt une.\nEt la fin.",
        "Un titre court\nun autre\nun troisième\nun quatrième\nun cinquième",
        "Un long paragraphe sur une seule ligne, " * 10 + "\nsuivi d'un autre\net d'un autre\net encore\net fin",
    ],
)
def test_lines_that_are_paragraphs_stay(text: str) -> None:
    assert unwrapped(text) == text
