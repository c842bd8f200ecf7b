"""Finds the bare answer inside a sentence: the number with its noun, the date, the name, taken letter for letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rag.answering.asking.question import Asked
from rag.answering.asking.wanted import AMOUNTS, NAMED, Wanted
from rag.answering.choosing.amounts import amounts
from rag.answering.choosing.offered import NO_NOUNS, Bare, Read
from rag.language.dates import DateMention
from rag.language.detection import read_as
from rag.language.facts import dates_of, names_of, places_of
from rag.language.folding import fold, fold_in_place
from rag.language.gazetteer import is_body, is_country
from rag.language.names import Name, name_words, same_name
from rag.language.stop_words import listed
from rag.language.words import stems, words

LONGEST = 200  # characters of a bare answer


def bare_answers(asked: Asked, sentence: str, language: str) -> list[Bare]:
    """What in a sentence may be the bare answer to a question, best first; nothing that the question says itself.

    Of equal ones, the one nearest to the words of the question comes first.
    """
    office = asked.wanted in (None, "name") and _asks_for_office(asked.text)
    reader = _READERS.get("definition" if office else asked.wanted or "yes or no")
    found = list(reader(Read(asked, sentence, fold_in_place(sentence), language))) if reader else []
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


def is_led_to(folded: str, start: int) -> bool:
    """Whether what begins there in a folded sentence is where something is or goes: "en Grèce", "vers le port"."""
    return bool(_AT.search(folded, max(0, start - 20), start))


def _distance(bare: Bare, places: list[int]) -> int:
    """How far the question's words are, in characters; the two nearest count."""
    return sum(sorted(max(bare.start - place, place - bare.end, 0) for place in places)[:2])


def _dates(read: Read) -> Iterator[Bare]:
    asked = read.asked
    told = {(date.year, date.month, date.day) for date in asked.dates}
    year_asked = _YEAR_ASKED.search(fold(asked.text))
    for date in _joined(read.sentence, dates_of(read.sentence, read.language)):
        if (date.year, date.month, date.day) in told:
            continue
        fit = 1.0 if date.day and date.month else 0.9 if date.year else 0.8 if date.month else 0.6
        if (asked.years and date.year and date.year not in asked.years) or (year_asked and not date.year):
            fit = 0.2
        until = _UNTIL_DAY.match(read.sentence, date.end) if date.day and date.month else None
        end = until.end() if until and date.day and int(until["day"]) > date.day else date.end
        yield Bare(date.start, end, fit, f"{date.year or ''}-{date.month or ''}-{date.day or ''}")


