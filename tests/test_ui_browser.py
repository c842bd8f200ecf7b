"""The chat in a real browser: ask, see the answer, click a mark, see the sentence; hostile text stays text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from ui_stand_in import StandIn, serving

from ui.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found: apt-get install chromium")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
QUESTION = "Combien de rames compte le dépôt de tramways de Valmont ?"


@pytest.fixture(scope="module")
def assistant() -> StandIn:
    return StandIn()


@pytest.fixture(scope="module")
def address(assistant: StandIn) -> Iterator[str]:
    with serving(assistant) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Reader:
    """Someone at the page, who notes what the console says and whom the page calls."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)

    @property
    def question(self) -> Locator:
        return self.page.locator("#question textarea")

    def ask(self, question: str) -> Locator:
        """Type a question, press Enter, wait for the complete answer."""
        number = self.page.locator(".turn").count()
        self.question.fill(question)
        self.question.press("Enter")
        return self.answer(number)

    def answer(self, number: int) -> Locator:
        turn = self.page.locator(".turn").nth(number)
        turn.and_(self.page.locator("[aria-busy=false]")).wait_for()
        return turn


def open_page(browser: Browser, address: str, **context: object) -> Reader:
    page = browser.new_context(**{"locale": "fr-FR", "reduced_motion": "reduce", **context}).new_page()
    page.set_default_timeout(15_000)
    reader = Reader(page)
    page.on("console", lambda message: reader.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: reader.complaints.append(str(error)))
    page.on("dialog", lambda dialog: reader.complaints.append(f"dialog {dialog.message}"))
    page.on("request", lambda request: reader.called.append(request.url))
    page.goto(address)
    reader.question.wait_for()
    page.locator("#latest .notice").wait_for()
    return reader


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """A French reader; when done, the console must be clean and no other host called."""
    opened = open_page(browser, address)
    yield opened
    opened.page.context.close()
    assert opened.complaints == []
    assert [url for url in opened.called if not url.startswith((address, "data:"))] == []


def test_ask_see_the_answer_click_a_mark_and_see_the_sentence(reader: Reader) -> None:
    turn = reader.ask(QUESTION)
    assert turn.locator(".short").inner_text() == "42 rames"
    assert reader.question.input_value() == ""
    turn.locator(".mark").nth(1).click()
    card = reader.page.locator("#source-1-2")
    sentence = card.locator(".text mark")
    assert sentence.is_visible()
    assert sentence.inner_text() == "Il compte désormais 42 rames neuves."
    assert card.evaluate("card => card === document.activeElement && card.classList.contains('active')")


def test_a_mark_works_by_keyboard_and_leads_back(reader: Reader) -> None:
    reader.ask(QUESTION)
    reader.page.locator(".mark").first.focus()
    reader.page.keyboard.press("Enter")
    card = reader.page.locator("#source-1-1")
    assert card.locator(".text mark").is_visible()
    card.locator(".back").press("Enter")
    assert reader.page.locator("#turn-1").evaluate("turn => turn === document.activeElement")


def test_marks_of_earlier_answers_still_lead_to_their_sentence(reader: Reader) -> None:
    reader.ask(QUESTION)
    reader.ask("Et les conducteurs de tramways de Valmont ?")
    reader.page.locator("#turn-1 .mark").first.click()
    assert reader.page.locator("#source-1-1 .text mark").is_visible()


def test_a_declined_question_offers_the_nearest_passages(reader: Reader) -> None:
    turn = reader.ask("Quelle est la hauteur des tramways ?")
    assert "ne répondent pas" in turn.inner_text()
    turn.locator(".offer").click()
    assert reader.page.locator("#nearest-1").get_by_text(FRENCH.nearest_hint).is_visible()


def test_hostile_articles_are_shown_as_text(reader: Reader) -> None:
    turn = reader.ask("mètres mesure pont Brissac ?")
    assert "<script>alert(4)</script>" in turn.inner_text()
    assert "<img src=x onerror=alert(1)>" in reader.page.locator("#latest").inner_text()
    turn.locator(".mark").first.click()
    assert "</div><script>" in reader.page.locator("#latest .text mark").inner_text()
    desk = reader.page.locator("#desk")
    assert desk.locator("script, iframe, object, form, .sources img, .sources svg, .turn img, .turn svg").count() == 0
    assert desk.locator("a[href^='javascript']").count() == 0


def test_an_error_is_calm_and_the_next_question_is_answered(reader: Reader) -> None:
    assert FRENCH.failed.split(";")[0].strip() in reader.ask("panne").inner_text()
    assert "42 rames" in reader.ask(QUESTION).inner_text()


def test_a_search_that_takes_long_can_be_stopped(reader: Reader, assistant: StandIn) -> None:
    reader.question.fill("attente sans fin")
    reader.question.press("Enter")
    stop = reader.page.get_by_role("button", name=FRENCH.stop)
    stop.click()
    assert FRENCH.stopped.split(".")[0] in reader.answer(0).inner_text()
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


def test_an_example_asks_itself(reader: Reader) -> None:
    example = reader.page.locator("#examples button").first
    title = example.inner_text()
    example.click()
    assert title in reader.answer(0).inner_text()
    assert not example.is_visible()


def test_the_interface_is_english_for_an_english_reader(browser: Browser, address: str) -> None:
    reader = open_page(browser, address, locale="en-GB")
    reader.page.get_by_role("button", name=ENGLISH.send).wait_for()
    assert reader.page.get_by_label(ENGLISH.ask_label).is_visible()
    reader.ask(QUESTION)
    assert ENGLISH.back in reader.page.locator("#source-1-1").inner_text()
    assert reader.page.evaluate("document.documentElement.lang") == "en"
    reader.page.context.close()


def test_nothing_is_wider_than_the_screen(reader: Reader) -> None:
    reader.ask("Combien de rames compte le dépôt de tramways de Valmont ? " + "w" * 900)
    reader.page.locator(".mark").first.click()
    wider = "[...document.querySelectorAll('#desk *')].filter(e => e.scrollWidth > innerWidth).length"
    for width, height in ((1440, 900), (1024, 768), (390, 844)):
        reader.page.set_viewport_size({"width": width, "height": height})
        assert reader.page.evaluate(wider) == 0
        assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
