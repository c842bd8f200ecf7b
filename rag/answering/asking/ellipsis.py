"""Completes a question that says only what is new ("Et les Britanniques ?", "Où ?") from the last whole one."""

from __future__ import annotations

import re

from rag.answering.asking.otherwise import asked_otherwise, is_asking
from rag.answering.asking.parties import elsewhere, of_others, party
from rag.answering.asking.shifting import shifted
from rag.answering.asking.wording import agreeing, extended, is_plural, lowered, of
from rag.language.dates import date_mentions
from rag.language.detection import question_language
from rag.language.folding import fold, fold_in_place
from rag.language.gazetteer import mentions
from rag.language.names import names


def completed(fragment: str, whole: str) -> str | None:
    """The last whole question with a fragment in the place of what it stands for; None when that place is not plain.

    A question word takes the place of the question word, a date that of the date, a country or people that of the
    country or people, a person that of the person, a thing that of the thing counted.
    """
    language = question_language(whole)
    if is_asking(fragment, language):
        return asked_otherwise(fragment, whole, language)
    if again := _ASKED_AGAIN.search(fold_in_place(fragment)) or _ASKED_OF.fullmatch(fold_in_place(fragment)):
        return _asked_again(fragment, again, whole)
    moved = shifted(fragment, whole, language) or _of_another_rank(fragment, whole)
    if moved or _is_date(fragment, language):
        return moved or _at_another_time(fragment, whole, language)
    if (read := party(fragment, language)) is not None:
        return elsewhere(read, whole, language) if read.preposition else of_others(read, whole, language)
    if parts := _with_date(fragment, language):
        moved = completed(parts[0], whole)
        return _at_another_time(parts[1], moved, language) if moved else None
    return (
        _put_instead(fragment, whole)
        or _according_to(fragment, whole, language)
        or _in_another_way(fragment, whole, language)
        or _of_another_person(fragment, whole, language)
        or _of_another_thing(fragment, whole, language)
        or (_of_another_subject(fragment, whole) if language == "fr" else None)
    )


_INSTEAD = re.compile(r"(?P<meant>[^,?]{2,60}),? (?:not|et non|pas|and not) (?P<said>[^,?]{2,60})", re.I)


def _put_instead(fragment: str, whole: str) -> str | None:
    """The question with what is meant in the place of what was said: "wine, not beer"."""
    match = _INSTEAD.fullmatch(fragment)
    said = re.search(rf"\b{re.escape(fold(match['said']))}\b", fold_in_place(whole)) if match else None
    return whole[: said.start()] + match["meant"] + whole[said.end() :] if match and said else None


_ASKED_AGAIN = re.compile(  # "en Syrie, c'est depuis quand"
    r"(?<=\w),? (?:(?:et )?c'(?:est|etait) )?(?P<asking>(?:depuis |jusqu'a )?quand|ou|pourquoi|comment|combien)$"
)
_ASKED_OF = re.compile(  # "la Suède, combien en compte-t-elle", "le maire, qu'en dit-il"
    r"[^,?]{2,60}(?=, )(?P<aside>, (?:qu'en (?:dit|pense)|qu'a|que (?:dit|pense|fait)|(?P<asking>combien|quand|ou) "
    r"(?:en |y )?[a-z]+)-(?:t-)?(?:ils?|elles?)(?: (?:fait|dit))?)"
)


def _asked_again(fragment: str, again: re.Match[str], whole: str) -> str | None:
    """The question of what stands before a question word that the whole one begins with too, or with that word."""
    aside = again.start("aside") if "aside" in again.groupdict() else again.start()
    moved = completed(fragment[:aside], whole)
    if moved is None or not again["asking"]:
        return moved if re.match(r"que |qu'", fold_in_place(whole)) else None
    asking = fragment[again.start("asking") : again.end("asking")]
    same = fold(whole).startswith(fold(asking.rpartition(" ")[2]))
    return moved if same else completed(asking, moved)


_DATE_LED = r"(?:(?:a la )?(?:fin|debut|mi)[ -](?:de )?)?(?:en|le|au|du|de|in|on|l'annee|since|depuis|ce|cette)? ?"
_RELATIVE = re.compile(
    r"(?:aujourd'hui|hier|maintenant|actuellement|today|now|yesterday|(?:l'annee|le mois) \w+|last \w+)"
)


