"""Finds the quantities in a French or English text as values: "5 200", "quatorze", "une soixantaine", "1,5 million"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rag.language.dates import date_mentions
from rag.language.folding import fold_in_place
from rag.language.numerals import DECIMAL, GROUPED, OPENING_WORDS, number_in_words, opens_number, plain_digits

# Rules of our own: text2num reads number words, but gives neither offsets nor units nor "une soixantaine".


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text states it: `text[start:end]` is how, `value` is how much."""

    value: float  # without its sign: "-5 %" is 5
    start: int
    end: int
    approximate: bool = False  # "une soixantaine", "quelque 200", "plus de 1.400"
    unit: str | None = None  # "%" or a currency sign


def quantities(text: str, language: str = "fr") -> list[Quantity]:
    """The quantities a text states, in order.

    Not taken for quantities: the numbers of dates, times ("14h30"), ranks ("2e") and names ("G20", "Covid-19"),
    articles ("un soldat", "one soldier"), fractions ("deux tiers") and plurals without a value ("des milliers",
    "several hundred").

    Args:
        language: "fr" or "en"; it decides which number words are read, and "1.500" (1500 in French).
    """
    folded = fold_in_place(text)
    dates = {place for date in date_mentions(text, language) for place in range(date.start, date.end)}
    found: list[Quantity] = []
    position = 0
    while match := _NUMBER.search(folded, position):
        position = match.end()
        quantity = None if match.start() in dates else _quantity(match, folded, language)
        if quantity and found and quantity.start < found[-1].end:  # "5 € 7": the sign is taken
            quantity = replace(quantity, start=match.start(), unit=None)
        if quantity:
            found.append(quantity)
            position = max(position, quantity.end)
    return found


_SPACE = "[ \u00a0\u2009\u202f]"
_NUMBER = re.compile(
    rf"(?<![\w.,/])(?<!\d:)(?<!\d{{4}}-)(?:(?P<digits>{GROUPED}|{DECIMAL}|\d+)(?![.,:/]?\d)|(?P<word>{'|'.join(sorted(OPENING_WORDS))})(?!\w))"
)
_NUMBER_WORD = re.compile(rf"([a-z]+)(?:{_SPACE}|-|(?!\w))")

