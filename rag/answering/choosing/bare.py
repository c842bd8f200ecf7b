"""Finds the bare answer inside a sentence: the number with its noun, the date, the name, taken letter for letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS, NAMED, Wanted
from rag.language.dates import DateMention
from rag.language.facts import dates_of, names_of, places_of, quantities_of
from rag.language.folding import fold, fold_in_place
from rag.language.gazetteer import mentions
from rag.language.names import Name, name_words, same_name
from rag.language.numbers import Quantity
from rag.language.stop_words import STOP_WORDS, listed
from rag.language.words import Word, stems, words

WORDS_BEFORE = 3  # words before a number among which the thing measured is looked for
WORDS_AFTER = 4  # words after a number among which the thing counted is looked for
LONGEST = 200  # characters of a bare answer


@dataclass(frozen=True, slots=True)
class Bare:
    """What may be the bare answer: `sentence[start:end]`; `fit` (0..1) says how well its kind is the one wanted."""

    start: int
    end: int
    fit: float
    value: str  # by which two answers are compared: "5200 soldat", "2020-01-07", "jean martin"


def bare_answers(asked: Asked, sentence: str, language: str) -> list[Bare]:
    """What in a sentence may be the bare answer to a question, best first; nothing that the question says itself.

    Of equal ones, the one nearest to the words of the question comes first.
    """
    reader = _READERS.get(asked.wanted or "yes or no")
    found = list(reader(_Read(asked, sentence, fold_in_place(sentence), language))) if reader else []
    if len(found) < 2:
        return found
    places = [word.start for word in words(sentence) if asked.said & frozenset(stems(word.text, language))]
    return sorted(found, key=lambda bare: (-round(bare.fit, 2), _distance(bare, places), bare.start))


def enumeration(bares: list[Bare], sentence: str) -> Bare | None:
    """The longest run of bare answers that a sentence lists: "la Grèce, l'Italie et Malte"; None when it lists none."""
    runs: list[list[Bare]] = [[]]
    for bare in sorted(bares, key=lambda bare: bare.start):
        if runs[-1] and not _LISTED.fullmatch(sentence, runs[-1][-1].end, bare.start):
            runs.append([])
        runs[-1].append(bare)
    longest = max(runs, key=len)
    if len(longest) < 2:
        return None
    first, last = longest[0], longest[-1]
    return Bare(first.start, last.end, min(bare.fit for bare in longest), " ".join(bare.value for bare in longest))


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence read with a question in mind."""

    asked: Asked
    sentence: str
    folded: str  # letter for letter at the same places
    language: str


def _distance(bare: Bare, places: list[int]) -> int:
    """How far the question's words are, in characters; the two nearest count."""
    return sum(sorted(max(bare.start - place, place - bare.end, 0) for place in places)[:2])


def _amounts(read: _Read) -> Iterator[Bare]:
    asked, sentence = read.asked, read.sentence
    told = {number.value for number in quantities_of(asked.text, asked.language)}
    for number in quantities_of(sentence, read.language):
        following = words(sentence[number.end : number.end + 80])[:WORDS_AFTER]
        noun, time = _counted(read, following), _TIME.match(read.folded, number.end)
        measure = None if noun else _measure(read, number)
        if number.value in told and not noun:
            continue
        about = _ABOUT.search(sentence, max(0, number.start - 30), number.start)
        end = time.end() if time else _with_noun(sentence, number.end, following)
        end = number.end + noun.end if noun else end
        start = min(found for found in (measure, about and about.start(), number.start) if found is not None)
        fit = _fit_of_amount(read, number, counts=noun is not None or measure is not None, time=time is not None)
        yield Bare(start, end, fit, f"{number.value:g}{number.unit or ''}")


def _fit_of_amount(read: _Read, number: Quantity, *, counts: bool, time: bool) -> float:
    wanted = read.asked.wanted
    if wanted == "number":
        if counts:
            return 1.0 - _of_another_party(read, number)
        plain = 0.3 if number.unit or time else 0.6
        return plain if read.asked.counted else plain + 0.2
    if wanted == "money":
        fits = number.unit not in (None, "%")
    elif wanted == "share":
        fits = number.unit == "%"
    elif wanted == "age":
        fits = bool(_AGE.match(read.folded, number.end))
    else:
        fits = time
    return 1.0 if fits else 0.2