def _is_date(fragment: str, language: str) -> bool:
    folded = fold(fragment)
    if _RELATIVE.fullmatch(folded):
        return True
    found = date_mentions(fragment, language)
    return (
        len(found) == 1
        and bool(re.fullmatch(_DATE_LED, fold(fragment[: found[0].start])))
        and found[0].end == len(fragment)
    )


def _at_another_time(fragment: str, whole: str, language: str) -> str:
    found = date_mentions(whole, language)
    if not found:
        return extended(whole, fragment, language)
    before = re.search(rf"\b{_DATE_LED}$", fold_in_place(whole[: found[0].start]))
    start = before.start() if before else found[0].start
    return whole[:start] + lowered(fragment) + whole[found[0].end :]


def _with_date(fragment: str, language: str) -> tuple[str, str] | None:
    """A fragment that ends with a date, in two: "au Portugal" and "en 2018"."""
    found = date_mentions(fragment, language)
    if len(found) != 1 or found[0].end != len(fragment):
        return None
    led = re.search(rf"(?<= ){_DATE_LED}$", fold_in_place(fragment[: found[0].start]))
    start = led.start() if led else found[0].start
    return (fragment[:start].strip(), fragment[start:]) if fragment[:start].strip() else None


def _of_another_rank(fragment: str, whole: str) -> str | None:
    """The question of the next in a row: "Et à la deuxième ?" after "Combien sont partis à la première étape ?"."""
    new = _RANKED.fullmatch(fold_in_place(fragment))
    old = list(_RANK.finditer(fold_in_place(whole))) if new else []
    if new is None or len(old) != 1 or not _fit(new["rank"], old[0].group()):
        return None
    return whole[: old[0].start()] + fragment[slice(*new.span("rank"))] + whole[old[0].end() :]


def _fit(new: str, old: str) -> bool:
    """Whether two ranks have one gender, as far as they show it."""
    return not {_gender(new), _gender(old)} >= {"f", "m"}


def _gender(rank: str) -> str:
    feminine, masculine = rank.endswith(("ere", "eres", "seconde")), rank.endswith(("er", "ers", "second"))
    return "f" if feminine else "m" if masculine else ""


_RANKS = r"premi(?:er|ere)s?|second|seconde|derni(?:er|ere)s?|[a-z]+ieme|first|second|third|fourth|fifth|last"
_RANK = re.compile(rf"\b(?:{_RANKS})\b(?! ministre)")
_RANKED = re.compile(
    rf"(?:(?:a|de|en|dans|pour|lors de|pendant|in|at|on|for|of) )?(?:l[ae]s? |au |du |the )(?P<rank>{_RANKS})"
)


# What leads the phrase of a means, a place or a circumstance; "de" and "of" belong to what is before them instead, and
# "par qui" asks something else.
_LED = {
    "fr": re.compile(
        r"(?:en|a|au|aux|dans|sur|sous|avec|sans|par|pour|chez|contre|avant|apres|pendant) (?!qu|combien)"
    ),
    "en": re.compile(r"(?:in|at|on|by|with|without|for|from|to|against|before|after|during) (?!wh|how)"),
}


_ACCORDING = re.compile(r"(?:selon|d'apres|a en croire|according to) [^?]+")
_ACCORDING_THERE = re.compile(r",? (?:selon|d'apres|a en croire|according to) [^?,]+")


def _according_to(fragment: str, whole: str, language: str) -> str | None:
    """The question put to another source: "selon Kiev" for "d'après Moscou"."""
    if not _ACCORDING.fullmatch(fold_in_place(fragment)):
        return None
    there = _ACCORDING_THERE.search(fold_in_place(whole))
    bare = whole[: there.start()] + whole[there.end() :] if there else whole
    return extended(bare, fragment, language)


def _in_another_way(fragment: str, whole: str, language: str) -> str | None:
    """The question with another place ("à Brest" for "à Lyon"), or with one circumstance more ("en bus")."""
    led = _LED[language].match(fold_in_place(fragment))
    if led is None:
        return None
    same = re.search(rf"\b{led.group()}(?:l[ae]s? |l'|une? |des )?[a-z-]+(?=\s*\?*$)", fold_in_place(whole))
    if same and led.group().strip() == "pour":
        return whole[: same.start()] + lowered(fragment) + whole[same.end() :]
    if fragment[led.end() :][:1].isupper():
        for name in names(whole, language):
            start = name.start - led.end()
            if fold(whole[max(start, 0) : name.start]) == fold(led.group()):
                return whole[:start] + lowered(fragment) + whole[name.end :]
    return extended(whole, fragment, language)


