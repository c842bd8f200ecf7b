"""Checks what somebody else wrote: which sentences of the articles bear each statement out, and which deny it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from rag.answering.verifying.contradiction import contradiction
from rag.answering.verifying.guards import failed_guards
from rag.answering.verifying.likeness import Likeness
from rag.answering.verifying.pairing import ANCHORS, Pairing, quote
from rag.answering.verifying.predicates import is_unsaid, says_all
from rag.answering.verifying.publication import dated, is_publication
from rag.answering.verifying.statements import Statement, Unit, statements
from rag.answering.verifying.testimonies import Side, Testimony, cited, numbered, strongest
from rag.answering.verifying.windows import Similarity, Versions, names_in, paired, promising, says_enough, versions
from rag.errors import QuestionError
from rag.index.embedding import Encoder
from rag.language.dates import DateMention
from rag.language.detection import question_language
from rag.language.folding import fold
from rag.language.gazetteer import mentions
from rag.language.sentences import sentence_spans
from rag.schema import Answer, Article, Citation, Evidence, Finding, Language, Standing

# How a statement stands. A sentence bears it out only if rag.answering.verify would let it. Where all that bears it out
# is what somebody is quoted as saying, or holds possible, the articles do not say it themselves: that is "mixed", and
# the quote shows who says so. A denial counts whoever utters it, as it would in a newsroom: one's word is no proof, but
# against one's word there is no plain "supported" or "absent" either.

Search = Callable[[str], Sequence[Evidence]]
Ask = Callable[[str], Answer]

LONGEST_TEXT = 10_000  # characters
MOST_STATEMENTS = 50
MOST_CITATIONS = 3  # for each statement and side
MAINLY = 0.7  # share of the places where something happens in an article that are of the one country it is about
NEAR = 0.6  # confidence of an answer from which its first quote comes near a statement
LONGEST_ASKED = 500  # characters of a statement of which it is asked whether it is so
MOST_WINDOWS = 16  # sentences looked at closely for each statement


def check_statements(
    text: str, search: Search, articles: Mapping[str, Article], encoder: Encoder, ask: Ask | None = None
) -> tuple[Finding, ...]:
    """Find how each statement of a text stands with the articles.

    Sentences that ask something other than yes or no, or say nothing, are passed over.

    Args:
        search: finds passages for one statement.
        articles: those the passages come from, by id.
        ask: answers a question in quotes: where no sentence bears a statement out or denies it, what would answer
            whether it is so is shown as what comes nearest.

    Returns:
        A Finding for each statement, in order. A sentence cited more than once has one number.

    Raises:
        QuestionError: the text is too long, makes too many statements, or nothing in it can be true or false.
    """
    if len(text) > LONGEST_TEXT:
        raise QuestionError(
            f"the text has {len(text)} characters ({text[:20]!r}...); check at most {LONGEST_TEXT} at a time"
        )
    language = question_language(text)
    alike = Likeness(encoder)
    found = []
    for statement in statements_in(text, language):
        heard = strongest(_testimonies(statement, language, search(statement), articles, alike))
        found.append(_finding(statement, language, heard, ask))
    return tuple(numbered(found))


def statements_in(text: str, language: Language) -> tuple[str, ...]:
    """The sentences of a text that can be true or false.

    Raises:
        QuestionError: there is none, or there are too many.
    """
    sentences = [text[start:end] for start, end in sentence_spans(text, language)]
    stating = tuple(sentence for sentence in sentences if _states(sentence, language))
    if not stating:
        asks = "is a question: put it to `depeche ask`, or" if "?" in text else "states nothing;"
        raise QuestionError(f"{text[:60]!r} {asks} write a statement that is true or false")
    if len(stating) > MOST_STATEMENTS:
        raise QuestionError(f"the text makes {len(stating)} statements; check at most {MOST_STATEMENTS} at a time")
    return stating


_ASKING = re.compile(
    r"\W*(?:(?:[a-z]{1,10} ){0,2}(?:qui|que|qu'|quel(?:le)?s?|quand|ou|comment|pourquoi|combien|quoi|who|whom|whose"
    r"|what|when|where|why|how|which)\b)(?! est-ce\b)"
)


def _states(sentence: str, language: str) -> bool:
    if sentence.rstrip(_CLOSING).endswith("?") and _ASKING.match(fold(sentence[:80])):
        return False
    return any(statement.units for statement in statements(sentence, language))


def _finding(statement: str, language: Language, heard: Sequence[Testimony], ask: Ask | None) -> Finding:
    denied = [testimony for testimony in heard if testimony.side == "denies"]
    said = [testimony for testimony in heard if testimony.side == "says"]
    reported = [testimony for testimony in heard if testimony.side == "lets say"]
    return Finding(
        statement=statement,
        standing=_standing(said=bool(said), reported=bool(reported), denied=bool(denied)),
        language=language,
        supporting=cited([*said, *reported][:MOST_CITATIONS]),
        contradicting=cited(denied[:MOST_CITATIONS]),
        nearest=() if heard else _nearest(statement, language, ask),
    )


def _nearest(statement: str, language: Language, ask: Ask | None) -> tuple[Citation, ...]:
    """The quote that would answer whether a statement is so, which by its words neither bears it out nor denies it."""
    asked = statement.strip()
    if ask is None or len(asked) > LONGEST_ASKED:
        return ()
    if not asked.rstrip(_CLOSING).endswith("?"):
        asked = _IS_IT_SO[language].format(asked.strip(_CLOSING).rstrip(".! "))
    answer = ask(asked)
    if not answer.claims or (answer.confidence or 0) < NEAR:
        return ()
    return (replace(answer.claims[0].citations[0], number=0, bare=None),)


def _standing(*, said: bool, reported: bool, denied: bool) -> Standing:
    if said and not denied:
        return "supported"
    if denied and not said and not reported:
        return "contradicted"
    return "mixed" if said or reported else "absent"


def _testimonies(
    statement: str,
    language: str,
    evidence: Sequence[Evidence],
    articles: Mapping[str, Article],
    similarity: Similarity,
) -> Iterator[Testimony]:
    read: list[tuple[Statement, ...]] = []
    origin: dict[int, tuple[Article, int]] = {}  # by identity: of a text that two articles print, the better found
    for found in evidence:
        article = articles[found.passage.article_id]
        spoken = article.read_as
        passage = tuple(dated(sentence, article.published) for sentence in statements(found.passage.text, spoken))
        if passage and id(passage[0]) not in origin:
            read.append(passage)
            origin.update((id(sentence), (article, found.passage.start)) for sentence in passage)
    claimed = versions(statements(statement, language, names_in(read)))
    for window in promising(claimed, read, MOST_WINDOWS):
        article, offset = origin[id(window[0])]
        side, weight = _heard(_pairing(claimed, window, article), article, similarity)
        if side:
            yield Testimony(side, article, offset + window[0].start, offset + window[-1].end, weight)


def _heard(plain: Pairing, article: Article, similarity: Similarity) -> tuple[Side | None, float]:
    """What a window has to do with a claim, and how much of it it says."""
    if plain.coverage < _LEAST:
        return None, 0.0
    if _is_verbatim(plain):
        return "says", 1.0
    pairing = paired(plain.claim, plain.window, similarity)
    if not _is_telling(plain) or any(_asks(part) for part in plain.window):
        return None, 0.0
    said = says_all(pairing) if pairing.one_language else says_enough(pairing, similarity)  # no lexicon has all words
    enough = said and not is_unsaid(pairing)
    failed = set(failed_guards(pairing)) if enough else {"evidence"}
    if not failed:
        return "says", pairing.coverage
    if failed <= {"hedges", "attribution"}:
        return "lets say", pairing.coverage
    # Of words that only mean much the same, none is to make somebody a liar.
    denied = len(plain.window) == 1 and contradiction(plain, _setting(article.title, article.text))
    return ("denies" if denied else None), pairing.coverage


def _pairing(claimed: Versions, window: tuple[Statement, ...], article: Article) -> Pairing:
    """A claim beside a window, without the dates that are the article's own."""
    version = _without_country(claimed[window[0].language], window, article)
    if any(isinstance(unit.value, DateMention) and unit.value.year for part in window for unit in part.units):
        return Pairing(version, window)
    own = [
        replace(part, units=tuple(unit for unit in part.units if not is_publication(unit, article.published)))
        for part in version
    ]
    return Pairing(tuple(own) if any(part.units for part in own) else version, window)