def _joined(sentence: str, dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates, those of a span as one: "les 2 et 3 décembre", "du 4 au 9 mai"."""
    joined: list[DateMention] = []
    for date in dates:
        if joined and _UNTIL.fullmatch(sentence, joined[-1].end, date.start):
            joined[-1] = replace(date, start=joined[-1].start)
        else:
            joined.append(date)
    return joined


def _names(read: Read) -> Iterator[Bare]:
    asked, sentence = read.asked, read.sentence
    told = [name.text for name in names_of(asked.text, asked.language)]
    known = {(place.start, place.end): place.things for place in places_of(sentence, read.language)}
    led = _led(read) if asked.wanted in ("country", "place") and _TOWARDS_ASKED.search(fold(asked.text)) else []
    found: list[Bare] = []
    for name in names_of(sentence, read.language):
        if asked.says(name.text, read.language) or any(same_name(name.text, other) for other in told):
            continue
        things = known.get((name.start, name.end), frozenset())
        fit = _fit_of_name(read, name, things)
        if led and name.start not in led:
            continue
        if fit:
            found.append(Bare(name.start, name.end, fit, min(things, default=fold(name.text))))
    best = max((bare.fit for bare in found), default=0.0)
    rivals = len({bare.value for bare in found if bare.fit == best})
    doubtful = asked.wanted in _LOOSE and not asked.several and rivals > 1
    yield from (replace(bare, fit=bare.fit * 0.7) for bare in found) if doubtful else found


@lru_cache(maxsize=256)
def _asks_for_office(question: str) -> bool:
    """Whether a question asks what somebody's office or trade is."""
    return bool(_OFFICE_ASKED.search(fold(question)))


def _led(read: Read) -> list[int]:
    """Where the names begin to which somebody or something goes: "vers le Koweït"."""
    names = names_of(read.sentence, read.language)
    return [one.start for one in names if _TOWARDS.search(read.folded, max(0, one.start - 20), one.start)]


def _fit_of_name(read: Read, name: Name, things: frozenset[str]) -> float:
    wanted = read.asked.wanted
    country = any(is_country(thing) for thing in things)
    body = any(is_body(thing) for thing in things) or name.text.isupper()
    located = is_led_to(read.folded, name.start)
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


def _reasons(read: Read) -> Iterator[Bare]:
    for match in _BECAUSE.finditer(read.folded):
        fit = 0.9 if match["surely"] else 0.5
        close = _CLAUSE_END.search(read.sentence, match.end())
        end = close.start() if close else len(read.sentence.rstrip(' .»"”'))
        if 10 < end - match.start() <= LONGEST:
            yield Bare(match.start(), end, fit, fold(read.sentence[match.start() : end]))


def _definitions(read: Read) -> Iterator[Bare]:
    """What stands in apposition to the name asked about, after it or before it."""
    told = [name.text for name in names_of(read.asked.text, read.asked.language)]
    for name in names_of(read.sentence, read.language):
        if any(same_name(name.text, other) for other in told):
            after = _AFTER.match(read.sentence, name.end)
            before = _BEFORE.match(read.sentence, 0, name.start) if name.start <= LONGEST else None
            if before and fold(before[1].split()[0]) in NO_NOUNS:  # in front, an apposition has no article
                before = None
            for match in (after, before):
                if match and not _NO_APPOSITION[read_as(read.language)].match(match[1]):
                    yield Bare(*match.span(1), 0.9, fold(match[1]))


_READERS: dict[Wanted, Callable[[Read], Iterator[Bare]]] = {
    **dict.fromkeys(AMOUNTS, amounts),
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
_AT = re.compile(r"\b(?:a|au|aux|en|dans|pres de|pres d|vers|depuis|in|at|near|from|to|sur) (?:l[ae]s? |l.|the )?$")
_TOWARDS = re.compile(r"\b(?:vers|to|toward|towards|pour) (?:l[ae]s? |l'|the )?$")
_TOWARDS_ASKED = re.compile(  # "Où le Canada déplace-t-il ses soldats ?"
    r"\b(?:vers|to|towards?) (?:quel|which|what)|"
    r"^\W*(?:ou|dans quel(?:le)?s? \w+|where|(?:to |in )?(?:which|what) countr\w+)\b[^?]*"
    r"\b(?:(?:deplac|transfer|envo[iy]|redeploi|redeploy|relocalis|relocat)\w*|moved?|sen[dt]|ship(?:ped)?)\b"
)
_OFFICE_ASKED = re.compile(
    r"\b(?:quel(?:le)?|what)\b[^?]{0,20}"
    r"\b(?:(?<!bureau de )(?<!bureaux de )poste|fonction|metier|profession|job|occupation)\b|"
    r"^(?:poste|fonction|metier|profession) d"
)
_TITLED = re.compile(
    r"\b(?:m|mm|mme|mr|mrs|ms|dr|general|generale|colonel|capitaine|president|presidente|ministre|minister|"
    r"porte-parole|maire|depute|deputee|secretaire|directeur|directrice|senateur|chef|captain|mayor|senator|"
    r"spokesman|spokeswoman|director|judge|juge)\.? $"
)
_BECAUSE = re.compile(
    r"\b(?:(?P<surely>parce qu[e']|en raison d|a cause d|du fait d|faute d|afin d|en invoquant |au motif |"
    r"(?<!n')invoque(?:nt)? (?!aucun)|(?:par|de) (?:crainte|peur) d|(?:est|sont) due?s? a(?:ux?)? |"
    r"s'explique(?:nt)? par |sous pretexte d|because|due to|owing to|in order to|for fear of )|"
    r"car |grace a|a la suite d|suite a|apres |pour (?!cent\b)|face a|after |following |as a result of)"
)
_LISTED = re.compile(
    r"(?:, ?|,? (?:et|ou|and|or|ainsi que|as well as) )(?:et |and )?(?:encore |aussi |notamment |also )?"
    r"(?:(?:de|du|des|en|au|aux|à|avec|par|in|of|the|le|la|les) |[dl]['’])*"
)
_UNTIL = re.compile(r" (?:et|au|and|to|-|–) (?:le |the )?")
_UNTIL_DAY = re.compile(  # "Aug. 13-17", "June 25 and 27"
    r"(?<=\d)(?:[-–]| (?P<apart>and|to) )(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?\b(?![:%]|[.,]\d| ?[ap]\.?m\b)"
    r"(?(apart)(?= (?:in|at|on)\b|[,.;)]|$))"
)
_YEAR_ASKED = re.compile(r"\b(?:quelle annee|(?:what|which) year)\b")
_CLAUSE_END = re.compile(r"[.;»]|, (?:a|ont|selon|explique|indique|precise|affirme)\b")
_NO_APPOSITION = {  # what is told of somebody else, or that somebody does
    "fr": re.compile(r"(?:et|ou|est|a|ont|sont|était|avait|va) ", re.I),
    "en": re.compile(r"(?:and|or|is|was|has|had|will|would|said|says) ", re.I),
}
_AFTER = re.compile(r",? ?[,(] ?((?:l[ea’'] ?|les |un |une |the |an? )?[^\s,.;()«»]+ [^,.;()«»]{3,110})(?=[,.;()]|$)")
_BEFORE = re.compile(r"^((?!\d)[^\s,.;()«»]+ [^.;«»]{3,190}), $")
