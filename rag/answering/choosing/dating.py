"""Says how well an article of a day can tell of the time asked about, and asks it without naming that time."""

from __future__ import annotations

import datetime
import re

from rag.answering.asking.question import Asked
from rag.language.dates import DateMention
from rag.language.folding import fold_in_place
from rag.schema import Article, PartialDate

FRESH = 10  # days after an event within which an article reports it
BETWEEN = 14  # characters at most between the first and the last day of a time
OF_THAT_TIME = 0.7  # how well an article's date has to fit for the article to leave the time asked about unsaid


def reports(published: PartialDate, sought: DateMention) -> float:
    """How well (0..1) an article of that day can tell of that time."""
    if sought.year and sought.month and published.day:
        day = datetime.date(sought.year, sought.month, min(sought.day or 1, 28))
        late = (published.first_day - day).days
        if 0 <= late <= (FRESH if sought.day else 31 + FRESH):
            return 0.9
        return 0.3 if published.year == sought.year else 0.0
    if sought.year:
        return 0.7 if published.year == sought.year else 0.0
    return 0.4 if sought.month and sought.month == published.month else 0.2


def put_to(asked: Asked, article: Article) -> str:
    """The question as it is put to an article: without the dates that are the article's own time.

    An article of May 2024 seldom says "in May 2024", and a reader that looks for these words finds no answer there.
    """
    text, published = asked.text, article.published
    if published is None or all(_is_of_a_date(term.word, asked) for term in asked.terms):
        return text
    for sought in reversed(asked.dates):
        before = text[: sought.start]
        led = _LED_BY.search(fold_in_place(before))
        if led and reports(published, sought) >= OF_THAT_TIME and not _bounds(sought, asked):
            after = text[sought.end :]
            text = before[: led.start()] + (after.removeprefix(",") if led.group().startswith(",") else after)
            text = text.lstrip(" ,")
    return text if text == asked.text else text[:1].upper() + text[1:]


def _is_of_a_date(word: str, asked: Asked) -> bool:
    return any(word in asked.text[date.start : date.end] for date in asked.dates)


def _bounds(sought: DateMention, asked: Asked) -> bool:
    """Whether a date begins or ends a time, alone or together with another one."""
    if any(0 <= max(sought.start - one.end, one.start - sought.end) < BETWEEN for one in asked.dates if one != sought):
        return True
    before, after = asked.text[: sought.start], asked.text[sought.end :]
    return bool(_BOUND.search(fold_in_place(before))) or after.startswith("-")


_BOUND = re.compile(
    r"\b(?:depuis|avant|apres|a partir|jusqu|d'ici|entre|since|before|after|until|by|between|from)"
    r"\b[ '](?:(?:l[ea]|au?|en|de|du|mois|debut|fin|mi|the) |[ld]'|mi-)*$"
)
_SEASON = r"(?:l'(?:ete|automne|hiver)|printemps|(?:summer|autumn|fall|winter|spring)(?: of)?) "
_LED_BY = re.compile(
    r",? (?:vue? (?=d))?(?:"
    r"(?:a|de) la (?:(?:fin|mi)[ -])(?:de |du |d')?|(?:de )?(?:fin|debut) (?:de |du |d')?|"
    r"au (?:mois|debut) (?:de |d'|du )|(?:lors )?du |au |en |le |de |d'|"
    rf"(?:(?:a|de|pendant) |au |du |in |in the |of the ){_SEASON}(?:de )?|"
    r"(?:in|on|of) (?:(?:late|early) |mid-)?|at the (?:end|start|beginning) of )$|^(?:en|le|au|in|on) $"
)
