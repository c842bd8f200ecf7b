"""Tells whether two accounts speak of the same thing, so that different values mean that they differ."""

from __future__ import annotations

import re

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS, NAMED
from rag.answering.choosing.tolls import EARLIER, senses
from rag.answering.composing.accounts import Account, Value
from rag.answering.composing.alternatives import alternatives
from rag.answering.composing.counting import around, counts_it, takes_up
from rag.answering.composing.matter import ENOUGH, share, stems_of
from rag.language.dates import DateMention
from rag.language.facts import names_of, places_of, things_of
from rag.language.folding import fold
from rag.language.names import name_words, same_name
from rag.schema import PartialDate


def is_about(asked: Asked, account: Account, value: Value) -> bool:
    """Whether the value of an account is one of just what is asked: the thing counted, the places, names and time.

    Where this cannot be told it is taken not to be: better one value shown than a conflict that is none.
    """
    said = stems_of(account.text, account.language)
    near = said | stems_of(account.context, account.language)
    besides = _vague(asked) if asked.wanted == "date" else frozenset[str]()
    if two := alternatives(asked):
        tells_of_it = two.are_of(said)
    else:
        tells_of_it = bool(asked.names or asked.places) or share(asked, near, besides) >= ENOUGH
    if not tells_of_it or not may_be_about(asked, account):
        return False
    if asked.wanted in AMOUNTS:
        return counts_it(asked, account, value)
    if asked.wanted in NAMED:
        return bool(_ONE_HOLDER.search(asked.text)) and share(asked, said) >= ENOUGH and not _is_deputy(asked, account)
    if value.kind == "stance":
        return _names_subject(asked, account)
    return share(asked, said, besides) >= ENOUGH_OF_DATES and not _names_only_others(asked, account)


def may_be_about(asked: Asked, account: Account) -> bool:
    """Whether the names and the time of an account do not rule out that it is about what is asked."""
    return _names_all(asked, account) and _fits_in_time(asked, account)


def says_what(asked: Asked, account: Account) -> bool:
    """Whether a sentence itself says all of what happened: each word of the question but names, places and times."""
    said = stems_of(account.text, account.language)
    words = (term for term in asked.terms if term not in asked.names and not asked.is_placed(term))
    return all(term.stems & said for term in words if not asked.is_of_a_date(term))


def are_of_one_kind(one: Account, other: Account, value: Value, other_value: Value, *, come_true: bool = False) -> bool:
    """Whether two values are measured alike: both plans or both facts, in one unit, of one thing, of one spell.

    Args:
        come_true: whether a plan is compared with a fact, as what it came to is asked for.
    """
    if value.kind != other_value.kind or value.unit != other_value.unit:
        return False
    if value.kind != "number":
        return True
    if max(value.high, other_value.high) > FAR * min(value.low, other_value.low):
        return False
    first, second = around(one, value), around(other, other_value)
    if senses(first) != senses(second) or _is_of_a_spell(one, value) != _is_of_a_spell(other, other_value):
        return False
    return come_true or bool(_PLANNED.search(one.folded)) == bool(_PLANNED.search(other.folded))


def say_as_much(asked: Asked, one: Account, other: Account, value: Value) -> bool:
    """Whether the second account says about as much as the first of what the question narrows its count to.

    Who guards an embassy is not the whole of those who are in the country. A toll is told with few words. What says
    yes or no has been held against the question's words already.

    Args:
        value: that of the second account.
    """
    if value.kind not in ("number", "date"):
        return True
    besides = _vague(asked)
    own = [
        stems_of(account.text, account.language) | stems_of(account.context[-EARLIER:], account.language)
        for account in (one, other)
    ]
    near = [said | stems_of(account.context, account.language) for said, account in zip(own, (one, other), strict=True)]
    if share(asked, near[1], besides) < AS_MUCH * share(asked, near[0], besides):
        return False
    if value.span and (senses(around(other, value)) or takes_up(asked, other, value)):
        return True
    return share(asked, own[1], besides) >= AS_MUCH_ITSELF * share(asked, own[0], besides)


