"""Takes a question apart: its language, the terms to look for, the names in it and the kind of answer it wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rag.answering.asking.wanted import Wanted, wanted_by, wants_several, words_of_amount, words_of_state
from rag.index.lexicon import expand
from rag.language.dates import DateMention, date_mentions
from rag.language.detection import question_language
from rag.language.folding import fold_in_place
from rag.language.gazetteer import Mention, ends_a_name, is_country_name, mentions, stands_in_a_name
from rag.language.rarity import rarity
from rag.language.words import Word, query_stems, stems, words
from rag.schema import Language


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question that carries meaning, with the stems it may have in either language."""

    word: str
    stems: frozenset[str]
    weight: float  # rarity in the corpus and in news in general, > 0
    known: bool  # does any article contain it, or need none to?


@dataclass(frozen=True)
class Asked:
    """A question, taken apart."""

    text: str
    language: Language
    terms: tuple[Term, ...]
    names: tuple[Term, ...]  # those of the terms that are proper names
    wanted: Wanted | None
    several: bool  # is a list wanted?
    places: tuple[Mention, ...]  # countries, peoples, governments and international bodies that it names
    counted: Term | None  # what is counted, when a number is wanted
    dates: tuple[DateMention, ...]  # the time asked about
    regions: tuple[Mention, ...] = ()  # parts of the world that it names, which an article need not name
    other_forms: tuple[tuple[str, str], ...] = ()  # its names that articles have in another form: an acronym, in full
    changing: bool = False  # is it asked how the value wanted has changed over time?

    @cached_property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms)

    @cached_property
    def years(self) -> frozenset[int]:
        return frozenset(date.year for date in self.dates if date.year)

    @cached_property
    def things(self) -> frozenset[str]:
        """What its places and regions are."""
        return frozenset[str]().union(*(place.things for place in (*self.places, *self.regions)))

    @cached_property
    def further_names(self) -> tuple[Term, ...]:
        """Its names that belong to none of its places."""
        return tuple(name for name in self.names if not self.is_placed(name))

    @cached_property
    def said(self) -> frozenset[str]:
        """The stems of all terms."""
        return frozenset[str]().union(*(term.stems for term in self.terms))

    def with_other_forms(self, forms: Sequence[tuple[str, str]]) -> Asked:
        """The question with the words of a name that stand for its acronym too, where articles have that."""
        acronyms = {form: frozenset(query_stems(other)) for form, other in forms if " " in form}
        of = {word.text: acronym for form, acronym in acronyms.items() for word in words(form)}
        wider = {term: replace(term, stems=term.stems | of.get(term.word, frozenset())) for term in self.terms}
        names = tuple(wider.get(name, name) for name in self.names)
        return replace(self, terms=tuple(wider.values()), names=names, other_forms=tuple(forms))

    def is_placed(self, term: Term) -> bool:
        """Whether a term belongs to a country, people or body that the question names."""
        found = re.search(rf"\b{re.escape(term.word)}\b", self.text)
        return any(found and place.start <= found.start() < place.end for place in self.places)

    def is_of_a_date(self, term: Term) -> bool:
        """Whether a term belongs to the time that the question asks about."""
        start = self.text.find(term.word)
        return any(date.start <= start < date.end for date in self.dates)

    def says(self, text: str, language: str) -> bool:
        """Whether every word of a text that carries meaning is a term of the question."""
        found = stems(text, language)
        return bool(found) and all(stem in self.said for stem in found)

    def coverage(self, stems: frozenset[str]) -> float:
        """The share (0..1) of the question's terms, weighted by rarity, that are among `stems`."""
        return sum(term.weight for term in self.terms if term.stems & stems) / self.weight if self.terms else 0.0

    def coverage_of_rest(self, stems: frozenset[str], context: frozenset[str]) -> float:
        """The share (0..1) of the terms that `context` lacks that are among `stems`; 0.5 when it lacks none."""
        rest = [term for term in self.terms if not term.stems & context]
        whole = sum(term.weight for term in rest)
        return sum(term.weight for term in rest if term.stems & stems) / whole if rest else 0.5

    def place_coverage(self, things: frozenset[str]) -> float:
        """The share (0..1) of the countries and bodies named that are among `things`; 1 when it names none."""
        return sum(1 for place in self.places if place.things & things) / len(self.places) if self.places else 1.0

    def name_coverage(self, stems: frozenset[str]) -> float:
        """The share (0..1) of the names, but for places, that are among `stems`; 1 when it has none."""
        names = self.further_names
        return sum(1 for name in names if name.stems & stems) / len(names) if names else 1.0