_SCALES = (
    {"dozen": 12.0, "dizaines": 10.0, "douzaines": 12.0, "hundred": 1e2, "centaines": 1e2}
    | {"k": 1e3, "mille": 1e3, "thousand": 1e3, "millier": 1e3, "milliers": 1e3}
    | {"m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6}
    | {"b": 1e9, "bn": 1e9, "md": 1e9, "mds": 1e9, "mrd": 1e9, "milliard": 1e9, "milliards": 1e9}
    | {"tn": 1e12, "trillion": 1e12, "trillions": 1e12}
)
_BILLION = {"fr": 1e12, "en": 1e9}
_SCALE = re.compile(rf"{_SPACE}?(?P<word>{'|'.join(sorted([*_SCALES, 'billions?'], key=len, reverse=True))})(?![\w'])")
_HALF = re.compile(rf"{_SPACE}(?:et{_SPACE}demie?|and{_SPACE}a{_SPACE}half)(?!\w)")
_UNIT = re.compile(
    rf"(?P<percent>{_SPACE}?%|{_SPACE}(?:pour{_SPACE}cent|per{_SPACE}?cent|pct)\b)"
    rf"|{_SPACE}?(?:d'|de{_SPACE})?(?P<money>[€$£¥]|(?:euros?|eur|dollars?|usd|livres{_SPACE}sterling|yens?)\b)"
)
_SIGNS = {"e": "€", "d": "$", "u": "$", "l": "£", "y": "¥"}
_CURRENCY = re.compile(rf"([€$£¥]){_SPACE}?$")
_MEASURE = re.compile(r"(?:[kcm]?m2?|k?g|t|ha|[kmg]wh?)(?!\w)")

_ABOUT = re.compile(
    r"\b(?:quelques?|environ|presque|pres d(?:e |')|autour d(?:e |')|(?:plus|moins) d(?:e |')|au (?:moins|plus)|"
    r"jusqu'a|about|around|some|nearly|almost|approximately|roughly|over|under|at (?:least|most)|up to|"
    r"(?:more|less|fewer) than|as many as)(?: ?(?:les|des|the))? ?(?:us)?[€$£¥]? ?$"
)
_OR_SO = re.compile(rf"{_SPACE}(?:environ|or{_SPACE}so)\b")
_ROUND = {
    "dizaine": 10,
    "douzaine": 12,
    "dozen": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
}
_ROUND_NUMBER = re.compile(
    rf"(?:une?|a){_SPACE}(?:(?:petite|bonne|grosse|demi|half|good){_SPACE})?(?P<round>{'|'.join(_ROUND)})(?!\w)"
    rf"(?:{_SPACE}de{_SPACE}(?P<scale>milliers|millions|milliards)(?!\w))?"
)
_LONGEST = 30  # digits of a number, words of one, letters of a hedge before it


def _quantity(match: re.Match[str], folded: str, language: str) -> Quantity | None:
    if match["digits"]:
        return _in_digits(match, folded, language)
    if not opens_number(match["word"], language):
        return None
    round_number = _ROUND_NUMBER.match(folded, match.start())
    if round_number:
        value = _ROUND[round_number["round"]] * _SCALES.get(round_number["scale"], 1.0)
        return _stated(value, match.start(), round_number.end(), folded, approximate=True)
    return _in_words(match, folded, language)


def _in_words(match: re.Match[str], folded: str, language: str) -> Quantity | None:
    run = _run_of_words(folded, match.start())
    value, taken = number_in_words([word[1] for word in run], language)
    if not taken or (taken == 1 and match["word"] == "neuf" and not _PLURAL.match(folded, run[0].end(1))):
        return None
    end = run[taken - 1].end(1)
    if _FRACTION.match(folded, end):
        return None
    half = _HALF.match(folded, end)
    if half:
        return _stated(value + _scale(run[taken - 1][1], language) / 2, match.start(), half.end(), folded)
    tens = _TENS.match(folded, end)
    if tens:
        return _stated(value * _SCALES[tens[1]], match.start(), tens.end(), folded)
    return _stated(float(value), match.start(), end, folded)


def _run_of_words(folded: str, start: int) -> list[re.Match[str]]:
    """The words from `start` on that nothing but a space or a hyphen parts, as many as a number can have."""
    run: list[re.Match[str]] = []
    while len(run) < _LONGEST and (word := _NUMBER_WORD.match(folded, start)):
        run.append(word)
        if word.end() == word.end(1):
            break
        start = word.end()
    return run


def _in_digits(match: re.Match[str], folded: str, language: str) -> Quantity | None:
    start, end = match.span()
    if end - start > _LONGEST or _NAME_BEFORE.search(folded, max(0, start - 5), start):
        return None
    numeral, percent, multiple = match["digits"], _UNIT.match(folded, end), 1.0
    scale = _SCALE.match(folded, end)
    if scale and _is_scale(scale, folded, start):
        multiple, end = _scale(scale["word"], language), scale.end()
    elif folded[end : end + 1].isalpha() and not _MEASURE.match(folded, end):
        return None
    if re.fullmatch(r"\d{1,3}[.,]\d{3}", numeral) and (multiple > 1 or (percent and percent["percent"])):
        value = float(numeral.replace(",", "."))  # "1,375 million": nobody counts thousands of millions so
    else:
        value = float(plain_digits(numeral, language))
    half = _HALF.match(folded, end) if multiple > 1 else None
    if half:
        value, end = value + 0.5, half.end()
    return _stated(round(value * multiple, 6), start, end, folded)  # 5.2 * 1e6 is not 5200000 in binary


def _is_scale(scale: re.Match[str], folded: str, start: int) -> bool:
    """Whether a lone "k", "m" or "b" after digits multiplies them: beside a currency it does, else it is a measure."""
    if len(scale["word"]) > 1:
        return True
    after = _UNIT.match(folded, scale.end())
    return bool(_CURRENCY.search(folded, max(0, start - 2), start) or (after and after["money"]))


def _scale(word: str, language: str) -> float:
    return _BILLION.get(language, 1e9) if word.startswith("billion") else _SCALES.get(word, 1.0)


def _stated(value: float, start: int, end: int, folded: str, *, approximate: bool = False) -> Quantity:
    """The quantity with the unit and the hedge that stand around it."""
    before = (folded, max(0, start - _LONGEST), start)
    about = approximate or bool(_ABOUT.search(*before) or _OR_SO.match(folded, end))
    unit = _UNIT.match(folded, end)
    if unit:
        sign = "%" if unit["percent"] else _SIGNS.get(unit["money"][0], unit["money"][0])
        return Quantity(value, start, unit.end(), about, sign)
    currency = _CURRENCY.search(*before)
    if currency:
        return Quantity(value, currency.start(), end, about, currency[1])
    return Quantity(value, start, end, about)


_PLURAL = re.compile(rf"{_SPACE}(?:[a-z]+[sx]\b|mille\b)")  # "neuf soldats", but "un avion neuf"
_TENS = re.compile(rf"{_SPACE}(dozen|dizaines|douzaines|centaines)(?!\w)")
_FRACTION = re.compile(rf"{_SPACE}(?:tiers|quarts?|cinquiemes?|dixiemes?|thirds?|quarters|fifths?|tenths?)(?!\w)")
_NAME_BEFORE = re.compile(rf"[^\W\d_]-$|\b(?:n°|no\.){_SPACE}?$")  # Covid-19, n° 5, No. 5
