"""Renders the articles of the corpus as a table that can be searched and sorted, and asks before one is removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, get_args

from babel import Locale

from rag.language.folding import fold
from rag.schema import Article, Language, date_in_words
from ui.corpus_texts import CORPUS_TEXTS
from ui.markup import Html, element, escape, shortened
from ui.reader import reading_button
from ui.removals import removal, was_added
from ui.render import notice
from ui.texts import TEXTS
from ui.upload_folder import REMOVED, UPLOADS

ROWS = 50  # shown at first, and added each time more are asked for

Column = Literal["title", "outlet", "published", "language", "passages"]
COLUMNS: tuple[Column, ...] = get_args(Column)


@dataclass(frozen=True, slots=True)
class View:
    """What a session looks at in the table."""

    search: str = ""
    column: Column = "published"
    descending: bool = True
    rows: int = ROWS
    leaving: str | None = None  # the article that is to be removed once that is confirmed
    pressed: str = ""  # what was pressed last: the focus goes back there


@dataclass(frozen=True, slots=True)
class Holdings:
    """What there is to show."""

    articles: tuple[Article, ...]
    passages: Mapping[str, int]  # by article id
    folder: Path | None  # that articles may be added to


def table(holdings: Holdings, view: View, language: Language) -> Html:
    """The articles that the search finds, in the order asked for."""
    words = CORPUS_TEXTS[language]
    found = _sorted([one for one in holdings.articles if _matches(one, view.search, language)], holdings, view)
    if not found:
        return notice(words.no_match.format(text=shortened(view.search, limit=60)), language)
    shown = [row for one in found[: view.rows] for row in _rows(one, holdings, view, language)]
    hidden = len(found) - view.rows
    counted = words.matches.format(count=len(found), total=len(holdings.articles))
    return element(
        "div",
        {"class": "holdings", "lang": language},
        element("p", {"class": "notice", "role": "status"}, escape(counted)) if view.search.strip() else Html(""),
        element("table", {"aria-label": words.heading}, _head(view, language), element("tbody", {}, *shown)),
        _pick(words.more.format(count=min(hidden, ROWS)), "more", view, {"class": "quiet"}) if hidden > 0 else Html(""),
        notice(words.removable, language) if any(not was_added(one) for one in holdings.articles) else Html(""),
    )


def _head(view: View, language: Language) -> Html:
    words = CORPUS_TEXTS[language]
    cells = []
    for column in COLUMNS:
        sorting = ("descending" if view.descending else "ascending") if column == view.column else None
        arrow = {"descending": " ↓", "ascending": " ↑"}.get(sorting or "", "")
        told = {"descending": words.sorted_down, "ascending": words.sorted_up}.get(sorting or "", "")
        label = (
            element("span", {"aria-hidden": "true"}, escape(arrow)),
            element("span", {"class": "unseen"}, escape(told)),
        )
        button = _pick(words.columns[column], f"sort:{column}", view, {"class": "quiet"}, *label)
        cells.append(element("th", {"scope": "col", "class": column, "aria-sort": sorting}, button))
    cells.append(
        element("th", {"scope": "col", "class": "leave"}, element("span", {"class": "unseen"}, escape(words.leave)))
    )
    return element("thead", {}, element("tr", {}, *cells))


def _rows(article: Article, holdings: Holdings, view: View, language: Language) -> tuple[Html, ...]:
    words, told = CORPUS_TEXTS[language], TEXTS[language]
    title = shortened(article.title, limit=120)
    ours = was_added(article)
    file = element("span", {"class": "file"}, escape(shortened(article.path or article.id, limit=80)))
    mine = element("span", {"class": "added"}, escape(words.added_here)) if ours else Html("")
    known = told.date_known.get(article.published_from or "") if article.published else None
    date = date_in_words(article.published, language) if article.published else told.undated
    leave = _pick(
        words.leave,
        f"leave:{article.id}",
        view,
        {"class": "quiet", "aria-label": words.leave_named.format(title=title)},
    )
    cells = {
        "title": Html(reading_button(title, article.id) + element("span", {"class": "under"}, file, escape(" "), mine)),
        "outlet": escape(shortened(article.outlet, limit=60) if article.outlet else ""),
        "published": Html(escape(date) + element("span", {"class": "under"}, escape(known or ""))),
        "language": escape(_language_name(article.language, language)),
        "passages": escape(str(holdings.passages.get(article.id, 0))),
        "leave": leave if ours and holdings.folder else Html(""),
    }
    # Where the table is narrow, its lines read as sentences, and the number needs its word.
    labels = {"passages": words.one_passage if holdings.passages.get(article.id) == 1 else words.many_passages}
    row = [element("td", {"class": name, "data-label": labels.get(name)}, cell) for name, cell in cells.items()]
    leaving = view.leaving == article.id
    drawn = element("tr", {"class": "leaving" if leaving else None}, *row)
    return (drawn, _question(article, holdings, view, language)) if leaving else (drawn,)


def _question(article: Article, holdings: Holdings, view: View, language: Language) -> Html:
    """What removing would do, and the two buttons."""
    words = CORPUS_TEXTS[language]
    planned = removal(holdings.folder, article, holdings.articles)
    file = shortened(planned.file, limit=100)
    keep = _pick(words.no, "keep", view, {"class": "quiet", "data-focus": "true"})
    if planned.fate in words.confirm:
        told = words.confirm[planned.fate].format(file=file, place=f"{UPLOADS}/{REMOVED}")
        go = _pick(words.yes, f"go:{article.id}", view, {"class": "firm"})
    else:
        told = words.refused[planned.fate].format(
            title=shortened(article.title, limit=80), file=file, detail=planned.detail
        )
        go = Html("")
    asked = element("div", {"class": "asked", "role": "group"}, element("p", {}, escape(told)), go, keep)
    return element("tr", {"class": "confirm"}, element("td", {"colspan": str(len(COLUMNS) + 1)}, asked))


def _pick(label: str, pick: str, view: View, attributes: Mapping[str, str | None], *inside: Html) -> Html:
    """A button that tells the table what was pressed; the focus comes back to it when the table is drawn again."""
    focus = {"data-focus": "true"} if pick == view.pressed else {}
    return element("button", {"type": "button", "data-pick": pick, **focus, **attributes}, escape(label), *inside)


def _matches(article: Article, search: str, language: Language) -> bool:
    """Whether every word of the search is in what the table shows of an article."""
    date = date_in_words(article.published, language) if article.published else ""
    shown = fold(
        " ".join((article.title, article.outlet or "", date, str(article.published or ""), article.path or ""))
    )
    return all(word in shown for word in fold(search[:200]).split())


def _sorted(articles: Sequence[Article], holdings: Holdings, view: View) -> list[Article]:
    """Articles that lack what is sorted by stand last either way; equal ones go by title."""
    by_title = sorted(articles, key=lambda one: (fold(one.title), one.id))
    keyed = [(_key(one, holdings, view.column), one) for one in by_title]
    known = sorted(((key, one) for key, one in keyed if key is not None), key=itemgetter(0), reverse=view.descending)
    return [one for _, one in known] + [one for key, one in keyed if key is None]


def _key(article: Article, holdings: Holdings, column: Column) -> Any:
    """What an article is sorted by; None where it has nothing of the kind."""
    if column == "title":
        return fold(article.title)
    if column == "outlet":
        return fold(article.outlet) if article.outlet else None
    if column == "passages":
        return holdings.passages.get(article.id, 0)
    return article.published if column == "published" else article.language


@lru_cache(maxsize=200)
def _language_name(code: str | None, language: Language) -> str:
    if not code:
        return ""
    return str(Locale(language).languages.get(code, code))