def _of_another_person(fragment: str, whole: str, language: str) -> str | None:
    found = names(fragment, language, {fold(word) for word in fragment.split()})
    if len(found) != 1 or found[0].text != fragment:
        return None
    persons = [name for name in names(whole, language) if not mentions(name.text, language)]
    if len(persons) != 1:
        return None
    return whole[: persons[0].start] + fragment + whole[persons[0].end :]


def _of_another_thing(fragment: str, whole: str, language: str) -> str | None:
    """The question with another thing counted: "Et les équipages ?" after "Combien de passagers ... ?"."""
    thing = re.fullmatch(
        r"(?:les |des |the |combien de |combien d[’']|how many )?([^\W\d_]+(?: [^\W\d_]+)?)", fragment, re.I
    )
    folded = fold_in_place(whole)
    counted = re.match(r"(combien (?:de |d')|how many )([^\W\d_]+)", folded)
    if not thing or not counted or not thing[1].islower() or not thing[1].endswith(("s", "x")):
        return None
    lead, thing_of = (f"{whole[:7]} ", of(thing[1])) if language == "fr" else (whole[: counted.end(1)], thing[1])
    if _is_toll(thing[1]):
        struck = _STRUCK.match(folded)
        return f"{lead}{thing_of} y a-t-il eu{whole[struck.end() :]}" if struck else None
    return lead + thing_of + whole[counted.end(2) :]


def _of_another_subject(fragment: str, whole: str) -> str | None:
    """The question of another subject of the same number: "Et la direction ?" after "Que demande le syndicat ?"."""
    new = _NOUN_PHRASE.fullmatch(fold_in_place(fragment))
    match = _SUBJECT_LAST.fullmatch(fold_in_place(whole)) or _SUBJECT_FIRST.match(fold_in_place(whole))
    match = match or _NAME_FIRST.match(fold_in_place(whole))
    if new is None or match is None:
        return None
    start, end = match.span("subject")
    old = _NOUN_PHRASE.fullmatch(match["subject"])
    if not old and not whole[start].isupper():
        return None
    if (is_plural(old["article"]) if old else match["pronoun"].endswith("s")) != is_plural(new["article"]):
        return None
    text = lowered(fragment) if start else fragment[0].upper() + fragment[1:]
    moved = whole[:start] + text + whole[end:]
    if "verb" not in match.groupdict() or _GENDER.get(new["article"]) in {None, match["pronoun"]}:
        return moved
    # What was, is or will be agrees with its subject in more than the pronoun.
    return None if match["verb"] in _BEING else agreeing(moved, new["article"], start + len(text))


_NOUN_PHRASE = re.compile(r"(?P<article>l'|la |le |les |leurs? |s(?:on|a|es) )(?P<noun>[a-z][^?,]{1,50})")
_SUBJECT_LAST = re.compile(
    r"(?:que|ou|comment|quand|pourquoi|combien(?: (?:de |d')[a-z]+)?) "
    r"(?!(?:dans|sur|sous|pour|par|avec|apres|lors) )[a-z]+ "
    r"(?P<subject>(?:l[ea]s? |l')[^?]{2,60}?)\s*\?\s*"
)
_LEADING = (  # before it
    r"(?:quand|ou|comment|pourquoi|depuis quand|combien(?: (?:de |d')[a-z]+)?|"
    r"(?:(?:a|de|en|dans|pour|par) )?quel(?:le)?s? [a-z]+(?: (?:de |d')[a-z]+)?) "
)
_SUBJECT_FIRST = re.compile(
    rf"(?:{_LEADING})?(?P<subject>(?:l'|la |le |les )[^?,]{{2,60}}?) (?P<verb>[a-z]+(?:-t)?)-(?P<pronoun>ils?|elles?)\b"
)
_NAME_FIRST = re.compile(
    rf"{_LEADING}(?P<subject>[a-z][^?,]{{2,40}}?) (?P<verb>[a-z]+(?:-t)?)-(?P<pronoun>ils?|elles?)\b"
)
_BEING = {"est", "etait", "sera", "serait", "fut", "sont", "etaient", "seront", "seraient"}
_GENDER = {"le ": "il", "la ": "elle", "sa ": "elle"}
_STRUCK = re.compile(r"combien (?:de |d')[a-z]+ (?:ont|sont|etaient|ont ete) (?:ete )?[a-z]+(?= )")


def _is_toll(noun: str) -> bool:
    return fold(noun) in {"blesses", "morts", "disparus", "victimes", "rescapes", "survivants"}