def _of_another_party(read: _Read, number: Quantity) -> float:
    """0.8 when the words about the number name another country or body than the question does, 0.3 when none."""
    if not read.asked.places:
        return 0.0
    close = _NEXT_PART.search(read.sentence, number.end)
    after = read.sentence[number.end : close.start() if close else number.end + 60]
    before = _LAST_PART.split(read.sentence[max(0, number.start - 60) : number.start])[-1]
    for words_about in (after, before):
        named = frozenset[str]().union(*(place.things for place in mentions(words_about, read.language)))
        if named:
            return 0.0 if named & read.asked.things else 0.8
    return 0.3


def _counted(read: _Read, following: list[Word]) -> Word | None:
    """The thing that the question counts, among the words after a number."""
    counted = read.asked.counted
    if counted is None:
        return None
    return next((word for word in following if counted.stems & set(stems(word.text, read.language))), None)


def _measure(read: _Read, number: Quantity) -> int | None:
    """Where what the question asks the measure of stands, right before the number: "une magnitude de 3,3"."""
    if read.asked.counted is None:
        return None
    opening = number.start - len(_LAST_PART.split(read.sentence[max(0, number.start - 30) : number.start])[-1])
    before = words(read.sentence[opening : number.start])[-WORDS_BEFORE:]
    found = [word for word in before if read.asked.counted.stems & set(stems(word.text, read.language))]
    return opening + found[-1].start if found else None


def _with_noun(sentence: str, end: int, following: list[Word]) -> int:
    """Where a number ends with the word after it, when nothing but a space parts them and it is no name."""
    if not following or sentence[end : end + following[0].start].strip() or not following[0].text[:1].islower():
        return end
    return end + following[0].end if fold(following[0].text) not in _NO_NOUNS else end


def _dates(read: _Read) -> Iterator[Bare]:
    asked = read.asked
    told = {(date.year, date.month, date.day) for date in asked.dates}
    for date in _joined(read.sentence, dates_of(read.sentence, read.language)):
        if (date.year, date.month, date.day) in told:
            continue
        fit = 1.0 if date.day and date.month else 0.9 if date.year else 0.8 if date.month else 0.6
        if asked.years and date.year and date.year not in asked.years:
            fit = 0.2
        yield Bare(date.start, date.end, fit, f"{date.year or ''}-{date.month or ''}-{date.day or ''}")


