"""Says how well an article of a day can tell of the time asked about, and asks it without naming that time."""

from __future__ import annotations

import datetime
import re

from rag.answering.asking.question import Asked
from rag.language.dates import DateMention
from rag.language.folding import fold_in_place
from rag.schema import Article, PartialDate

FRESH = 10  # days after an event within which an article reports it
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
    """The question as it is put to an article: without its date where it has one, which is the article's own time.

    An article of May 2024 seldom says "in May 2024", and a reader that looks for these words finds no answer there.
    """
    text, published = asked.text, article.published
    if published is None or len(asked.dates) != 1 or all(_is_of_a_date(term.word, asked) for term in asked.terms):
        return text
    (sought,) = asked.dates
    before, after = text[: sought.start], text[sought.end :]
    led = _LED_BY.search(fold_in_place(before))
    if not led or after.startswith(("-", "'", "\u2019")) or not _is_own_time(published, sought):
        return text
    before = before[: led.start()]
    if _UNFINISHED.search(fold_in_place(before)):
        return text
    text = (before + (after.removeprefix(",") if led.group().startswith(",") else after)).lstrip(" ,")
    return text[:1].upper() + text[1:]


def _is_of_a_date(word: str, asked: Asked) -> bool:
    return any(word in asked.text[date.start : date.end] for date in asked.dates)


def _is_own_time(published: PartialDate, sought: DateMention) -> bool:
    if sought.month and not published.day and published.month != sought.month:
        return False
    return reports(published, sought) >= OF_THAT_TIME


_SEASON = r"(?:l'(?:ete|automne|hiver)|(?:le )?printemps|(?:the )?(?:summer|autumn|fall|winter|spring)(?: of)?) "
_LED_BY = re.compile(
    r"(?:(?:,? |^)(?:"
    r"a la (?:fin|mi)[ -](?:de |du (?:mois de )?|d')?|(?:de )?(?:fin|debut) (?:de |du (?:mois de )?|d')?|"
    r"au (?:mois|debut|cours) (?:de |d'|du (?:mois de )?)|(?:lors )?du (?:mois de )?|au |en |le |d[e'] ?|"
    rf"(?:(?:a|de|pendant) |au |du |in |of ){_SEASON}(?:de )?|"
    r"(?:in|on|of) (?:(?:late|early) |mid-)?|at the (?:end|start|beginning) of )|, vue? d(?:e |'|u ))$"
)
# What a date that bounds another time, or says where in it something was, leaves behind when it is cut out (folded).
_UNFINISHED = re.compile(
    r"(?:^|[ '])(?:[ld]'?|l[ae]s?|au?x?|des?|du|en|et|ou|ni|entre|par|pour|dans|sur|vers|depuis|avant|apres|pendant|"
    r"jusqu'(?:a|au|en)|d'ici(?: a)?|a (?:partir|compter)|en vue|rapport|celles?|celui|ceux|mois|annee|semaine|jour|"
    r"nuit|veille|lendemain|suivant|suivi|cours|debut|fin|mi|milieu|printemps|(?<=l')(?:ete|automne|hiver)|"
    r"the|and|or|from|to|by|since|until|before|after|between|during|of|in|on|at|end|start|beginning|summer|autumn|fall|"
    r"winter|spring|late|early|mid|than|as)[ ,-]*$"
)
