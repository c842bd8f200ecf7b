"""Puts another country, people or body into a question: "Et les Britanniques ?", "Et en Suède ?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answering.asking.wording import agreeing, extended, is_feminine, is_plural, lowered, of, with_article
from rag.language.folding import fold, fold_in_place
from rag.language.gazetteer import Mention, country_name, is_country, mentions
from rag.language.nationality import adjective, french_form, in_the_form_of


@dataclass(frozen=True, slots=True)
class Party:
    """A fragment that is the name of a country, people or body, with what stands before the name."""

    text: str
    preposition: str
    article: str
    name: str
    mention: Mention
    of: bool = False  # "de" stands before it

    @property
    def country(self) -> str:
        return min(self.mention.things)

    @property
    def is_people(self) -> bool:
        return bool(self.article) and self.article.strip().lower() in {"les", "the"} and _is_adjective(self.name)


def party(fragment: str, language: str) -> Party | None:
    """The country, people or body that all of a fragment names, if it does."""
    led = _FRAGMENT.match(fold_in_place(fragment))
    assert led is not None, "all of it is optional"
    name = fragment[led.end() :]
    found = mentions(name, language)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(name)):
        return None
    article = led["article"] or ""
    article = _CONTRACTED.get(article.lower(), article)
    text = fragment if led["preposition"] else article + name
    return Party(text, led["preposition"] or "", article, name, found[0], of=bool(led["of"] or led["joined"]))


def elsewhere(place: Party, whole: str, language: str) -> str | None:
    """The question asked of another place: "en Suède" for "en Norvège"."""
    folded = fold_in_place(whole)
    located = [(mention, _BEFORE_PLACE.search(folded, 0, mention.start)) for mention in mentions(whole, language)]
    slots = [(before.start(), mention.end) for mention, before in located if before]
    if len(slots) > 1:
        return None
    if not slots:
        return extended(whole, place.text, language)
    start, end = slots[0]
    return whole[:start] + lowered(place.text) + whole[end:]


def of_others(place: Party, whole: str, language: str) -> str | None:
    """The question asked of another country or people, in the form in which the last one was named."""
    folded = fold_in_place(whole)
    found = mentions(whole, language)
    slots = [mention for mention in found if not _BEFORE_PLACE.search(folded, 0, mention.start)] or found
    countries = [mention for mention in slots if _is_country(mention)]
    subject = [mention for mention in slots if _is_subject(mention, folded)] if language == "fr" else []
    if subject and place.is_people:
        slots = subject
    elif countries and _is_country(place.mention):
        slots = countries
    if len(slots) > 1:
        slots = [slot for slot in slots if _has_of(whole, slot) == place.of]
    if len(slots) != 1:
        return None
    slot = slots[0]
    old = whole[slot.start : slot.end]
    if language == "en":
        new = _in_english(place, old)
        return whole[: slot.start] + new + whole[slot.end :] if new else None
    if old.islower():
        form = in_the_form_of(old, place.country)
        if form and place.is_people and place.name.endswith("s") and not form.endswith("s"):
            form += "s"  # a question typed in haste leaves it out
        return whole[: slot.start] + form + whole[slot.end :] if form else None
    return _with_article(place, whole, slot)


_LOCATIVE = r"(?:en|au|aux|a|dans|in|at|vers|depuis|to|from)"
_BEFORE_PLACE = re.compile(rf"\b{_LOCATIVE} (?:l'|la |le |les |the )?$")
_FRAGMENT = re.compile(
    rf"(?P<preposition>{_LOCATIVE} )?(?P<of>de (?=\w))?"
    r"(?P<article>l[’']|la |le |les |the |(?P<joined>du |des |d[’']))?",
    re.I,
)
_CONTRACTED = {"du ": "le ", "des ": "les ", "d'": "", "d’": ""}
_ARTICLE = re.compile(
    r"(?:\b(?P<of>de )?(?P<article>l[’']|la |le |les |the )|\b(?P<joined>du |des |au |aux |d[’'])|\bde )$", re.I
)


def _is_adjective(name: str) -> bool:
    return any(
        fold(name) == fold(french_form(lemma, feminine=feminine, plural=plural))
        for mention in mentions(name.lower(), "fr")
        if (lemma := adjective(min(mention.things), "fr"))
        for feminine in (False, True)
        for plural in (False, True)
    ) or any(fold(name).rstrip("s") == fold(adjective(min(m.things), "en") or "") for m in mentions(name, "en"))


def _is_country(mention: Mention) -> bool:
    return all(is_country(thing) for thing in mention.things)


def _in_english(place: Party, old: str) -> str | None:
    describes = _is_adjective(old)
    if not describes:
        return None if place.is_people else place.name
    word = adjective(place.country, "en")
    if word is None:
        return None
    return word + "s" if old.endswith("s") and not word.endswith(("sh", "ch", "ese")) else word


def _has_of(whole: str, slot: Mention) -> bool:
    """Whether "de" stands before a name in a question: "l'accord de Bruxelles"."""
    led = _ARTICLE.search(whole, 0, slot.start)
    return bool(led and (led["of"] or led["joined"] or not led["article"]))


def _is_subject(slot: Mention, folded: str) -> bool:
    """Whether a name is the subject with which a folded question begins: "l'allemagne quitte-t-elle"."""
    return bool(_FIRST.fullmatch(folded[: slot.start]) and _INVERTED.match(folded, slot.end))


def _of_their_country(place: Party, whole: str, slot: Mention, start: int) -> str | None:
    """The question of a people's country: "La Tchéquie quitte-t-elle ...", for "les Tchèques", of Germany's."""
    name = country_name(place.country, "fr")
    subject = with_article(name) if name else None
    if name is None or subject is None:
        return None
    moved = f"{whole[:start]}{subject[0].upper() if start == 0 else subject[0]}{subject[1:]}{whole[slot.end :]}"
    return agreeing(moved, "la" if is_feminine(name) else "le", start + len(subject))


_FIRST = re.compile(r"\W*(?:(?:quand|ou|comment|pourquoi|combien) )?(?:l'|l[ae]s? )?")
_INVERTED = re.compile(r" (?:(?:ne|se|y|en) |n'|s'){0,3}[a-z]+-(?:t-)?(?:il|elle)\b")


def _with_article(place: Party, whole: str, slot: Mention) -> str | None:
    """The question with another country and its article, or another people, in the place of one."""
    old, led = whole[slot.start : slot.end], _ARTICLE.search(whole, 0, slot.start)
    start = led.start() if led else slot.start
    if _is_adjective(old):
        form = in_the_form_of(old.lower(), place.country)
        return whole[: slot.start] + form[0].upper() + form[1:] + whole[slot.end :] if form else None
    if place.is_people and led is None and whole[: slot.start].strip():  # "marins USA", as one types in haste
        return whole[: slot.start] + place.name.lower() + whole[slot.end :]
    if place.is_people and _is_subject(slot, fold_in_place(whole)):
        return _of_their_country(place, whole, slot, start)
    if place.is_people or is_plural(place.article) != is_plural(led["article"] or "" if led else ""):
        return None
    led_by_of = _has_of(whole, slot)
    text = of(place.article.lower() + place.name) if led_by_of else place.text
    if start == 0:
        text = text[0].upper() + text[1:]
    elif not led_by_of:
        text = lowered(text)
    return agreeing(whole[:start] + text + whole[slot.end :], place.article, start + len(text))
