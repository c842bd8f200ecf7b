"""Takes the pictures of the README in a real browser: `make screenshots` writes docs/images/*.png."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ui_browser import CHROMIUM, FLAGS, Reader, open_page
from ui_stand_in import serving

from rag import Assistant

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).parent.parent
IMAGES = REPOSITORY / "docs" / "images"
QUESTION = "Combien de soldats américains sont en Irak ?"
CLAIMS = (
    "Qassem Soleimani a été tué le 3 janvier. Le contingent américain compte 9 000 soldats. "
    "Le parlement a voté une hausse des impôts."
)


def take(browser: Browser, address: str) -> None:
    """Every picture, by name."""
    wide = {"viewport": {"width": 1440, "height": 900}}
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    _picture(browser, address, "chat", _proof, **wide)
    _picture(browser, address, "declined", _declined, **wide)
    _picture(browser, address, "articles", _articles, **wide)
    _picture(browser, address, "check", _check, **wide)
    _picture(browser, address, "night", _proof, **wide, color_scheme="dark")
    _picture(browser, address, "phone", _answer, **phone)


def _picture(browser: Browser, address: str, name: str, act: Callable[[Reader], None], **context: object) -> None:
    reader = open_page(browser, address, **context)
    act(reader)
    reader.page.mouse.move(0, 0)
    reader.page.wait_for_timeout(400)  # milliseconds, for the last letter to be drawn
    place = IMAGES / f"{name}.png"
    reader.page.screenshot(path=place)
    reader.leave()
    print(f"{place.relative_to(REPOSITORY)}: {place.stat().st_size // 1000} kB")  # noqa: T201


def _answer(reader: Reader) -> None:
    reader.ask(QUESTION)


def _proof(reader: Reader) -> None:
    reader.ask(QUESTION).locator(".claim .mark").first.click()
    reader.article.wait_for()


def _declined(reader: Reader) -> None:
    reader.ask("Quelle est la capitale du Kurdistan irakien ?")
    reader.ask("Avec quels pays l'UE a-t-elle suspendu sa coopération ?")


def _articles(reader: Reader) -> None:
    reader.page.get_by_role("tab", name="Articles").click()
    reader.page.locator("#corpus table").wait_for()


def _check(reader: Reader) -> None:
    reader.page.get_by_role("tab", name="Vérifier").click()
    reader.page.locator("#check textarea").fill(CLAIMS)
    reader.page.locator("#check").get_by_role("button", name="Vérifier").click()
    reader.page.locator("#check blockquote").first.wait_for()


def main() -> int:
    """Serve a copy of the seeds and take the pictures; 2 when there is no browser."""
    if CHROMIUM is None:
        print("no Chromium found: apt-get install chromium", file=sys.stderr)  # noqa: T201
        return 2
    from playwright.sync_api import sync_playwright  # only where there is a browser

    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        corpus = Path(folder, "seeds")
        shutil.copytree(REPOSITORY / "seeds", corpus, ignore=shutil.ignore_patterns(".*"))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        with Assistant.open(corpus) as assistant, serving(assistant) as address:
            take(browser, address)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
