"""Takes a question out of its frame: one on whether sources agree on a number, or how it changed, wants the number."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from rag.answering.asking.wanted import AMOUNTS, wanted_by
from rag.language.folding import fold_in_place

LONGEST = 500  # characters of a question that may be framed


def unframed(question: str) -> str:
    """What a question is about that asks whether the sources agree on it, or how it has changed; else the question.

    Sources that differ, and values that changed, are shown side by side whatever the form of the question.
    """
    text = question.strip()
    if len(text) > LONGEST:
        return question
    for change, form in _CHANGES:
        changing = change.fullmatch(fold_in_place(text))
        if changing:
            head, thing, rest = (text[slice(*changing.span(part))] for part in ("head", "thing", "rest"))
            return form(head, f"{thing.strip(' ,')}{rest[: _over(rest)]}".rstrip(" ,"))
    for frame, end, form in _FRAMES:
        framed = frame.match(fold_in_place(text))
        if framed and (about := text[framed.start("about") :].strip(" ?.!\u00a0\u202f")):
            whole = form(text[slice(*framed.span("head"))], about) if framed["head"] else ""
            return whole if wanted_by(whole) in (*AMOUNTS, "date") else f"{about[0].upper()}{about[1:]}{end}"
    return question


def asks_for_changes(question: str) -> bool:
    """Whether a question asks how a value has changed, or which values it has had one after the other."""
    return bool(_CHANGING.search(fold_in_place(question[:LONGEST])))


def _french(article: str, thing: str, *, feminine: bool | None = None) -> str:
    article = article.lower()
    which = "Quelle" if (article == "la " if feminine is None else feminine) else "Quel"
    return f"{which}s sont {article}{thing} ?" if article == "les " else f"{which} est {article}{thing} ?"


def _french_of(preposition: str, thing: str) -> str:
    return _french({"du ": "le ", "des ": "les ", "de la ": "la "}.get(preposition.lower(), "l'"), thing)


def _date(noun: str, thing: str) -> str:
    single = " ".join(word.removesuffix("s") if word.casefold() == "dates" else word for word in noun.split())
    return f"Quelle est la {single} {thing} ?"


def _english(article: str, thing: str) -> str:
    return f"What was {article.lower()}{thing}?"


def _over(rest: str) -> int:
    """Where the words begin that say over which time something changed: each value is shown with its date."""
    spell = _SPELL.search(fold_in_place(rest))
    return spell.start() if spell else len(rest)


_SPELL = re.compile(
    r",? ?\b(?:entre|depuis|d[e'u]|au (?:cours|fil) d|pendant|durant|en|between|from|since|over|during|in)\b[^?]{0,40}"
    r"(?:\b(?:19|20)\d\d\b|\b(?:temps|time|mois|annees|months|years)\b)"
)
_CHANGED = r"(?:evolu|vari|chang|revis|progress|augment|baiss|diminu|grimp|recul)\w*\b"
_TAIL = r",? (?:entre|depuis|au|en|pendant|durant|lors|selon|d'apres|d[e'u] ?(?=[^?]{0,60}\d{4}))\b[^?]{0,100}?"
_CHANGE = r"(?:chang|evolv|vari)e[sd]?|(?:vary|develop|rise|fall|grow)(?:s|n|ed|en)?"
_TO_WHEN = r" (?:since|between|over|from|in|during|to|after|as|until|by)\b"
_CHANGES: tuple[tuple[re.Pattern[str], Callable[[str, str], str]], ...] = (
    *(
        (
            re.compile(
                r"\W*comment (?P<head>l[ea]s? |l')(?P<thing>[^?]{3,160}?),? "
                rf"(?:(?:a|ont)-(?:t-)?{pronoun}s? (?:ete )?{_CHANGED}|{_CHANGED}-(?:t-)?{pronoun}s?)"
                rf"(?P<rest>{_TAIL})?\W*"
            ),
            partial(_french, feminine=feminine),
        )
        for pronoun, feminine in (("il", False), ("elle", True))
    ),
    (
        re.compile(
            rf"\W*comment (?:a|ont) (?:ete )?{_CHANGED} (?P<head>l[ea]s? |l')(?P<thing>[^?]{{3,200}}?)(?P<rest>)\W*"
        ),
        _french,
    ),
    (
        re.compile(
            r"\W*quelle (?:est|a ete|fut) l'evolution (?P<head>du |des |de la |de l')"
            r"(?P<thing>[^?]{3,200}?)(?P<rest>)\W*"
        ),
        _french_of,
    ),
    (
        re.compile(
            r"\W*quelles (?:sont les |ont ete les )?(?P<head>dates?(?: d[e'] ?\w+)?) "
            r"(?:successiv\w+ )?(?:ont ete |furent )?(?:successiv\w+ )?"
            r"(?:annonce|promis|fixe|prevu|envisage|retenu|evoque)\w* (?P<thing>[^?]{3,160}?)(?P<rest>)\W*"
        ),
        _date,
    ),
    (
        re.compile(
            rf"\W*how (?:did|has|have) (?P<head>the |its )?(?P<thing>[^?]{{3,160}}?) (?:{_CHANGE})"
            rf"(?P<rest>(?:{_TO_WHEN}[^?]{{0,120}}?)?)\W*"
        ),
        _english,
    ),
)
_CHANGING = re.compile(
    rf"\bcomment\b[^?]*-(?:il|elle)s? (?:ete )?(?:{_CHANGED}|gliss\w+)|"
    rf"\bcomment\b[^?]* {_CHANGED}-(?:t-)?(?:il|elle)s?\W*$|"
    rf"\bcomment (?:a|ont) (?:ete )?{_CHANGED}|\bl'evolution d|\bau fil (?:du|des|de)\b|"
    r"\b(?:successivement|successively)\b|^\W*(?:quel(?:le)?s|which|what) [^?]{0,20}\bsuccessi(?:f|ve)s?\b|"
    rf"\bhow (?:did|has|have)\b[^?]* (?:{_CHANGE})(?=\W*$|{_TO_WHEN})"
)
_SOURCES = r"(?:sources|articles|journaux|medias|depeches|temoignages)"
_REPORTS = r"(?:the )?(?:sources|articles|papers|reports|accounts)"
_ON = (
    r"(?:(?:sur|concernant) (?P<head>l[ae]s? |l')?|quant (?:au|aux|a la|a l') ?|"
    r"(?:a propos|au sujet) (?:du |des |de la |de l'|de |d'))"
)
_FRENCH = (
    rf"(?:est-ce que )?les {_SOURCES} (?:se |s')?(?:divergent|different|contredisent|accordent|concordent|sont)"
    r"(?:-(?:t-)?(?:ils|elles))?(?: (?:d'accord|en desaccord|unanimes))?",
    rf"y a-t-il (?:une? |des )?(?:desaccords?|contradictions?|divergences?)(?: (?:entre|dans) les {_SOURCES})?",
    rf"que (?:disent|rapportent) les {_SOURCES}",
)
_ENGLISH = (
    rf"do {_REPORTS} (?:agree|disagree|differ|conflict|contradict (?:each other|one another))",
    rf"is there (?:any |a )?(?:disagreement|contradiction)(?: (?:between|among) {_REPORTS})?",
    rf"what do {_REPORTS} say",
)
_FRAMES = (
    *((re.compile(rf"\W*{head} {_ON}(?P<about>.+)"), " ?", _french) for head in _FRENCH),
    *(
        (re.compile(rf"\W*{head} (?:on|about|over|as to|regarding) (?P<head>the )?(?P<about>.+)"), "?", _english)
        for head in _ENGLISH
    ),
)
