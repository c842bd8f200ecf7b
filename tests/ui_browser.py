"""A real browser for the tests of the page, and a reader who notes every complaint of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]

# What is said of a request that its page has left behind, by the browser and by Gradio.
CUT = ("AbortError", "network error", "Failed to fetch", "Connection errored out")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, started once for a file of tests, which are skipped where there is none.

    Not once for all: while it is open, Playwright holds the event loop of this thread, and no other may run.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    if CHROMIUM is None:
        pytest.skip("no Chromium found: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Reader:
    """Someone at the page, who notes what the console says and whom the page calls."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    going: bool = False

    def complain(self, of: str) -> None:
        # Gradio's page complains of its own streams being cut when it is left.
        if not (self.going and any(sign in of for sign in CUT)):
            self.complaints.append(of)

    @property
    def question(self) -> Locator:
        return self.page.locator("#question textarea")

    @property
    def article(self) -> Locator:
        """The article that is open to be read."""
        return self.page.locator("#reader[data-open] .reading")

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

    def begin_anew(self) -> None:
        """Leave whatever was open and asked before."""
        self.page.keyboard.press("Escape")
        new = self.page.locator("#tools [data-act=new]")
        if new.is_visible():
            new.click()
            new.wait_for(state="hidden")
        self.question.fill("")

    def reload(self) -> None:
        self.going = True
        self.page.reload()
        self.ready()
        self.going = False

    def ready(self) -> None:
        """Wait until the page speaks the reader's language and has its examples, the last things that it learns."""
        self.page.locator("html[data-settled=yes]").wait_for()

    def leave(self) -> None:
        """Close the page, after which there must have been nothing to complain of."""
        self.going = True
        self.page.context.close()
        self.must_be_content()

    def must_be_content(self) -> None:
        """Nothing on the console, and nobody called but the server of the page."""
        complaints, self.complaints = self.complaints, []  # one test answers for a complaint, not all that follow
        assert complaints == [], complaints
        assert [url for url in self.called if not url.startswith((self.address, "data:"))] == []


def open_page(browser: Browser, address: str, **context: object) -> Reader:
    """A reader at the page, French unless told otherwise."""
    page = browser.new_context(**{"locale": "fr-FR", "reduced_motion": "reduce", **context}).new_page()
    page.set_default_timeout(15_000)
    reader = Reader(page, address)
    page.on("console", lambda message: reader.complain(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: reader.complain(str(error)))
    page.on("dialog", lambda dialog: reader.complain(f"dialog {dialog.message}"))
    page.on("request", lambda request: reader.called.append(request.url))
    page.goto(address)
    reader.ready()
    return reader