AS_MUCH = 0.6  # share of what the one says of a question that the other must say of it, with what stands around it
AS_MUCH_ITSELF = 0.35  # the same of the sentence and the one before it
ENOUGH_OF_DATES = 0.5  # share (0..1) of the question's words that are no names which a sentence with a date must say
FAR = 20  # times as much as another that a number may be and still be one of the same thing
FRESH = 2  # days after the one asked about within which an article may speak of it without naming it
LATE = 10  # month from which an article may speak of the next year without naming it
MANY = 3  # names of a question of which one may be missing
_PER = re.compile(
    r"\b(?:par|per|a|chaque|each|every) (?:jour|semaine|mois|an|annee|heure|personne|habitant|tete|day|week|month|"
    r"year|hour|person|capita|head)\b|"
    r"\b(?:quotidien\w*|hebdomadaire\w*|mensuel\w*|annuel\w*|daily|weekly|monthly|yearly)\b|"
    r"\b(?:sur|en|dans|ces|in|over) (?:(?:l[ae]s?|the|last|past|dernieres) ){0,2}(?:24|48) "
)
_SPELL = 90  # characters after a number in which its spell may be told
_PLANNED = re.compile(
    r"\b(?:va|vont|vais|prets? a|prete?s? a|s'engag\w+|se sont engages|prevoi\w+|prevu\w*|envisag\w+|projet\w*|compte "
    r"\w+er|devrai\w+|pourrai\w+|d'ici|objectif|promet\w*|promis\w*|\w+er(?:a|ont)|will|would|plans? to|planned|"
    r"expected|could|may|might|aims?|target|pledged?|going to)\b"
)
_BEING = (
    "date jour heure moment début stationnés déployés présents présence trouvent compte comptent compter rester total "
    "restent nombre effectif actuel day time start stationed deployed present remain number currently there"
)
_BODIES = (
    "parlement députés assemblée sénat élus parliament lawmakers congress senate house",
    "justice tribunal cour juges juge court judge judges jury",
    "opposition opposants opponents",
    "police policiers",
)
_OF = re.compile(r"(?<!contrairement )\b(?:de l[a']?|du|des|d'|of(?: the)?) ?$")
_OFFICE = 60  # characters before a name that may tell its office
_DEPUTY = re.compile(
    r"\b(?:adjointe?|vice|deputy|assistant|ancien(?:ne)?|ex|former|precedente?|previous|futur?e?|elect|interim|acting)\b"
)
_ONE_HOLDER = re.compile(r"(?i)\b(?:qui (?:est|était|dirige|préside|remplace)|who (?:is|was|leads|heads|replaces))\b")


def _vague(asked: Asked) -> frozenset[str]:
    """The words of a question that do not narrow what it counts: its noun, its time, and that something is there."""
    being, counted = stems_of(_BEING, asked.language), asked.counted.stems if asked.counted else frozenset[str]()
    words = (term for term in asked.terms if term.stems & (being | counted))
    times = (term for term in asked.terms if asked.is_of_a_date(term))
    return frozenset(term.word for terms in (words, times) for term in terms)