def _joined(sentence: str, dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates, those of a span as one: "les 2 et 3 décembre", "du 4 au 9 mai"."""
    joined: list[DateMention] = []
    for date in dates:
        if joined and _UNTIL.fullmatch(sentence, joined[-1].end, date.start):
            joined[-1] = replace(date, start=joined[-1].start)
        else:
            joined.append(date)
    return joined


def _names(read: _Read) -> Iterator[Bare]:
    asked, sentence = read.asked, read.sentence
    told = [name.text for name in names_of(asked.text, asked.language)]
    known = {(place.start, place.end): place.things for place in places_of(sentence, read.language)}
    found: list[Bare] = []
    for name in names_of(sentence, read.language):
        if asked.says(name.text, read.language) or any(same_name(name.text, other) for other in told):
            continue
        things = known.get((name.start, name.end), frozenset())
        fit = _fit_of_name(read, name, things)
        if fit:
            found.append(Bare(name.start, name.end, fit, min(things, default=fold(name.text))))
    best = max((bare.fit for bare in found), default=0.0)
    rivals = len({bare.value for bare in found if bare.fit == best})
    doubtful = asked.wanted in _LOOSE and not asked.several and rivals > 1
    yield from (replace(bare, fit=bare.fit * 0.7) for bare in found) if doubtful else found


def _fit_of_name(read: _Read, name: Name, things: frozenset[str]) -> float:
    wanted = read.asked.wanted
    country = any(not thing.startswith("#") for thing in things)
    body = (bool(things) and not country) or name.text.isupper()
    located = bool(_AT.search(read.folded, max(0, name.start - 20), name.start))
    titled = bool(_TITLED.search(read.folded, max(0, name.start - 30), name.start))
    organised = fold(name.text).partition(" ")[0].rpartition("'")[2] in _ORGANISED
    person = not (things or located or body or organised) and (titled or len(name_words(name.text)) > 1)
    if wanted == "person":
        return 1.0 if person else 0.1 if things or organised else 0.3
    if wanted == "country":
        return 1.0 if country else 0.0
    if wanted == "place":
        return 1.0 if located else 0.5 if country else 0.1
    if wanted == "organisation":
        return 0.3 if located else 0.8 if body else 0.2 if person or country else 0.6
    return 0.5


def _reasons(read: _Read) -> Iterator[Bare]:
    for match in _BECAUSE.finditer(read.folded):
        fit = 0.9 if match["surely"] else 0.5
        close = _CLAUSE_END.search(read.sentence, match.end())
        end = close.start() if close else len(read.sentence.rstrip(' .»"”'))
        if 10 < end - match.start() <= LONGEST:
            yield Bare(match.start(), end, fit, fold(read.sentence[match.start() : end]))


def _definitions(read: _Read) -> Iterator[Bare]:
    """What stands in apposition to the name asked about, after it or before it."""
    told = [name.text for name in names_of(read.asked.text, read.asked.language)]
    for name in names_of(read.sentence, read.language):
        if any(same_name(name.text, other) for other in told):
            after = _AFTER.match(read.sentence, name.end)
            before = _BEFORE.match(read.sentence, 0, name.start) if name.start <= LONGEST else None
            if before and fold(before[1].split()[0]) in _NO_NOUNS:  # in front, an apposition has no article
                before = None
            for match in (after, before):
                if match:
                    yield Bare(*match.span(1), 0.9, fold(match[1]))


_READERS: dict[Wanted, Callable[[_Read], Iterator[Bare]]] = {
    **dict.fromkeys(AMOUNTS, _amounts),
    **dict.fromkeys(NAMED, _names),
    "date": _dates,
    "reason": _reasons,
    "definition": _definitions,
}
_LOOSE = ("place", "organisation")  # kinds that are told by so little that two of them in a sentence are one too many
# With which the names of bodies and of places begin, and those of persons do not.
_ORGANISED = listed(
    """force forces brigade armee corps unite groupe parti ministere comite conseil agence federation ligue union
    association societe compagnie banque universite hopital tribunal cour police garde gardes gardiens front mouvement
    organisation institut musee ecole lycee college stade club parlement assemblee senat etat republique ville mont lac
    ile rue avenue boulevard place aeroport port centre office fondation fonds bureau direction prefecture mairie
    chambre autorite commission haut alliance operation mission army group party ministry committee council
    agency federation league company bank university hospital court guard guards movement institute museum school
    college stadium parliament assembly senate state city mount lake island street airport center office foundation
    fund bureau department authority"""
)
_NO_NOUNS = STOP_WORDS["fr"] | STOP_WORDS["en"]
_ABOUT = re.compile(
    r"\b(?:près d[e’']|plus d[e’']|moins d[e’']|environ|quelque|au moins|jusqu['’]à|autour d[e’']|presque|"
    r"about|around|nearly|almost|more than|less than|fewer than|at least|up to|some|over) ?$",
    re.I,
)
_TIME = re.compile(
    r"[ \u00a0\u202f-](?:secondes?|minutes?|heures?|jours?|semaines?|mois|annees?|ans|seconds?|hours?|days?|weeks?|"
    r"months?|years?)\b"
)
_AGE = re.compile(r"[ \u00a0\u202f-](?:ans\b|years? old|-?year-old)")
_AT = re.compile(r"\b(?:a|au|aux|en|dans|pres de|pres d|vers|depuis|in|at|near|from|to|sur) (?:l[ae]s? |l.|the )?$")
_TITLED = re.compile(
    r"\b(?:m|mm|mme|mr|mrs|ms|dr|general|generale|colonel|capitaine|president|presidente|ministre|minister|"
    r"porte-parole|maire|depute|deputee|secretaire|directeur|directrice|senateur|chef|captain|mayor|senator|"
    r"spokesman|spokeswoman|director|judge|juge)\.? $"
)
_BECAUSE = re.compile(
    r"\b(?:(?P<surely>parce qu[e']|en raison d|a cause d|du fait d|faute d|afin d|because|due to|owing to|in order to)|"
    r"car |grace a|a la suite d|suite a|apres |pour (?!cent\b)|face a|after |following |as a result of)"
)
_LISTED = re.compile(
    r"(?:, ?|,? (?:et|ou|and|or|ainsi que|as well as) )(?:et |and )?"
    r"(?:(?:de|du|des|en|au|aux|à|avec|par|in|of|the|le|la|les) |[dl]['’])*"
)
_UNTIL = re.compile(r" (?:et|au|and|to|-|–) (?:le |the )?")
_LAST_PART = re.compile(r"[,;.:)«»\d]|\b(?:et|and)\b")
_NEXT_PART = re.compile(r"[,;.:()«»\d]|\b(?:et|and)\b")
_CLAUSE_END = re.compile(r"[.;»]|, (?:a|ont|selon|explique|indique|precise|affirme)\b")
_AFTER = re.compile(r",? ?[,(] ?((?:l[ea’'] ?|les |un |une |the |an? )?[^\s,.;()«»]+ [^,.;()«»]{3,110})(?=[,.;()]|$)")
_BEFORE = re.compile(r"^((?!\d)[^\s,.;()«»]+ [^.;«»]{3,190}), $")
