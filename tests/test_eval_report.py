"""The report of a run: it counts right, shows the proof, loads nothing, and hostile text stays text in every format."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

import lxml.html
import pytest
from eval_small_run import FORMULA, GUARD, HOSTILE, PASSAGE, write_run
from hypothesis import given, settings
from hypothesis import strategies as st

import eval.reporting
from eval.report import write_report
from eval.reporting.cards import SIGNS
from eval.reporting.labels import Labels
from eval.reporting.marking import pieces
from eval.runs import write_json, write_lines
from eval.summary import HEADLINE
from rag.errors import UsageError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOM = Path(eval.reporting.__file__).parent
FILES = {"html": "report.html", "md": "report.md", "junit": "junit.xml", "csv": "report.csv"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small run with its report in all formats, against an earlier run in which one question went otherwise."""
    folder = tmp_path_factory.mktemp("runs")
    earlier = write_run(folder, "avant", outcome="wrong", ndcg=0.25)
    written = write_run(folder, "petit")
    assert [path.name for path in write_report(written, tuple(FILES), earlier)] == list(FILES.values())
    return written


@pytest.fixture(scope="module")
def html(run: Path) -> str:
    return (run / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(html: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html)


def words(page: lxml.html.HtmlElement, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


def test_every_question_has_its_card_with_its_outcome(page: lxml.html.HtmlElement) -> None:
    outcomes = page.xpath("//details[@class='card']/@data-outcome")
    assert outcomes == ["right", "wrong", "invented", "declined", "error"]


def test_the_bar_counts_the_outcomes(page: lxml.html.HtmlElement) -> None:
    counted = words(page, "//ul[@class='key']/li")
    assert counted == ["✓ 1 juste", "✗ 1 fausse", "‼ 1 inventée", "○ 1 déclinée à tort", "! 1 en échec"]
    assert sum(float(width) for width in page.xpath("//svg[@class='bar']/rect/@width")) == pytest.approx(98.5)


def test_what_is_confidently_wrong_comes_first_among_the_worst(page: lxml.html.HtmlElement) -> None:
    links = page.xpath("//ol[@class='worst']/li/a/@href")
    assert links == ["#q5", "#q3", "#q2", "#q4"]  # failed, wrong with 0.8, wrong with 0.7, declined


def test_the_headline_gives_each_figure_with_its_interval(page: lxml.html.HtmlElement) -> None:
    rows = words(page, "//section[@id='figures']/div[@class='scroll']//tbody/tr")
    right = next(row for row in rows if row.startswith("Réponses justes"))
    assert re.search(r"25 % \d+–\d+ % 4$", right)  # one of four; the failed one is not scored


def test_what_could_not_be_scored_is_a_dash_and_not_zero(page: lxml.html.HtmlElement) -> None:
    dates = page.xpath("//details[@id='q1']//dl[@class='scores']/div[dt='Dates justes']/dd/text()")
    assert dates == ["—"]


def test_gold_words_that_are_cited_are_marked_as_both(page: lxml.html.HtmlElement) -> None:
    marked = page.xpath("//details[@id='q1']//p[@class='passage']/mark[@class='both']")
    assert [mark.text_content() for mark in marked] == ["Le phare compte 42 marches."]
    assert words(page, "//details[@id='q1']//blockquote/mark[@class='cited']") == ["42"]


def test_a_passage_is_shown_whole(page: lxml.html.HtmlElement) -> None:
    (shown,) = page.xpath("//details[@id='q1']//p[@class='passage']")
    assert shown.text_content() == PASSAGE.replace("\u202e", "")


def test_the_check_that_an_unsupported_sentence_failed_is_named(page: lxml.html.HtmlElement) -> None:
    (told,) = words(page, "//details[@id='q2']//div[@class='sentence unsupported']/p[@class='meaning']")
    assert GUARD in told
    assert "non étayée" in told


def test_two_runs_are_told_apart_question_by_question(page: lxml.html.HtmlElement) -> None:
    (row,) = page.xpath("//table[contains(@class,'turns')]/tbody/tr[not(@class)]")
    assert row.xpath("td/@data-value")[:2] == ["wrong", "right"]
    assert row.xpath(".//a/@href") == ["#q1"]
    assert "+0,750" in row.text_content()


def test_the_configuration_is_told_with_hashes_and_seed(page: lxml.html.HtmlElement) -> None:
    (configuration,) = words(page, "//section[@id='configuration']")
    for value in ("ab" * 32, "cd" * 32, "ef" * 32, "Graine0", "python3.11", "300 MB"):
        assert value in configuration


def test_all_three_plots_are_drawn_in_the_colours_of_the_page(page: lxml.html.HtmlElement) -> None:
    plots = page.xpath("//figure/svg")
    assert [plot.get("aria-label") for plot in plots] == [
        "Risque selon la couverture",
        "Fiabilité de la confiance",
        "Temps de réponse",
    ]
    for plot in plots:
        drawn = lxml.html.tostring(plot, encoding="unicode")
        assert "var(--accent)" in drawn
        assert not re.search("#0[1-5]0[1-5]0[1-5]", drawn)


def test_hostile_text_stays_text_in_the_page(page: lxml.html.HtmlElement, html: str) -> None:
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    assert not page.xpath("//img | //iframe | //object | //embed | //base | //link")
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert "7 * 7" in html
    assert "{{ 49" not in html
    assert "\u202e" not in html
    assert "javascript:" not in html


def test_the_page_loads_nothing_and_sends_nobody_anywhere(page: lxml.html.HtmlElement, html: str) -> None:
    links = page.xpath("//@href | //@src | //@action | //@srcset | //@data | //@poster")
    assert {link[:1] for link in links} == {"#"}
    assert all(found.startswith("url(#") for found in re.findall(r"url\([^)]{0,40}", html))
    assert "@import" not in html
    assert set(re.findall(r"https?://[\w.]+", html)) == {"https://evil.example"}  # the text of a hostile article


def test_the_policy_lets_only_the_style_and_the_script_of_the_page_take_effect(page: lxml.html.HtmlElement) -> None:
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for name in ("style", "script"):
        (text,) = page.xpath(f"//{name}/text()")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not page.xpath("//@style")


def test_the_same_run_gives_the_same_page(run: Path, html: str) -> None:
    write_report(run, ["html"], run.parent / "avant")
    assert (run / "report.html").read_text(encoding="utf-8") == html


def test_the_page_speaks_english_when_asked_and_says_when_there_is_nothing_to_plot(tmp_path: Path) -> None:
    run = write_run(tmp_path)
    metrics = json.loads((run / "metrics.json").read_text(encoding="utf-8"))
    write_json(run / "metrics.json", metrics | {"risk_coverage": [], "reliability": []})
    write_lines(run / "timings.jsonl", [])
    (path,) = write_report(run, ["html"], language="en")
    page = lxml.html.document_fromstring(path.read_text(encoding="utf-8"))
    assert page.get("lang") == "en"
    assert words(page, "//h2")[:3] == ["Headline figures", "By type and language", "Confidence and time"]
    assert words(page, "//p[@class='big']") == ["25%"]
    assert words(page, "//figure/p[1]") == ["Nothing to plot: no value."] * 3


def test_junit_can_be_read_and_counts_what_failed(run: Path) -> None:
    root = Xml.parse(run / "junit.xml").getroot()
    counts = {name: root.get(name) for name in ("tests", "failures", "errors")}
    assert counts == {"tests": "5", "failures": "3", "errors": "1"}
    assert [suite.get("name") for suite in root] == ["absent", "fact", "number"]
    cases = root.findall(".//testcase")
    assert len(cases) == 5
    assert [case.get("classname", "").rpartition(".")[2] for case in cases] == [
        "absent",
        "fact",
        "number",
        "number",
        "number",
    ]
    assert any("p-1 Combien de marches" in (case.get("name") or "") for case in cases)


def test_csv_has_a_line_for_each_question_and_no_formula(run: Path) -> None:
    with (run / "report.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["outcome"] for row in rows] == ["right", "wrong", "invented", "declined", "error"]
    assert [row["ndcg@10"] for row in rows] == ["1.0", "0.5", "", "", ""]
    assert rows[2]["question"] == f"'{FORMULA}"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@"))]


def test_markdown_holds_the_figures_and_no_markup_of_others(run: Path) -> None:
    text = (run / "report.md").read_text(encoding="utf-8")
    assert "| Réponses justes | 25 % |" in text.replace("\u202f", " ")
    assert "avant → petit" in text
    assert "- `p-1`: fausse → juste" in text
    outside_code = re.sub(r"`[^`\n]*`", "", text)
    assert "<script" not in outside_code
    assert not re.search(r"(?<!\\)\]\(", outside_code)
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} <= {6, 8, 3 + len(HEADLINE)}


@pytest.mark.parametrize("formats", [["pdf"], ["html", "doc"], [], [" "]], ids=repr)
def test_an_unknown_format_is_refused(run: Path, formats: list[str]) -> None:
    with pytest.raises(UsageError, match="use one or more of html,md,junit,csv"):
        write_report(run, formats)


def test_a_run_that_is_not_scored_is_refused(tmp_path: Path) -> None:
    run = write_run(tmp_path)
    (run / "metrics.json").unlink()
    with pytest.raises(UsageError, match="not scored; do so with `depeche eval score petit`"):
        write_report(run, ["md"])


def test_without_the_plots_the_page_is_refused_in_a_plain_line_and_the_rest_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = write_run(tmp_path)
    for name in ("eval.reporting.page", "eval.reporting.figures"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        UsageError, match=r"needs the package 'matplotlib'; install it with `pip install 'depeche\[report\]'`"
    ):
        write_report(run, ["html"])
    assert len(write_report(run, ["md", "junit", "csv"])) == 3


@settings(max_examples=50)
@given(
    st.text(min_size=1, max_size=40),
    st.integers(0, 50),
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted).map(tuple), max_size=4),
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted).map(tuple), max_size=4),
)
def test_pieces_are_the_passage_and_each_character_is_marked_as_its_spans_say(
    text: str, start: int, gold: list[tuple[int, int]], cited: list[tuple[int, int]]
) -> None:
    cut = pieces(text, start, gold, cited)
    assert "".join(piece.text for piece in cut) == text
    marks = [(piece.gold, piece.cited) for piece in cut for _ in piece.text]
    for place, (golden, quoted) in enumerate(marks, start=start):
        assert golden == any(a <= place < b for a, b in gold)
        assert quoted == any(a <= place < b for a, b in cited)