def _is_of_a_spell(account: Account, value: Value) -> bool:
    """Whether a number is one per day, or of the last day, rather than a whole."""
    start, end = value.span or (0, 0)
    return bool(_PER.search(account.folded[max(0, start - _SPELL // 3) : end + _SPELL]))


def _names_all(asked: Asked, account: Account) -> bool:
    """Whether what the question names is named in the sentence, or around it where nothing else takes its place."""
    own = things_of(account.text, account.language)
    near = own | things_of(account.context, account.language)
    others = own - asked.things
    for place in asked.places:
        if not place.things & near or (others and not place.things & own):
            return False
    said = stems_of(account.text, account.language) | stems_of(account.context, account.language)
    names = asked.further_names
    missing = sum(not name.stems & said for name in names)
    return missing == 0 or (missing == 1 and len(asked.names) >= MANY)


def _names_only_others(asked: Asked, account: Account) -> bool:
    """Whether a sentence names somebody or something, and none of the names and places of the question."""
    if not asked.names and not asked.places:
        return False
    said, things = stems_of(account.text, account.language), things_of(account.text, account.language)
    if things & asked.things or any(name.stems & said for name in asked.names):
        return False
    return bool(names_of(account.text, account.language))


def _names_subject(asked: Asked, account: Account) -> bool:
    """Whether a sentence names what the question names first, of which it asks whether it is so."""
    names = asked.further_names
    first_name = min((asked.text.find(name.word) for name in names), default=len(asked.text))
    first_place = min(asked.places, key=lambda place: place.start, default=None)
    said = stems_of(account.text, account.language)
    if (bodies := _bodies_of(asked)) and not bodies & said:
        return False
    if first_place is not None and first_place.start <= first_name:
        return _tells_of(first_place.things, asked, account)
    return not names or (any(name.stems & said for name in names) and not _names_a_namesake(asked, account))


def _names_a_namesake(asked: Asked, account: Account) -> bool:
    """Whether of the name of several words that a question has first a sentence only has another: "Anne Dorval"."""
    asked_of = (one.text for one in names_of(asked.text, asked.language))
    subject = next((name for name in asked_of if len(name_words(name)) > 1), None)
    if subject is None:
        return False
    own = set(name_words(subject))
    alike = [one.text for one in names_of(account.text, account.language) if own.intersection(name_words(one.text))]
    return bool(alike) and not any(same_name(one, subject) for one in alike)


def _bodies_of(asked: Asked) -> frozenset[str]:
    """The stems of what a body of a country is called of which it is asked whether it does something."""
    said = frozenset(stems_of(asked.text, asked.language))
    kin = (stems_of(words, language) for words in _BODIES for language in ("fr", "en"))
    return frozenset[str]().union(*(one for one in kin if one & said))


def _tells_of(things: frozenset[str], asked: Asked, account: Account) -> bool:
    """Whether a sentence names a country or body, and not only as that to which another one's soldiers belong."""
    named = places_of(account.text, account.language)
    own = [place for place in named if place.things & things]
    another = next((place for place in named if not place.things & asked.things), None)
    return any(
        another is None or place.start < another.start or not _OF.search(account.folded[: place.start]) for place in own
    )


def _is_deputy(asked: Asked, account: Account) -> bool:
    """Whether a sentence names a deputy, or who held the office before or is to hold it."""
    before = account.folded[max(0, account.value_at - _OFFICE) : account.value_at]
    ranks = [before[rank.end() :].split()[:3] for rank in _DEPUTY.finditer(before)]
    of_the_office = any(stems_of(" ".join(words), account.language) & asked.said for words in ranks)
    return of_the_office and not _DEPUTY.search(fold(asked.text))


def _fits_in_time(asked: Asked, account: Account) -> bool:
    """Whether neither the times that an account names nor the day it is from rule out the time asked about."""
    return not asked.dates or any(_can_be(sought, account) for sought in asked.dates)


def _can_be(sought: DateMention, account: Account) -> bool:
    years = {date.year for date in account.dates if date.year}
    if years and sought.year and sought.year not in years:
        return False
    months = {(date.month, date.day) for date in account.dates if date.month}
    if months and sought.month:
        days = {day for month, day in months if month == sought.month}
        return bool(days) and (not sought.day or None in days or sought.day in days)
    published = account.published
    if published is None or (years and not sought.month):
        return True
    if not sought.month:  # an article of December tells of what comes with the new year
        return sought.year in {published.year, published.year + (published.month >= LATE)}
    asked_day = PartialDate(sought.year or published.year, sought.month, sought.day or 0)
    late = (published.first_day - asked_day.first_day).days
    return -1 <= late <= (FRESH if sought.day else 31 + FRESH) or not published.month