def _without_country(
    version: tuple[Statement, ...], window: tuple[Statement, ...], article: Article
) -> tuple[Statement, ...]:
    """A claim without the country where it has something happen, where its article is about no other.

    A window that says itself where, is taken at its word.
    """
    if any(_is_where(unit, part) for part in window for unit in part.units):
        return version
    country = _only_country(article.title, article.text)
    own = tuple(
        replace(part, units=tuple(unit for unit in part.units if not (unit.keys & country and _is_where(unit, part))))
        for part in version
    )
    return own if any(part.units for part in own) else version


def _is_where(unit: Unit, part: Statement) -> bool:
    before = fold(part.text[max(0, unit.start - _BEFORE) : unit.start])
    return unit.kind in {"place", "name"} and bool(_WHERE.search(before))


@lru_cache(maxsize=64)
def _only_country(title: str, text: str) -> frozenset[str]:
    """The country in which an article has most things happen that it says happen in one; none where that is none."""
    told = f"{title}\n{text}"
    places = [
        place for place in mentions(told) if _WHERE.search(fold(told[max(0, place.start - _BEFORE) : place.start]))
    ]
    found = Counter(thing for place in places for thing in place.things)
    return frozenset(thing for thing, count in found.items() if count >= MAINLY * len(places))


@lru_cache(maxsize=64)
def _setting(title: str, text: str) -> frozenset[str]:
    """The countries and bodies that an article speaks of."""
    return frozenset(thing for mention in mentions(f"{title}\n{text}") for thing in mention.things)


def _is_telling(pairing: Pairing) -> bool:
    """Whether a claim says enough to be found said elsewhere in other words: "Ils ont perdu" may be about anything."""
    return len(pairing.said) >= _FEWEST_WORDS or any(unit.kind in ANCHORS for unit in pairing.said)


def _asks(statement: Statement) -> bool:
    return quote((statement,)).rstrip(_CLOSING).endswith("?")


_BEFORE = 10  # characters before a name that tell that it is where something happens
_WHERE = re.compile(r"\b(?:en|au|aux|dans l[ea']|in|in the) ?$")
_CLOSING = " »”\"')"
_IS_IT_SO = {"fr": "Est-ce que {} ?", "en": "Is it true that {}?"}
_LEAST = 0.25  # share of a claim that a window has to say for a closer look
_FEWEST_WORDS = 3  # of a claim that names nobody


def _is_verbatim(pairing: Pairing) -> bool:
    claim = pairing.claim[0]
    return fold(quote(pairing.window)).split() == fold(claim.text).split()
