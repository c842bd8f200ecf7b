"""The tab of articles shows what there is, tells what became of what was added, and removes only what it may."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from ui_stand_in import ARTICLES, HOSTILE_TITLE, StandIn

from rag import Assistant
from rag.errors import CorpusError
from rag.schema import Article, PartialDate, Skipped
from ui.corpus_picture import MOST_BARS, picture
from ui.corpus_reasons import reason_in_words
from ui.corpus_report import freshness, invitation, progress
from ui.corpus_table import ROWS, Holdings, View, table
from ui.corpus_texts import CORPUS_TEXTS, ENGLISH, FRENCH
from ui.librarian import Librarian, Progress
from ui.newsroom import Newsroom
from ui.uploads import Receipt, add_file

OWN = "Le maire Paul Dorval inaugure la piscine de Valmer samedi. Elle compte 50 mètres de bassin."
OTHER = "Le collège de Valmer ouvrira ses portes en septembre 2023 avec 412 élèves."
HOSTILE_NAME = '"><svg onload=alert(1)>.txt'


def parsed(markup: str) -> html.HtmlElement:
    return html.fragment_fromstring(markup, create_parent="div")


def assert_inert(page: html.HtmlElement) -> None:
    for element in page.iter():
        assert element.tag not in ("script", "img", "iframe", "object", "form", "style", "link"), element.tag
        assert not [name for name in element.attrib if name.startswith("on")]
        assert not element.get("href")


@pytest.fixture
def holdings(tmp_path: Path) -> Holdings:
    added = replace(ARTICLES[1], id="uploads/greve", path="uploads/greve.txt")
    articles = (ARTICLES[0], added, ARTICLES[2])
    return Holdings(articles, {"depot": 3, "uploads/greve": 11}, tmp_path)


def titles(markup: str) -> list[str]:
    return [cell.text_content() for cell in parsed(markup).findall(".//td[@class='title']/button")]


@pytest.mark.parametrize(
    ("column", "descending", "first"),
    [
        ("published", True, "Grève"),
        ("published", False, "Le dépôt"),
        ("title", False, "<img"),
        ("title", True, "Le dépôt"),
        ("outlet", False, "<img"),
        ("passages", True, "Grève"),
        ("passages", False, "<img"),
        ("language", False, "<img"),
    ],
)
def test_the_table_is_sorted_by_any_column(holdings: Holdings, column: str, descending: bool, first: str) -> None:
    shown = titles(table(holdings, View(column=column, descending=descending), "fr"))  # type: ignore[arg-type]
    assert shown[0].startswith(first)
    assert len(shown) == 3


def test_what_has_no_date_stands_last_either_way(holdings: Holdings) -> None:
    for descending in (True, False):
        assert titles(table(holdings, View(descending=descending), "fr"))[-1].startswith("<img")


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("depot TRAMWAYS", ["Le dépôt"]),
        ("courrier", ["Le dépôt"]),
        ("mai 2019", ["Le dépôt"]),
        ("2020-02", ["Grève"]),
        ("uploads/greve", ["Grève"]),
        ("février conducteurs", ["Grève"]),
        ("  ", ["Grève", "Le dépôt", "<img"]),
        ("zèbre", []),
        ("$where ; DROP TABLE", []),
    ],
)
def test_a_search_finds_words_of_any_column_however_accented(holdings: Holdings, search: str, found: list[str]) -> None:
    shown = titles(table(holdings, View(search=search), "fr"))
    assert [title.split(" ")[0] for title in shown] == [title.split(" ")[0] for title in found]


def test_a_row_tells_date_provenance_language_passages_and_file(holdings: Holdings) -> None:
    row = parsed(table(holdings, View(search="dépôt"), "fr")).findall(".//tbody/tr")[0].text_content()
    for part in ("Le Courrier", "7 mai 2019", "date lue dans l’en-tête", "français", "3", "depot"):
        assert part in row


def test_hostile_articles_are_text_in_the_table(holdings: Holdings) -> None:
    page = parsed(table(holdings, View(), "fr"))
    assert_inert(page)
    assert HOSTILE_TITLE.replace("\u202e", "")[:40] in page.text_content()


def test_only_added_articles_offer_to_be_removed(holdings: Holdings) -> None:
    page = parsed(table(holdings, View(), "fr"))
    assert [button.get("data-pick") for button in page.findall(".//td[@class='leave']/button")] == [
        "leave:uploads/greve"
    ]
    closed = parsed(table(replace(holdings, folder=None), View(), "fr"))
    assert closed.findall(".//td[@class='leave']/button") == []


def test_a_removal_is_asked_for_and_says_what_will_happen(holdings: Holdings) -> None:
    assert holdings.folder is not None
    (holdings.folder / "uploads").mkdir()
    (holdings.folder / "uploads/greve.txt").write_text(OTHER)
    asked = parsed(table(holdings, View(leaving="uploads/greve"), "fr")).find_class("asked")[0]
    assert "uploads/greve.txt sera déplacé dans uploads/.removed" in asked.text_content()
    assert [button.get("data-pick") for button in asked.findall("button")] == ["go:uploads/greve", "keep"]


def test_a_removal_that_cannot_be_is_refused_with_the_file(holdings: Holdings) -> None:
    asked = parsed(table(holdings, View(leaving="depot"), "fr")).find_class("asked")[0]
    assert "un fichier à vous" in asked.text_content()
    assert [button.get("data-pick") for button in asked.findall("button")] == ["keep"]


def test_many_articles_are_shown_a_page_at_a_time() -> None:
    many = tuple(Article(id=f"a{number}", title=f"Titre {number}", text="x") for number in range(120))
    shown = table(Holdings(many, {}, None), View(), "fr")
    assert len(titles(shown)) == ROWS
    assert "Afficher 50 de plus" in shown
    assert "Afficher 20 de plus" in table(Holdings(many, {}, None), View(rows=100), "fr")
    assert "Afficher" not in table(Holdings(many, {}, None), View(rows=150), "fr")


def bars(markup: str) -> list[tuple[float, float]]:
    return [(float(bar.get("x")), float(bar.get("height"))) for bar in parsed(markup).iter("rect")]


def dated(*dates: str | None) -> list[Article]:
    return [Article.from_text("Un texte.", id=str(number), published=date) for number, date in enumerate(dates)]


def test_the_picture_has_a_bar_for_each_month_with_articles() -> None:
    shown = picture(dated("2020-01", "2020-01-07", "2021-12", None), "fr")
    (first, tall), (last, short) = bars(shown)
    assert first < last
    assert tall == 2 * short == 100
    assert "par mois, 2 au plus · 1 sans date" in parsed(shown).text_content()
    assert "janvier 2020 : 2 articles" in parsed(shown).text_content()


@pytest.mark.parametrize(
    ("dates", "unit"),
    [
        (["2020-01-07", "2020-01-09"], "par jour"),
        (["2020-01-07", "2021-01-09"], "par mois"),
        (["2020-01-07", "2020-01"], "par mois"),
        (["2020-01", "2020"], "par an"),
        (["1950-01", "2020-12"], "par an"),
        (["1100-01-01", "2099-12-31"], "par an"),
    ],
)
def test_the_picture_is_as_fine_as_the_dates_allow(dates: list[str], unit: str) -> None:
    assert unit in picture(dated(*dates), "fr")


def test_without_dates_there_is_no_picture() -> None:
    assert picture(dated(None), "fr") == ""


@given(st.lists(st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)), min_size=1, max_size=20))
def test_every_dated_article_is_in_the_picture(dates: list[PartialDate]) -> None:
    shown = picture([Article(id="a", title="a", text="a", published=date) for date in dates], "en")
    drawn = bars(shown)
    assert 1 <= len(drawn) <= max(MOST_BARS, 20)
    assert all(-20 <= x <= 1_000 and 0 < height <= 100 for x, height in drawn)


def test_what_became_of_files_is_told_and_hostile_names_stay_text() -> None:
    article = replace(ARTICLES[2], id="uploads/pont")
    receipts = (
        Receipt(HOSTILE_NAME, "added", "uploads/x.txt", (article,), (Skipped("x.jsonl:3", "invalid JSON: <b>"),)),
        Receipt("b.txt", "known", articles=(ARTICLES[0],)),
        Receipt("c.txt", "unreadable", detail="has 2 words of text, an article needs 5 or more"),
        Receipt("d.txt", "date", detail="<i>hier</i>"),
    )
    page = parsed(progress(Progress(receipts, 4, finished=True), "fr"))
    assert_inert(page)
    told = page.text_content()
    for part in (HOSTILE_NAME, "déjà là", "2 mots de texte seulement", "ce n’est pas du JSON valable", "<i>hier</i>"):
        assert part in told
    assert page.find(".//progress") is None


def test_progress_is_a_bar_with_words() -> None:
    half = parsed(progress(Progress((Receipt("a.txt", "kind"),), 3), "en"))
    assert half.find(".//progress").attrib == {"max": "4", "value": "2", "aria-label": "Reading: 2 of 3"}
    assert ENGLISH.indexing in progress(Progress((Receipt("a.txt", "kind"),), 1), "en")


@pytest.mark.parametrize(
    ("name", "data", "french"),
    [
        ("a.txt", b"deux mots", "2 mots de texte seulement"),
        ("a.txt", b"....", "pas un mot de texte"),
        ("a.txt", b"%PDF-1.7 le texte", "convertissez-le en .txt"),
        ("a.txt", b"\0" * 100, "convertissez-le en .txt"),
        ("a.txt", b"mot " * 60_000, "coupez-le en morceaux"),
        ("a.jsonl", b"[", "JSON valable"),
        ("a.jsonl", b"[]", "objet JSON"),
        ("a.jsonl", b"{}", "champ « text » manque"),
        ("a.jsonl", b"[" * 100_000, "trop imbriqué"),
        ("a.html", b"<html><body><p></p></body></html>", "aucun article ne se distingue"),
    ],
    ids=lambda value: repr(value[:12]),
)
def test_the_reasons_of_the_reader_of_files_are_told_in_french(
    tmp_path: Path, name: str, data: bytes, french: str
) -> None:
    detail = add_file(tmp_path, name, data, {}).detail
    assert french in reason_in_words(detail, "fr").replace("\u202f", " "), detail
    assert reason_in_words(detail, "en") == detail


def test_both_languages_say_everything() -> None:
    for words in CORPUS_TEXTS.values():
        for name in ("columns", "units", "confirm", "refused", "outcomes", "closed"):
            assert getattr(words, name).keys() == getattr(FRENCH, name).keys()


@pytest.fixture
def librarian(tmp_path: Path) -> Iterator[Librarian]:
    corpus = tmp_path / "news"
    corpus.mkdir()
    (corpus / "piscine.txt").write_text(OWN)
    with Assistant.open(corpus) as assistant:
        yield Librarian(Newsroom(assistant))


@pytest.fixture
def upload(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "gradio" / "0f3a"
    folder.mkdir(parents=True)
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(folder.parent))
    return folder


def test_an_added_article_is_answered_from_at_once_and_only_it_is_embedded(librarian: Librarian, upload: Path) -> None:
    file = upload / "college.txt"
    file.write_text(OTHER)
    *steps, last = librarian.add_files([str(file)])
    assert [step.finished for step in steps] == [False, False]
    assert [receipt.outcome for receipt in last.receipts] == ["added"]
    newest = librarian.newsroom.assistant
    assert (newest.synced.new, newest.synced.unchanged) == (("uploads/college",), ("piscine",))
    assert newest.article(last.receipts[0].articles[0].id) is not None
    *_, answer = newest.stream("Combien d'élèves au collège de Valmer ?")
    assert "412" in answer.text
    assert not upload.exists()


@pytest.mark.parametrize("path", ["/etc/passwd", "http://127.0.0.1/a.txt", "https://example.com/a.txt", "../../x", 7])
def test_what_is_no_upload_is_not_opened(librarian: Librarian, upload: Path, path: object) -> None:
    [last] = [step for step in librarian.add_files([path]) if step.finished]
    assert last.receipts == ()
    assert librarian.newsroom.assistant.articles[0].id == "piscine"
    assert not (librarian.newsroom.folder / "uploads").exists()  # type: ignore[operator]


def test_questions_are_answered_while_articles_are_added(librarian: Librarian, upload: Path) -> None:
    lines = [json.dumps({"text": f"Le refuge numéro {number} du col a rouvert dimanche."}) for number in range(150)]
    (upload / "refuges.jsonl").write_text("\n".join(lines))
    adding = threading.Thread(target=lambda: list(librarian.add_files([str(upload / "refuges.jsonl")])))
    adding.start()
    answered = 0
    while adding.is_alive():
        *_, answer = librarian.newsroom.assistant.stream("Quel maire inaugure la piscine ?")
        assert "Dorval" in answer.text
        answered += 1
    assert answered
    assert len(librarian.newsroom.assistant.articles) == 151


def test_an_article_that_was_removed_answers_no_more(librarian: Librarian) -> None:
    list(librarian.add_text(OTHER, title="Collège"))
    added = librarian.newsroom.article("uploads/Collège")
    assert added is not None
    assert librarian.remove(added).moved_to == "uploads/.removed/Collège.json"
    assert librarian.newsroom.article("uploads/Collège") is None
    *_, answer = librarian.newsroom.assistant.stream("Combien d'élèves au collège de Valmer ?")
    assert answer.abstained


def test_a_folder_that_was_changed_by_others_is_said_to_be_stale(librarian: Librarian) -> None:
    folder = librarian.newsroom.folder
    assert folder is not None
    assert not librarian.stale
    (folder / "college.txt").write_text(OTHER)
    later = time.time() + 5
    os.utime(folder / "college.txt", (later, later))
    assert librarian.stale
    assert FRENCH.stale in freshness(librarian, "fr")
    os.utime(folder / "college.txt", (0, 0))
    os.utime(folder, (0, 0))
    assert librarian.reread().new == ("college",)
    assert FRENCH.stale not in freshness(librarian, "fr")


def test_a_folder_that_is_empty_now_leaves_the_articles_in_place(librarian: Librarian) -> None:
    (librarian.newsroom.folder / "piscine.txt").unlink()  # type: ignore[operator]
    with pytest.raises(CorpusError):
        librarian.reread()
    assert librarian.newsroom.article("piscine") is not None


def test_a_corpus_in_memory_says_that_nothing_can_be_added() -> None:
    librarian = Librarian(Newsroom(StandIn()))
    assert librarian.folder is None
    assert FRENCH.closed["no folder"] in parsed(invitation(librarian, "fr")).text_content()
    assert [step.receipts for step in librarian.add_text(OTHER)] == [()]
