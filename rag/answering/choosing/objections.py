"""Raises what speaks against an answer: names, times and nouns of the question of which the articles do not speak."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.answering.asking.nouns import anybody
from rag.answering.asking.question import Asked, Term
from rag.answering.choosing.expected import years_beside
from rag.answering.choosing.kinds import elsewhere, unlike
from rag.answering.choosing.namesakes import mistaken, strangers
from rag.answering.choosing.nearness import nearness
from rag.answering.choosing.sentences import Candidate
from rag.answering.choosing.tolls import is_of_another_toll
from rag.index.embedding import Encoder
from rag.language.dates import date_mentions
from rag.language.facts import things_of
from rag.language.folding import fold
from rag.schema import Article

SHORT = 3  # terms of a question of which each one counts
WELL_READ = 0.85  # confidence from which an article answers though it does not name whom the question names
ROOT = 6  # letters that words of one family begin with
STRANGE = 0.3  # nearness below which a term has nothing to do with any word there

REASONS = {
    "nothing": {
        "fr": "Aucun passage ne correspond à la question.",
        "en": "No passage matches the question.",
    },
    "weak": {
        "fr": "Les passages les plus proches ne disent pas ce qui est demandé.",
        "en": "The nearest passages do not say what is asked.",
    },
    "dates": {
        "fr": "Les articles trouvés ne parlent pas de cette période : {}.",
        "en": "The articles found do not speak of that time: {}.",
    },
    "apart": {
        "fr": "Les passages les plus proches ne parlent pas de : {}.",
        "en": "The nearest passages do not speak of: {}.",
    },
    "name": {
        "fr": "Aucun article ne parle de : {}.",
        "en": "No article mentions: {}.",
    },
}


def objection(
    asked: Asked,
    unknown: Sequence[Term],
    sentences: Sequence[Candidate],
    articles: Mapping[str, Article],
    encoder: Encoder,
    *,
    best: Candidate,
    confidence: float,
) -> str | None:
    """Why the best sentence does not answer, whatever its confidence, in the question's language; None when it may.

    Args:
        sentences: those that were looked at closely, of which `best` is one.
        unknown: those of the question's terms that no article has, before they were bridged.
    """
    missing = (
        _missing(asked, sentences, articles)
        or list(mistaken(asked, sentences, articles))
        or list(unlike(asked, best, sentences, articles))
        or _unheard(asked, unknown, sentences, articles, encoder)
    )
    if missing:
        return REASONS["name"][asked.language].format(", ".join(missing))
    if apart := list(elsewhere(asked, best, articles)):
        named = _named(sentences, articles)
        heard = any(place.things & named for place in asked.places if asked.text[place.start : place.end] in apart)
        return _apart(asked, [] if heard else apart, sentences)
    if _outside(asked, best, sentences, articles):
        return REASONS["dates"][asked.language].format(", ".join(str(year) for year in sorted(asked.years)))
    if is_of_another_toll(asked, best, articles):
        return REASONS["weak"][asked.language]
    if confidence < WELL_READ and (others := list(strangers(asked, best, articles))):
        return _apart(asked, others, sentences)
    return None


def _apart(asked: Asked, names: Sequence[str], sentences: Sequence[Candidate]) -> str:
    """That the nearest passages do not speak of somebody: of those of whom none does, another article's may."""
    heard = " ".join(fold(sentence.text) for sentence in sentences)
    unheard = [name for name in names if fold(name) not in heard]
    return REASONS["apart" if unheard else "weak"][asked.language].format(", ".join(unheard))


def _named(sentences: Sequence[Candidate], articles: Mapping[str, Article]) -> frozenset[str]:
    """The countries and bodies that sentences name, each read in the language of its article."""
    languages = [articles[sentence.evidence.passage.article_id].read_as for sentence in sentences]
    found = (things_of(sentence.text, language) for sentence, language in zip(sentences, languages, strict=True))
    return frozenset[str]().union(*found)


def _missing(asked: Asked, sentences: Sequence[Candidate], articles: Mapping[str, Article]) -> list[str]:
    """What the question names and the articles do not: countries and bodies by any of their names, others by word."""
    there = _named(sentences, articles) if asked.places else frozenset[str]()
    places = [asked.text[place.start : place.end] for place in asked.places if not place.things & there]
    known = [fold(asked.text[place.start : place.end]) for place in asked.places if place.things & there]
    known_words = {word for text in known for word in (text, *text.split())}
    names = [name.word for name in asked.names if not name.known and fold(name.word) not in known_words]
    return list(dict.fromkeys([*places, *names]))


def _unheard(
    asked: Asked,
    unknown: Sequence[Term],
    sentences: Sequence[Candidate],
    articles: Mapping[str, Article],
    encoder: Encoder,
) -> list[str]:
    """The nouns of a short question that no article has, and for which none has a word of like meaning either."""
    unknown = [term for term in unknown if _is_noun(term.word, asked) and not term.stems & anybody()]
    if not unknown or len(asked.terms) > SHORT or not encoder.word_by_word:
        return []
    heard = " ".join(fold(one.text) for one in sentences)
    unknown = [term for term in unknown if not _has_kin(term, heard)]
    texts = [(one.text, articles[one.evidence.passage.article_id].read_as) for one in sentences]
    if not unknown:
        return []
    nearest = nearness(replace(asked, terms=tuple(unknown)), texts, encoder).max(axis=1)
    return [term.word for term, near in zip(unknown, nearest.tolist(), strict=True) if near < STRANGE]


def _has_kin(term: Term, heard: str) -> bool:
    """Whether a folded text has a word that begins as a long term does: "formation" for "formateurs"."""
    word = fold(term.word)
    if len(word) <= ROOT + 1 or word.startswith(_PREFIXES):
        return False
    return bool(re.search(rf"\b{re.escape(word[:ROOT])}\w\w", heard))


def _is_noun(word: str, asked: Asked) -> bool:
    """Whether a word has an article or "quel" before it, as nouns have and verbs have not."""
    before = fold(asked.text[: asked.text.find(word)])
    return bool(_BEFORE_NOUNS[asked.language].search(before))


def _outside(asked: Asked, best: Candidate, sentences: Sequence[Candidate], articles: Mapping[str, Article]) -> bool:
    """Whether the years asked about are neither those of the articles found nor told of in them.

    An article of one year may tell of the next without naming it, and calls the one before it "last year".
    """
    published = [articles[sentence.evidence.passage.article_id].published for sentence in sentences]
    known = {year for date in published if date for year in (date.year, date.year + 1)}
    if not asked.years or not known or None in published or asked.years & known:
        return False
    told = {date.year for sentence in sentences for date in date_mentions(sentence.text)}
    article = articles[best.evidence.passage.article_id]
    beside = years_beside(article.text, article.published) if article.published else frozenset()
    return not asked.years & (told | beside)


_PREFIXES = ("contre", "inter", "trans", "super", "extra", "ultra", "micro", "multi", "counter", "under")
_BEFORE_NOUNS = {  # "a" is an article in English, and in French the verb of "qui a vendu"
    "fr": re.compile(r"(?:\b(?:quel(?:le)?s?|l[ae]s?|une?|des?|du|aux?|sa|son|ses|leurs?) |\b[ld]')$"),
    "en": re.compile(r"\b(?:the|an?|what|which|of) $"),
}
