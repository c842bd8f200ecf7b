"""Articles in a real browser: add one, ask about it, remove it, see it gone; check a text; hostile names stay text."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from ui_browser import Reader, open_page
from ui_stand_in import serving

from rag import Assistant
from ui.check_texts import FRENCH as CHECK
from ui.corpus_texts import FRENCH

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

POOL = "Le maire Paul Dorval inaugure la piscine de Valmer samedi. Elle compte 50 mètres de bassin, selon la mairie."
REFUGE = "Le refuge du col a rouvert dimanche.\n\nLe refuge du col compte désormais 64 lits, selon le Club alpin."
FERRY = "Les marins des bacs de Valmer ont cessé le travail lundi, selon la préfecture."
HOSTILE_NAME = '"><svg onload=alert(1)>.txt'
HOSTILE = "<img src=x onerror=alert(1)> Le pont de Brissac mesure </div><script>alert(2)</script> 310 mètres de long."
WIDTHS = ((1440, 900), (1024, 768), (390, 844))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom") / "news"
    folder.mkdir()
    (folder / "2021-05-07-piscine.txt").write_text(POOL)
    return folder


@pytest.fixture(scope="module")
def address(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("GRADIO_TEMP_DIR", str(tmp_path_factory.mktemp("gradio")))
        with Assistant.open(corpus) as assistant, serving(assistant) as url:
            yield url


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Reader]:
    reader = open_page(browser, address)
    yield reader
    reader.leave()


@pytest.fixture
def reader(opened: Reader, corpus: Path) -> Reader:
    """A reader at the tab of articles, of which those added before are gone."""
    shutil.rmtree(corpus / "uploads", ignore_errors=True)
    section(opened, "Articles")
    opened.page.locator("#reread").click()
    opened.page.locator("#corpus-told").get_by_text("Dossier relu").wait_for()
    return opened


def section(reader: Reader, name: str) -> None:
    reader.page.keyboard.press("Escape")
    reader.page.get_by_role("tab", name=name).click()


def upload(reader: Reader, *files: tuple[str, str]) -> Locator:
    """Choose files and wait until the last of them is dealt with; the lines about them, the last file first."""
    given = [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files]
    reader.page.locator("#corpus-files input[type=file]").set_input_files(given)
    done = reader.page.locator("#corpus-receipts:not(:has(progress))")
    done.filter(has_text=files[-1][0][:40]).wait_for()
    return done.locator(".receipts > li")


def row(reader: Reader, title: str) -> Locator:
    return reader.page.locator("#corpus-table tbody tr", has_text=title)


def test_an_article_is_added_asked_about_removed_and_gone(reader: Reader, corpus: Path) -> None:
    assert "ajouté" in upload(reader, ("2022-03 refuge.txt", REFUGE)).inner_text()
    added = row(reader, "Le refuge du col")
    assert FRENCH.added_here in added.inner_text()
    assert "mars 2022" in added.inner_text()
    reader.page.locator("#masthead", has_text="2 articles").wait_for()

    section(reader, "Questions")
    assert "64" in reader.ask("Combien de lits compte le refuge du col ?").inner_text()

    section(reader, "Articles")
    added.get_by_role("button", name="Retirer").click()
    asked = reader.page.locator("#corpus .asked")
    assert "uploads/.removed" in asked.inner_text()
    asked.get_by_role("button", name=FRENCH.no).click()
    asked.wait_for(state="detached")
    added.get_by_role("button", name="Retirer").click()
    asked.get_by_role("button", name=FRENCH.yes).click()
    reader.page.locator("#corpus-told").get_by_text("est retiré").wait_for()
    added.wait_for(state="detached")
    assert [file.name for file in (corpus / "uploads/.removed").iterdir()] == ["2022-03-refuge.txt"]

    section(reader, "Questions")
    reader.begin_anew()
    assert "64" not in reader.ask("Combien de lits compte le refuge du col ?").inner_text()


def test_several_files_are_told_one_by_one_and_hostile_ones_stay_text(reader: Reader, corpus: Path) -> None:
    lines = upload(
        reader,
        (HOSTILE_NAME, HOSTILE),
        ("court.txt", "trop court"),
        ("copie.txt", POOL),
        ("bacs.jsonl", json.dumps({"text": FERRY}) + "\nno json\n"),
    )
    assert sorted(lines.nth(number).get_attribute("class") for number in range(4)) == [  # type: ignore[type-var]
        *("added", "added", "known", "refused"),
    ]
    told = reader.page.locator("#corpus-receipts").inner_text()
    assert "svg onload=alert" in told
    assert "laissé de côté (1)" in told
    reader.page.locator("#corpus-table", has_text="<img src=x onerror=alert(1)>").wait_for()
    shown = reader.page.locator("#corpus")
    assert shown.locator("script, iframe, object, table svg, .receipts svg, table img, .receipts img").count() == 0
    assert all(file.suffix in (".txt", ".jsonl") for file in (corpus / "uploads").iterdir())


def test_a_pasted_text_becomes_an_article_that_opens(reader: Reader) -> None:
    page = reader.page
    if not page.get_by_label(FRENCH.text, exact=True).is_visible():
        page.get_by_role("button", name=FRENCH.paste).click()
    page.get_by_label(FRENCH.text, exact=True).fill(FERRY)
    page.get_by_role("button", name=FRENCH.add, exact=True).click()
    line = page.locator("#corpus-receipts li.added")
    line.get_by_role("button").click()
    assert "Les marins des bacs" in reader.article.inner_text()
    assert page.get_by_label(FRENCH.text, exact=True).input_value() == ""


def test_the_table_is_searched_sorted_and_opens_articles(reader: Reader) -> None:
    upload(reader, ("2022-04 refuge.txt", REFUGE))
    rows = reader.page.locator("#corpus-table tbody tr")
    rows.first.filter(has_text="refuge").wait_for()
    date = reader.page.get_by_role("columnheader", name="Date").get_by_role("button")
    date.click()
    reader.page.locator("th[aria-sort=ascending]").wait_for()
    rows.first.filter(has_text="piscine").wait_for()
    assert date.evaluate("button => button === document.activeElement")
    reader.page.get_by_label(FRENCH.search).fill("REFUGE")
    reader.page.locator("#corpus-table").get_by_text("1 sur 2").wait_for()
    rows.first.locator(".open").click()
    assert "64 lits" in reader.article.inner_text()
    reader.page.get_by_label(FRENCH.search).fill("")
    reader.page.locator("#corpus-table").get_by_text("1 sur 2").wait_for(state="detached")


def test_a_text_is_checked_and_a_quote_opens_its_article(opened: Reader) -> None:
    section(opened, "Vérifier")
    opened.page.get_by_label(CHECK.text).fill("La piscine de Valmer compte 50 mètres de bassin. La gare a brûlé mardi.")
    opened.page.locator("#check-go").click()
    found = opened.page.locator("#check .finding")
    found.nth(1).wait_for()
    assert "50 mètres" in found.first.locator("blockquote").first.inner_text()
    assert CHECK.standings["absent"] in found.nth(1).inner_text()
    found.first.get_by_role("button", name=CHECK.open).first.click()
    assert "50 mètres" in opened.article.locator("mark").first.inner_text()


def test_nothing_is_wider_than_the_screen(reader: Reader) -> None:
    upload(reader, (f"{'long' * 40}.txt", f"{'Titre' * 40}\n\n{FERRY}"))
    for name in ("Articles", "Vérifier"):
        section(reader, name)
        for width, height in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": height})
            assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            wider = "[...document.querySelectorAll('#holdings, #adding, #statement, #findings')]"
            assert reader.page.evaluate(f"{wider}.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.id)") == []
    reader.page.set_viewport_size({"width": 1280, "height": 720})


@pytest.mark.parametrize("path", ["http://127.0.0.1:9/x.txt", "https://example.com/a.txt", "/etc/passwd", "../../x"])
def test_a_request_for_a_file_that_was_not_uploaded_is_refused(address: str, corpus: Path, path: str) -> None:
    with httpx.Client(base_url=address, trust_env=False) as client:
        parts = client.get("/config").json()
        files = next(part["id"] for part in parts["components"] if part["props"].get("elem_id") == "corpus-files")
        adding = next(one for one in parts["dependencies"] if files in one["inputs"])
        given = [{"path": path, "meta": {"_type": "gradio.FileData"}}]
        data = [given if component == files else None for component in adding["inputs"]]
        body = {"data": data, "fn_index": adding["id"], "session_hash": "stranger"}
        assert client.post("/gradio_api/queue/join", json=body).status_code == 400


def test_a_file_that_is_too_large_is_refused_on_the_way(address: str) -> None:
    with httpx.Client(base_url=address, trust_env=False) as client:
        files = {"files": ("a.txt", b"a" * 10_000_001)}
        assert client.post("/gradio_api/upload", files=files).status_code == 413
