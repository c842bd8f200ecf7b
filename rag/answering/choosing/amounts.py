"""Finds numbers in a sentence with their noun, and tells whether they count what the question counts, and whose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.answering.asking.nouns import same_nouns
from rag.answering.asking.question import Asked
from rag.answering.choosing.offered import NO_NOUNS, Bare, Read
from rag.language.facts import quantities_of, things_of
from rag.language.folding import fold, fold_in_place
from rag.language.gazetteer import mentions
from rag.language.numbers import Quantity
from rag.language.words import Word, stems, words

WORDS_BEFORE = 3  # words before a number among which the thing measured is looked for
OF_A_WHOLE = 0.6  # fit of a number of which only a part is told of: "une partie de ses 120 soldats"
CONVERTED = 0.5  # share of its fit that is left to a sum that repeats another in a currency of its own
OLDEST = 120  # years
WORDS_AFTER = 4  # words after a number among which the thing counted is looked for


def amounts(read: Read) -> Iterator[Bare]:
    """The numbers of a sentence, with their nouns and what limits them ("environ 300 marins")."""
    asked, sentence = read.asked, read.sentence
    told = {number.value for number in quantities_of(asked.text, asked.language)}
    for lead, number in _whole(read, quantities_of(sentence, read.language)):
        following = words(sentence[number.end : number.end + 80])[:WORDS_AFTER]
        noun, time = _counted(read, following), _TIME.match(read.folded, number.end)
        measure = None if noun else _measure(read, number)
        if number.value in told and not noun:
            continue
        end = time.end() if time else number.end + _with_noun(read, sentence[number.end :], following)
        end = number.end + _with_asked(read, following, noun) if noun else end
        end = end_of_unit(sentence, end)
        start = min(found for found in (measure, start_of_bound(sentence, number.start), lead) if found is not None)
        counts = noun is not None or measure is not None or _left_out(read, number)
        fit = _fit(read, number, counts=counts, time=time is not None)
        fit *= CONVERTED if _CONVERTED.search(sentence, max(0, number.start - 50), number.start) else 1.0
        yield Bare(start, end, fit, f"{number.value:g}{number.unit or ''}")


def _is_apposed(sentence: str, number: Quantity) -> bool:
    """Whether a number stands after a name, between commas or in brackets, as ages do: "Anne Berg, 38, said"."""
    if number.unit or not 0 < number.value < OLDEST:
        return False
    return bool(_NAME_BEFORE.search(sentence, max(0, number.start - 40), number.start)) and (
        sentence[number.end : number.end + 1] in (",", ")", ".")
    )


def is_of_something_else(asked: Asked, sentence: str, start: int, end: int) -> bool:
    """Whether an age is that of a relative of whom is asked about, or a time is when and not for how long.

    As in "Anne Berg's 20-year-old son" and "deux ans à l'avance".
    """
    if asked.wanted == "age":
        owner = _OWNER.search(sentence, max(0, start - 40), start)
        return owner is not None and any(owner[1] == name.word for name in asked.names)
    return asked.wanted == "duration" and bool(_OFFSET.match(fold_in_place(sentence[end : end + 30])))


def start_of_bound(sentence: str, start: int) -> int:
    """Where what limits a number begins, if it stands right before: "at least 72 people"."""
    about = _ABOUT.search(sentence, max(0, start - 30), start)
    return about.start() if about else start


def end_of_unit(sentence: str, end: int) -> int:
    """Where a number ends with the rest of its unit: "339 km/h", "19-year-old", "322-foot-tall"."""
    rest = _UNIT_GOES_ON.match(sentence, end)
    return rest.end() if rest else end


def _whole(read: Read, numbers: Sequence[Quantity]) -> Iterator[tuple[int, Quantity]]:
    """The numbers with where they begin; of a range only its end, beginning where the range does: "entre 5 et 9"."""
    ranges = [_is_range(read, low, high) for low, high in pairwise(numbers)]
    for place, number in enumerate(numbers):
        if place < len(ranges) and ranges[place]:
            continue
        if place and ranges[place - 1]:
            before = numbers[place - 1].start
            led = _BETWEEN.search(read.sentence, max(0, before - 10), before)
            yield led.start() if led else before, number
        else:
            yield number.start, number


def _is_range(read: Read, low: Quantity, high: Quantity) -> bool:
    """Whether two numbers that follow on each other are the ends of one range, and not what was before and after."""
    if not low.value < high.value:
        return False
    before = max(0, low.start - 60)
    if _AND.fullmatch(read.sentence, low.end, high.start):
        return bool(_BETWEEN.search(read.sentence, before, low.start))
    if not _TO.fullmatch(read.sentence, low.end, high.start):
        return False
    return not _CHANGED_FROM.search(read.folded, before, low.start) and not _MODEL.search(
        read.sentence, before, low.start
    )


def _fit(read: Read, number: Quantity, *, counts: bool, time: bool) -> float:
    wanted = read.asked.wanted
    if wanted == "number":
        if counts:
            fit = 1.0 - _of_another_party(read, number)
            return min(fit, OF_A_WHOLE) if _PART_OF.search(read.folded, 0, number.start) else fit
        plain = 0.3 if number.unit or time else 0.6
        return plain if read.asked.counted else plain + 0.2
    if wanted == "money":
        fits = number.unit not in (None, "%")
    elif wanted == "share":
        fits = number.unit == "%"
    elif wanted == "age":
        fits = bool(_AGE.match(read.folded, number.end)) or _is_apposed(read.sentence, number)
    else:
        fits = time
    return 1.0 if fits else 0.2


def _of_another_party(read: Read, number: Quantity) -> float:
    """0.8 when the words about the number name another country or body than the question does, 0.3 when none.

    Where the question says whose the thing counted is ("soldats britanniques"), it is compared with whose it is here.
    """
    if not read.asked.places:
        return 0.0
    sought = _party_asked(read)
    if sought and (own := _beside(read, number)):
        return 0.0 if own & sought else 0.8
    close = _NEXT_PART.search(read.sentence, number.end)
    after = read.sentence[number.end : close.start() if close else number.end + 60]
    before = _LAST_PART.split(read.sentence[max(0, number.start - 60) : number.start])[-1]
    named = [things for part in (after, before) if (things := things_of(part, read.language))]
    if not named:
        return 0.3
    if not sought:
        return 0.0 if named[0] & read.asked.things else 0.8
    if any(things & sought for things in named):
        return 0.0
    return 0.8 if any(things - read.asked.things for things in named) else 0.3


def _party_asked(read: Read) -> frozenset[str]:
    """Whose the thing is that the question counts: GB in "combien de soldats britanniques sont en Irak"."""
    asked = read.asked
    if asked.counted is None:
        return frozenset()
    start = asked.text.find(asked.counted.word)
    for place in asked.places:
        gap = place.start - (start + len(asked.counted.word)) if place.start > start else start - place.end
        if 0 <= gap <= 1:
            return place.things
    return frozenset()


def _beside(read: Read, number: Quantity) -> frozenset[str]:
    """Whose the thing beside a number is: the people named right after its noun, or before it, as in English."""
    close = _NEXT_PART.search(read.sentence, number.end)
    part = read.sentence[number.end : close.start() if close else number.end + 80]
    counted = _counted(read, words(part)[:WORDS_AFTER])
    first = next(iter(mentions(part, read.language)), None)
    return first.things if first and first.start <= (counted.end if counted else 0) + 1 else frozenset()


def _left_out(read: Read, number: Quantity) -> bool:
    """Whether the thing counted is left out, as it was said before: "500 soldats canadiens, 400 britanniques"."""
    sought = _party_asked(read)
    if not sought or read.asked.counted is None or not _beside(read, number) & sought:
        return False
    return bool(same_nouns(read.asked.counted.stems) & set(stems(read.sentence[: number.start], read.language)))


def _counted(read: Read, following: Sequence[Word]) -> Word | None:
    """The thing that the question counts, among the words after a number."""
    counted = read.asked.counted
    if counted is None:
        return None
    meant = same_nouns(counted.stems)
    return next((word for word in following if meant & set(stems(word.text, read.language))), None)


def _measure(read: Read, number: Quantity) -> int | None:
    """Where what the question asks the measure of stands, right before the number: "une magnitude de 3,3"."""
    if read.asked.counted is None:
        return None
    opening = number.start - len(_LAST_PART.split(read.sentence[max(0, number.start - 30) : number.start])[-1])
    before = words(read.sentence[opening : number.start])[-WORDS_BEFORE:]
    found = [word for word in before if read.asked.counted.stems & set(stems(word.text, read.language))]
    return opening + found[-1].start if found else None


def _with_asked(read: Read, following: Sequence[Word], noun: Word) -> int:
    """Where a noun ends with what belongs to it: words of the question after it, "poids lourds", "soldats canadiens".

    In English a verb follows, "14 sailors drowned", unless the noun says of which kind the next is, "job cuts".
    """
    after = following[following.index(noun) + 1 :]
    if read.language == "en":
        compound = after and after[0].start == noun.end + 1 and _qualifies(noun.text, after[0].text)
        return after[0].end if compound else noun.end
    end = noun.end
    for word in after:
        found = stems(word.text, read.language)
        if word.start != end + 1 or not found or not read.asked.said.issuperset(found):
            break
        if _DOES.fullmatch(fold(word.text)) and noun.text.endswith(("s", "x")):
            break  # "deux avions atterrissent"
        end = word.end
    return end


def _qualifies(noun: str, following: str) -> bool:
    """Whether an English noun in the singular says of which kind the plural after it is: "job cuts"."""
    if noun.endswith("s") or noun.lower() in _PLURAL or fold(following) in NO_NOUNS:
        return False
    return following.islower() and following.endswith("s") and not following.endswith(("ss", "us", "is"))


def _with_noun(read: Read, after: str, following: Sequence[Word]) -> int:
    """Where the word after a number ends, when nothing but a space parts them and it is no name; else 0.

    In English the word may say of which kind the plural after it is: "13,000 regular employees".
    """
    if not following or after[: following[0].start].strip() or not following[0].text[:1].islower():
        return 0
    if fold(following[0].text) in NO_NOUNS:
        return 0
    if read.language == "en" and len(following) > 1 and following[1].start == following[0].end + 1:
        return following[1].end if _qualifies(following[0].text, following[1].text) else following[0].end
    return following[0].end


_PLURAL = frozenset({"people", "men", "women", "children", "police", "staff", "personnel", "percent"})
_PART_OF = re.compile(
    r"\b(?:partie|moitie|tiers|quart|plupart|majorite|part|half|third|some|most) (?:de |des |d'|of )"
    r"(?:(?:s|l|n)es |leurs |nos |its |their |the |ces )?(?:quelque |quelques |about |environ )?$"
)
_ABOUT = re.compile(
    r"\b(?:près d[e’']|(?:pas |un peu |bien |beaucoup )?(?:plus|moins) d[e’']|environ|quelque|au moins|jusqu['’]à|"
    r"autour d[e’']|à partir d[e’']|presque|about|around|roughly|approximately|nearly|almost|"
    r"(?:no |not |far |well )?(?:more|less|fewer) than|at least|up to|some|over) ?$",
    re.I,
)
_BETWEEN = re.compile(r"\b(?:entre|between) $", re.I)
_AND = re.compile(r" ?[%€$£]? (?:et|and) [€$£]?")
_TO = re.compile(r" ?[%€$£]?(?: ?[-–] ?| à | to )[€$£]?")
_CHANGED_FROM = re.compile(  # "est passe de", "rose from"
    r"\b(?:pass|augment|baiss|mont|descend|tomb|chut|bond|grimp|recul|progress|relev|abaiss|port|ramen|redui|"
    r"r[oi]se|rising|f[ea]ll|gr[eo]w|jump|drop|went|climb|increas|decreas|cut|raised|lowered|up|down)\w{0,6} "
    r"(?:[^ ]{1,12} ){0,3}(?:de|d'|from) $"
)
_MODEL = re.compile(r"\b[A-ZÀ-Þ]\w+ $")  # "Boeing 737-800"
_CONVERTED = re.compile(r"\d[^()\d]{1,25}\((?:environ |soit |près de |about |around |or )?[€$£]?$")
_TIME = re.compile(
    r"[ \u00a0\u202f-](?:secondes?|minutes?|heures?|jours?|semaines?|mois|annees?|ans|seconds?|hours?|days?|weeks?|"
    r"months?|years?)\b"
)
_OFFSET = re.compile(r" (?:a l'avance|plus tot|plus tard|auparavant|in advance|ago|earlier|later)\b")
_NAME_BEFORE = re.compile(r"\b[A-ZÀ-Þ][\w'’-]+(?:, | ?\()$")
_OWNER = re.compile(r"\b(\w+)['’]s $")
_UNIT_GOES_ON = re.compile(r"/[a-zA-Z]{1,4}\b|-(?:old|tall|wide|long|high|deep)\b|(?<=mètres) (?:cube|carré)s?\b")
_DOES = re.compile(r"[a-z]{2,}(?:ent|aient|erent)")
_AGE = re.compile(r"[ \u00a0\u202f-](?:ans\b|years? old|-?year-old)")
_LAST_PART = re.compile(r"[,;.:)«»\d]|\b(?:et|and)\b")
_NEXT_PART = re.compile(r"[,;.:()«»\d]|\b(?:et|and)\b")
