"""Gathers a list over all articles: each item once, each sentence that names a new one quoted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from rag.answering.choosing.bare import enumeration, is_led_to
from rag.answering.choosing.offered import Bare
from rag.answering.choosing.rightness import SURE
from rag.answering.choosing.sentences import LEAD
from rag.answering.composing.material import LIKELY, Material
from rag.answering.composing.matter import share, stems_of
from rag.answering.composing.shown import Composition, next_number, overlaps
from rag.answering.composing.stance import predicate, stance
from rag.language.facts import places_of, things_of
from rag.language.folding import fold, fold_in_place
from rag.language.gazetteer import Mention, is_country

KINDS = ("person", "country", "place", "organisation")  # of which a sentence without a new one adds nothing
MOST_SENTENCES = 5  # that a list may be gathered from
MOST_WORDS = 120  # of the items and the quotes together; the first quote is always shown
LEADS = 0.42  # share of the best sentence's score that one needs which leads in its place
LEAST = 0.2  # share of the best sentence's score that a further one needs
HALF = 0.5  # share of the names of the best sentence
AS_MUCH = 0.6  # share of what the best sentence says of the question that a further one must say of it


def listed(material: Material) -> Iterator[Composition]:
    """Yield ever fuller lists: items and quotes from the best sentences; no items where the first names none surely."""
    shown, items = Composition(), dict[str, str]()
    for position in _fitting_first(material, material.best(MOST_SENTENCES, LEAST)):
        first = not shown.claims
        run = _items(material, position) if first or _may_add(material, position) else ()
        new = [bare for bare in run if bare.value not in items]
        if not first and material.asked.wanted in KINDS and not new and not _may_name(material, position, items):
            continue
        claim = material.claim(position, next_number(shown), _span(new))
        text = material.sentences[position].text
        told = items | {bare.value: text[bare.start : bare.end] for bare in new}
        named = ", ".join(told.values()) if first or shown.short else None
        longer = Composition((*shown.claims, claim), named or None)
        if overlaps(claim, shown) or (not first and longer.words > MOST_WORDS):
            continue
        shown, items = longer, told
        yield shown


def _fitting_first(material: Material, best: Sequence[int]) -> list[int]:
    """The best sentences; where the first speaks of another place or says no, one that names items leads."""
    if not _leaves_place(material, best[0]) and not _denies(material, best[0]):
        return list(best)
    least = LEADS * material.scores[best[0]]
    fitting = [
        place
        for place in best
        if material.scores[place] >= least and _items(material, place) and not _leaves_place(material, place)
    ]
    return list(dict.fromkeys([*fitting[:1], *best]))


def _may_name(material: Material, position: int, items: Collection[str]) -> bool:
    """Whether a sentence has what may be a further item, though not by its name: "le contingent danois"."""
    found = [bare for bare in material.bares(position) if bare.fit >= LIKELY and bare.value not in items]
    return bool(found) and _is_about_as_much(material, position) and not _denies(material, position)


def _denies(material: Material, position: int) -> bool:
    """Whether a sentence says that what is asked is not so: who does not leave is none of those who leave."""
    return stance(material.asked, material.sentences[position].text, material.language(position)) is False


def _items(material: Material, position: int) -> Sequence[Bare]:
    """The items that a sentence surely names: those it enumerates, or the best one.

    None, where it does not say that what is asked is so, if it is known by which words it would.
    """
    known = predicate(material.asked)
    if known and not stance(material.asked, material.sentences[position].text, material.language(position)):
        return ()
    found = _acting(material, position, [bare for bare in material.bares(position) if bare.fit >= SURE])
    run = enumeration(found, material.sentences[position].text)
    if run is None:
        one_of_several = material.asked.wanted == "place" and len({bare.value for bare in found}) > 1
        return () if one_of_several else found[:1]
    inside = sorted((one for one in found if run.start <= one.start and one.end <= run.end), key=lambda one: one.start)
    return list({one.value: one for one in reversed(inside)}.values())[::-1]


def _acting(material: Material, position: int, found: list[Bare]) -> list[Bare]:
    """Of the countries of a sentence those that do something, where it is asked which do.

    Who withdraws soldiers is the country of which that is told, not the one "en Jordanie" to which they go. Where none
    does, several that are enumerated may be meant: "il est interdit en Inde et au Népal".
    """
    if not _asks_who_acts(material):
        return found
    text = material.sentences[position].text
    acting = [bare for bare in found if not is_led_to(fold_in_place(text), bare.start)]
    return acting or (found if enumeration(found, text) else [])


def _asks_who_acts(material: Material) -> bool:
    """Whether it is asked which countries do something, not where or to which."""
    asked = material.asked
    return asked.wanted == "country" and bool(_WHO_ACTS.match(fold(asked.text))) and not _WHOM.search(asked.text)


def _span(items: Sequence[Bare]) -> Bare | None:
    """From the first to the last of some items, as they stand in their sentence."""
    if not items:
        return None
    return Bare(items[0].start, items[-1].end, min(item.fit for item in items), " ".join(item.value for item in items))


def _may_add(material: Material, position: int) -> bool:
    """Whether a further sentence may have more of what is listed: not of places, where it may tell whence and whither.

    Nor if it has something happen in another country than the question.
    """
    asked, text = material.asked, material.sentences[position].text
    if asked.wanted == "place":
        return False
    where = {thing for one in _located(asked.places, asked.text) for thing in one.things}
    there = {thing for one in _located(places_of(text, material.language(position)), text) for thing in one.things}
    return not (where and there and not where & there) and _is_about_as_much(material, position)


def _located(places: Sequence[Mention], text: str) -> list[Mention]:
    """Those of some places where something is or goes: "en Syrie"."""
    folded = fold_in_place(text)
    return [place for place in places if is_led_to(folded, place.start)]


def _is_about_as_much(material: Material, position: int) -> bool:
    """Whether a sentence speaks of the same place, and of about as much of the question, as the best one."""
    asked, best = material.asked, material.best(1)[0]
    own, first = material.sentences[position], material.sentences[best]
    if _leaves_place(material, position) or _leaves_names(material, position, best):
        return False
    return share(asked, own.stems) >= AS_MUCH * share(asked, first.stems)


def _leaves_names(material: Material, position: int, best: int) -> bool:
    """Whether a sentence of another article, its title and opening have at most half the names that the best has."""
    asked, own, article = material.asked, material.sentences[position], material.article(position)
    if not asked.names or article.id == material.article(best).id:
        return False
    said = own.stems | stems_of(f"{article.title}\n{article.text[:LEAD]}", material.language(position))
    return asked.name_coverage(said) <= HALF * asked.name_coverage(material.sentences[best].stems)


def _leaves_place(material: Material, position: int) -> bool:
    """Whether a sentence names none of the countries of the question, but another: Iraq, where Syria is meant.

    Where it is asked which countries leave one ("d'Irak"), others are what is looked for.
    """
    asked = material.asked
    leaving = _asks_who_acts(material) and _LEAVING.search(fold(asked.text))
    if leaving and any(_FROM.search(fold(asked.text[: place.start])) for place in asked.places):
        return False
    meant = asked.things
    countries = {thing for thing in meant if is_country(thing)}
    things = things_of(material.sentences[position].text, material.language(position))
    return bool(countries and things - meant) and not countries & things


_WHO_ACTS = re.compile(
    r"\W*(?:et |and )?(?:quels? (?:autres? )?pays|(?:which|what) (?:other )?countr(?:y|ies))"
    r"(?! (?:l[ae]s? |l'|the |(?:est|sont|etait|etaient|seront)\b|(?:a|ont|avait|avaient|va|vont) (?:ete|etre)\b|"
    r"(?:is|are|was|were|did|do|does)\b|(?:has|have|had) been\b|(?:will|has|have) the\b))(?![^?]*-(?:il|elle|on)s?\b) "
)
_WHOM = re.compile(r"\b(?:will|has|have|had|would|could|can) [A-Z]")
_FROM = re.compile(r"\b(?:(?:de|du|des) (?:l[ae] |l')?|d'|(?:from|leav\w+|quitt\w+) (?:l[ae]s? |l'|the )?)$")
_LEAVING = re.compile(r"\b(?:retir|quitt|part(?:i|en)|evacu|rapatri|withdr|leav|left|pull)")