def test_every_word_of_the_page_is_there_in_both_languages() -> None:
    content = json.loads((ROOM / "labels.json").read_text(encoding="utf-8"))
    assert all(set(word) == {"fr", "en"} and all(word.values()) for word in content["words"].values())
    assert all(all(metric["fr"]) and all(metric["en"]) for metric in content["metrics"].values())
    named = set(re.findall(r"""\bt\("([a-z_0-9]+)"\)""", (ROOM / "page.html.jinja").read_text(encoding="utf-8")))
    assert named - set(content["words"]) == set()
    assert {f"outcome_{name}" for name in SIGNS} <= set(content["words"])
    assert set(HEADLINE) <= set(content["metrics"])


@pytest.mark.parametrize(
    ("language", "name", "value", "written"),
    [
        pytest.param("fr", "right", 0.454, "45\u202f%", id="share"),
        pytest.param("en", "right", 0.454, "45%", id="share-in-english"),
        pytest.param("fr", "ndcg@10", 0.6149, "0,61", id="score"),
        pytest.param("en", "words", 37.25, "37.2", id="number"),
        pytest.param("fr", "right", None, "—", id="nothing"),
        pytest.param("en", "a new metric", 0.5, "0.50", id="not-described-yet"),
    ],
)
def test_figures_are_written_as_the_language_does(language: str, name: str, value: float | None, written: str) -> None:
    assert Labels(language).value(name, value) == written


def test_remarks_are_told_in_french_without_touching_what_an_author_wrote() -> None:
    note = "side 2 (préfecture) is not cited"
    assert Labels("fr").note(note) == "version 2 (préfecture)\u00a0: n'est pas citée"
    assert Labels("en").note(note) == note
    assert Labels("fr").note(HOSTILE) == HOSTILE


def test_in_a_browser_a_link_opens_its_question_and_tables_are_filtered_and_sorted(run: Path, browser: Browser) -> None:
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if not request.url.startswith("file:") else None)
    page.goto((run / "report.html").as_uri())
    page.click("ol.worst a >> nth=1")
    page.wait_for_selector("details#q3[open]")
    page.select_option("#by-outcome", "right")
    assert page.locator("details.card:visible").count() == 1
    page.select_option("#by-outcome", "")
    page.fill("#by-text", "MARCHES phare")
    assert page.locator("details.card:visible").count() == 1
    page.click("table.sortable th >> nth=3 >> button")
    assert page.locator("table.sortable th >> nth=3").get_attribute("aria-sort") == "descending"
    assert told == []
    page.close()