def analyse(question: str, frequency: Callable[[str], int], passages: int) -> Asked:
    """Take a question apart.

    Args:
        frequency: number of passages of the corpus that contain a stem.
        passages: number of passages of the corpus.
    """
    found, language = words(question), question_language(question)
    dates, amounts = tuple(date_mentions(question, language)), words_of_amount(question)
    sought = frozenset(query_stems(question))
    terms, names, states = [], [], words_of_state(question)
    places, regions = _places(question, language)
    for word in found:
        stems = sought & frozenset(query_stems(word.text))
        if not stems or any(start <= word.start < end for start, end in states):
            continue
        meant = stems.union(expand(sorted(stems), language))
        found_in = max(frequency(stem) for stem in meant)
        weight = rarity(stems, found_in, passages)
        if any(date.start <= word.start < date.end for date in dates):
            weight *= OF_DATES
        of_amount = any(start <= word.start < end for start, end in amounts)
        if of_amount:
            weight *= OF_AMOUNTS
        of_region = any(place.start <= word.start < place.end for place in regions)
        term = Term(word.text, meant, weight, known=found_in > 0 or of_amount or of_region)
        terms.append(term)
        if _is_name(word, question) and not of_region:
            names.append(term)
    wanted = wanted_by(question)
    return Asked(
        text=question,
        language=language,
        terms=tuple(dict.fromkeys(terms)),
        names=tuple(dict.fromkeys(names)),
        places=places,
        wanted=wanted,
        several=wants_several(question),
        counted=_counted(question, terms, language) if wanted == "number" else None,
        dates=dates,
        regions=regions,
    )


def _places(question: str, language: Language) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The countries and bodies that a question names, and the parts of the world."""
    found = mentions(question, language)
    regions = [one for one in found if one.is_region and not stands_in_a_name(question, one)]
    places = tuple(one for one in found if not one.is_region and not _is_namesake(question, one, found))
    return places, tuple(regions)


def _is_namesake(question: str, place: Mention, found: Sequence[Mention]) -> bool:
    """Whether the name of a country ends that of somebody or something: "Olivia Jordan", "Air France".

    Not after another country, nor in a question without a mark, which has capitals side by side: "morts Covid Italie".
    """
    before = question[: place.start]
    inside = before.endswith(" ") and " " in before.rstrip()  # the first word has a capital anyway
    if not inside or not question.rstrip().endswith("?") or not is_country_name(question[place.start : place.end]):
        return False
    return ends_a_name(question, place) and all(one.end != len(before.rstrip()) for one in found)


OF_DATES = 0.5  # weight of the words of a date: an article of that day seldom says it, and the time is compared as such
OF_AMOUNTS = 0.5  # weight of words that only say what kind of amount is wanted, for the same reason
_COUNTING = re.compile(r"\b(?:combien|nombre|how many|number)\b")


def _counted(question: str, terms: Sequence[Term], language: Language) -> Term | None:
    """What a question counts or measures: soldiers in "how many soldiers are there", the speed in "at what speed"."""
    sign = _COUNTING.search(fold_in_place(question))
    after = sign.end() if sign else 0
    found = [term for term in terms if question.find(term.word) >= after]
    places = {place.start for place in mentions(question, language)} if language == "en" else set()
    if len(found) > 1 and question.find(found[0].word) in places:  # "how many Danish soldiers"
        beside = question.find(found[1].word) == question.find(found[0].word) + len(found[0].word) + 1
        return found[1] if beside else found[0]
    return next(iter(found), None)


def _is_name(word: Word, question: str) -> bool:
    """A capital inside a sentence marks a name; at its start, or when everything is in capitals, it marks nothing."""
    if not word.text[:1].isupper() or question.upper() == question:
        return False
    before = question[: word.start].rstrip(" «“\"'(¿¡\u00a0\u202f")
    at_start = not before or before[-1] in ".?!…:"
    return not at_start or (word.text.isupper() and len(word.text) > 1)
