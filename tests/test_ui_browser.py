"""The chat in a real browser: ask, see the answer, click a mark, see the sentence; hostile text stays text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from ui_browser import Reader, open_page
from ui_stand_in import StandIn, serving

from ui.newsroom import Newsroom
from ui.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from playwright.sync_api import Browser

QUESTION = "Combien de rames compte le dépôt de tramways de Valmont ?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> StandIn:
    assistant = StandIn()
    assistant.place = tmp_path_factory.mktemp("newsroom") / "articles.jsonl"
    return assistant


@pytest.fixture(scope="module")
def address(assistant: StandIn) -> Iterator[str]:
    with serving(assistant) as url:
        yield url


@pytest.fixture(scope="module")
def french(browser: Browser, address: str) -> Iterator[Reader]:
    """One page for most tests: a page takes a second to load."""
    opened = open_page(browser, address)
    yield opened
    opened.leave()


@pytest.fixture
def reader(french: Reader) -> Iterator[Reader]:
    """A French reader without a conversation; afterwards the console must be clean and no other host called."""
    french.begin_anew()
    yield french
    french.must_be_content()


def test_ask_click_a_mark_and_read_the_sentence_in_its_article(reader: Reader) -> None:
    turn = reader.ask(QUESTION)
    assert turn.locator(".short").inner_text() == "42 rames"
    assert reader.question.input_value() == ""
    turn.locator(".mark").nth(1).click()
    sentence = reader.article.locator("mark.current")
    sentence.wait_for()
    assert sentence.inner_text() == "Il compte désormais 42 rames neuves."
    assert reader.article.locator("mark").count() == 2  # the other sentence quoted of it is marked too
    assert reader.page.locator("#source-1-2.active").count() == 1
    reader.article.get_by_text(FRENCH.removed.format(count=2)).click()
    assert reader.article.get_by_text("Lire aussi : <b>la météo</b>").is_visible()


def test_pointing_at_a_mark_shows_its_card(reader: Reader) -> None:
    turn = reader.ask(QUESTION)
    turn.locator(".mark").nth(1).hover()
    assert reader.page.locator("#source-1-2.active").is_visible()
    assert not reader.article.is_visible()


def test_the_keyboard_reaches_the_proof_and_comes_back(reader: Reader) -> None:
    reader.ask(QUESTION)
    first, second = (reader.page.locator("#turn-1 .mark").nth(index) for index in (0, 1))
    first.focus()
    reader.page.keyboard.press("ArrowRight")
    assert second.evaluate("mark => mark === document.activeElement")
    reader.page.keyboard.press("Enter")
    reader.article.get_by_text(FRENCH.reading.format(number=2, count=2)).wait_for()
    reader.page.keyboard.press("ArrowLeft")
    reader.article.get_by_text(FRENCH.reading.format(number=1, count=2)).wait_for()
    reader.page.keyboard.press("Escape")
    reader.article.wait_for(state="detached")
    assert second.evaluate("mark => mark === document.activeElement")
    reader.page.keyboard.press("/")
    assert reader.question.evaluate("box => box === document.activeElement")
    assert reader.question.input_value() == ""


def test_after_a_reload_old_citations_still_open(reader: Reader) -> None:
    reader.ask(QUESTION)
    reader.ask("Et les conducteurs de tramways de Valmont ?")
    reader.reload()
    assert reader.page.locator(".turn").count() == 2
    reader.page.locator("#turn-1 .mark").nth(1).click()
    assert reader.article.locator("mark.current").inner_text() == "Il compte désormais 42 rames neuves."
    reader.page.keyboard.press("Escape")
    assert "12 embauches" not in reader.ask(QUESTION).inner_text()
    assert reader.page.locator(".turn").count() == 3


def test_a_new_conversation_and_an_example_begin_afresh(reader: Reader, assistant: StandIn) -> None:
    reader.ask(QUESTION)
    reader.page.get_by_role("button", name=FRENCH.new).click()
    example = reader.page.locator("#examples button").first
    example.wait_for()
    assert reader.page.locator(".turn").count() == 0
    title = example.inner_text()
    example.click()
    assert title in reader.answer(0).inner_text()
    assert not example.is_visible()
    assert assistant.asked[-1][1] == ()


def test_an_opinion_is_kept_and_the_conversation_saved(reader: Reader, assistant: StandIn) -> None:
    turn = reader.ask(QUESTION)
    turn.get_by_role("button", name=FRENCH.dislike).click()
    turn.get_by_label(FRENCH.why).fill("trop court")
    reader.page.keyboard.press("Enter")
    turn.get_by_text(FRENCH.thanks).wait_for()
    kept = Newsroom(assistant).feedback
    assert kept is not None
    assert "trop court" in kept.read_text(encoding="utf-8")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Markdown").click()
    assert download.value.suggested_filename == "depeche.md"
    assert "42 rames" in download.value.path().read_text(encoding="utf-8")


def test_a_declined_question_offers_the_nearest_passages(reader: Reader) -> None:
    turn = reader.ask("Quelle est la hauteur des tramways ?")
    assert "ne répondent pas" in turn.inner_text()
    turn.locator(".offer").click()
    nearest = reader.page.locator("#nearest-1")
    assert nearest.get_by_text(FRENCH.nearest_hint).is_visible()
    nearest.get_by_role("button", name=FRENCH.read).first.click()
    assert reader.article.locator("mark.current").inner_text() == "Le dépôt de tramways de Valmont a rouvert mardi."


def test_a_follow_up_shows_what_was_asked_and_can_be_corrected(reader: Reader) -> None:
    turn = reader.ask("Et le dépôt de tramways, suite ?")
    assert FRENCH.standalone in turn.inner_text()
    turn.get_by_role("button", name=FRENCH.correct).click()
    assert reader.question.input_value() == QUESTION
    assert reader.question.evaluate("box => box === document.activeElement")


def test_sources_that_differ_stand_on_a_strip_that_leads_to_them(reader: Reader) -> None:
    turn = reader.ask("désaccord")
    turn.locator(".strip .rank").nth(1).click()
    assert reader.article.locator("mark.current .bare").inner_text() == "12 embauches"
    assert not turn.get_by_text("90 rames").is_visible()
    turn.locator(".dropped summary").click()
    assert turn.locator("s", has_text="90 rames").is_visible()


def test_hostile_articles_are_shown_as_text(reader: Reader) -> None:
    turn = reader.ask("mètres mesure pont Brissac ?")
    assert "<script>alert(4)</script>" in turn.inner_text()
    assert "<img src=x onerror=alert(1)>" in reader.page.locator("#latest").inner_text()
    turn.locator(".mark").first.click()
    assert "</div><script>" in reader.article.locator("mark.current").inner_text()
    ours = reader.page.locator(".turn, .sources, .reading")
    assert ours.locator("script, iframe, object, form, img, svg").count() == 0
    assert ours.locator("a[href^='javascript']").count() == 0


def test_an_error_is_calm_and_the_next_question_is_answered(reader: Reader) -> None:
    assert FRENCH.failed in reader.ask("panne").inner_text()
    assert "42 rames" in reader.ask(QUESTION).inner_text()


def test_a_search_that_takes_long_can_be_stopped(reader: Reader, assistant: StandIn) -> None:
    reader.question.fill("attente sans fin")
    reader.question.press("Enter")
    stop = reader.page.get_by_role("button", name=FRENCH.stop)
    stop.click()
    assert FRENCH.stopped in reader.answer(0).inner_text()
    assistant.released.set()
    stop.wait_for(state="hidden")
    assert "42 rames" in reader.ask(QUESTION).inner_text()


def test_a_question_sent_while_another_is_answered_comes_next(reader: Reader, assistant: StandIn) -> None:
    assistant.released.clear()
    reader.question.fill("attente : combien de rames compte le dépôt de tramways ?")
    reader.question.press("Enter")
    reader.page.locator("#turn-1[aria-busy=true]").wait_for()
    reader.question.fill("Et les conducteurs de tramways de Valmont ?")
    reader.question.press("Enter")
    assistant.released.set()
    assert "Et les conducteurs" in reader.answer(1).inner_text()
    assert "42 rames" in reader.answer(0).inner_text()


def test_limits_are_passed_on_and_told_and_a_wrong_date_is_named(reader: Reader, assistant: StandIn) -> None:
    fold = reader.page.get_by_text(FRENCH.controls)
    fold.click()
    until = reader.page.get_by_label(FRENCH.until)
    until.fill("2020-02")
    assert "jusqu’à février 2020" in reader.ask(QUESTION).inner_text()
    assert assistant.limits["until"] == "2020-02"
    until.fill("hier")
    assert FRENCH.bad_date.format(text="hier") in reader.ask(QUESTION).inner_text()
    until.fill("")
    fold.click()


def test_the_page_speaks_the_browsers_language_until_the_reader_switches_it(browser: Browser, address: str) -> None:
    reader = open_page(browser, address, locale="en-GB")
    assert reader.page.get_by_label(ENGLISH.ask_label).is_visible()
    assert reader.page.get_by_role("tab", name=ENGLISH.tab_chat).is_visible()
    assert reader.page.evaluate("document.documentElement.lang") == "en"
    reader.ask(QUESTION)
    reader.page.get_by_text(ENGLISH.controls).click()
    reader.page.get_by_label("Français").click()
    reader.page.get_by_role("button", name=FRENCH.send, exact=True).wait_for()
    reader.ready()
    assert reader.page.locator("#turn-1").get_by_role("button", name=FRENCH.copy).is_visible()
    reader.reload()
    assert reader.page.get_by_role("button", name=FRENCH.send, exact=True).is_visible()
    assert reader.page.evaluate("document.documentElement.lang") == "fr"
    reader.leave()


def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_article_fills_it(browser: Browser, address: str) -> None:
    reader = open_page(browser, address, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    reader.ask(QUESTION)
    turn = reader.ask(QUESTION + " " + "w" * 900)
    above, below = (reader.page.locator(part).bounding_box() for part in ("#talk", "#proof"))
    assert above["y"] + above["height"] <= below["y"] + 1
    wider = "[...document.querySelectorAll('#desk *')].filter(e => e.scrollWidth > innerWidth).length"
    assert reader.page.evaluate(wider) == 0
    turn.locator(".mark").first.tap()
    reader.article.locator("mark.current").wait_for()
    assert reader.article.bounding_box()["width"] == 390
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reader.page.get_by_label(FRENCH.close).tap()
    reader.article.wait_for(state="detached")
    for width, height in ((1024, 768), (1440, 900)):
        reader.page.set_viewport_size({"width": width, "height": height})
        assert reader.page.evaluate(wider) == 0
    reader.leave()


def test_leaving_the_page_ends_the_work(browser: Browser, address: str, assistant: StandIn) -> None:
    assistant.released.clear()
    left = open_page(browser, address)
    left.question.fill("attente jusqu'à la fin")
    left.question.press("Enter")
    left.page.locator("#turn-1[aria-busy=true]").wait_for()
    left.leave()
    assistant.released.set()
    assert assistant.closed.wait(10)
