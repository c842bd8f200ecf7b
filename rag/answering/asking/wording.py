"""Fits words into a question: without the capital of a beginning, with the question mark of the language."""

from __future__ import annotations

import re

from rag.language.folding import fold
from rag.language.stop_words import listed


def lowered(text: str) -> str:
    """A text without the capital that a beginning lends to an article, a preposition or a verb."""
    first = re.match(r"[^\W\d_]+[’']?", text)
    return text[0].lower() + text[1:] if first and fold(first.group()) in _SMALL else text


def extended(question: str, more: str, language: str) -> str:
    """A question with a phrase put before its question mark."""
    return f"{_END.sub('', question)} {lowered(more)}{'?' if language == 'en' else ' ?'}"


def agreeing(question: str, article: str, after: int) -> str:
    """The question with its pronoun in the gender of the subject that was put in: "le Canada a-t-il"."""
    pronoun = {"le": "il", "la": "elle"}.get(article.strip().lower())
    if pronoun is None:
        return question
    return question[:after] + re.sub(r"-(?:il|elle)\b", f"-{pronoun}", question[after:], count=1)


def stated(question: str) -> str | None:
    """What a French question asks to be true or not: "la France a signé" of "La France a-t-elle signé ?"."""
    if plain := _WHETHER.fullmatch(question):
        return plain["told"]
    match = _ASKS_WHETHER.fullmatch(question)
    if match is None or _IS_ASKING.match(fold(question)):
        return None
    return lowered(f"{match['subject']} {match['verb']}{match['rest']}".rstrip())


def that(told: str) -> str:
    """What is told, after "que"."""
    return f"qu'{told}" if fold(told)[0] in "aeiouy" else f"que {told}"


def of(phrase: str) -> str:
    """A French phrase after "de": "du port", "des États-Unis", "d'Irak"."""
    article = re.match(r"(?i:(?P<joined>les?) |la |l[’'])", phrase)
    if article and article["joined"]:
        return f"{'du' if article['joined'].lower() == 'le' else 'des'} {phrase[article.end() :]}"
    return f"de {phrase}" if article or fold(phrase)[0] not in "aeiouy" else f"d'{phrase}"


def with_article(country: str) -> str | None:
    """The French name of a country after its article: "la Tchéquie", "le Mexique"; None where it has none, or "les"."""
    folded = fold(country)
    if folded in _WITHOUT_ARTICLE or folded in _SEVERAL:
        return None
    if folded[0] in "aeiou" or folded == "hongrie":
        return f"l'{country}"
    return f"{'la' if is_feminine(country) else 'le'} {country}"


def is_feminine(country: str) -> bool:
    """Whether the French name of a country is feminine: those in "-e" are, but for a few."""
    return fold(country).endswith("e") and fold(country) not in _MASCULINE


_SEVERAL = {"etats-unis", "pays-bas", "emirats arabes unis", "philippines", "comores", "maldives", "seychelles"}
_WITHOUT_ARTICLE = {
    *("israel", "cuba", "malte", "chypre", "haiti", "singapour", "taiwan", "oman", "bahrein", "djibouti", "monaco"),
    *("madagascar", "saint-marin", "andorre", "hong kong", "maurice"),
}
_MASCULINE = {"mexique", "cambodge", "mozambique", "zimbabwe", "belize", "suriname"}


def unagreed(verb: str) -> str:
    """A French participle as it is when what it acts on stands behind it: "logé" for "logés"."""
    return re.sub(r"(?<=[éiu])(?:es|s|e)$|(?<=[ts])es?$", "", verb)


def is_plural(article: str) -> bool:
    """Whether a French article is that of several."""
    return article.strip().lower() == "les"


# A French infinitive in a folded text, by its ending; other words have such endings too.
INFINITIVE = (
    r"(?!(?!faire\b)[a-z]*aire\b)(?!(?!croire\b|boire\b)[a-z]*oire\b)"
    r"(?!(?:hier|cher|fer|mer|hiver|premier|dernier|entier|leger|etranger|policier|ouvrier|leader|soir|avoir|pouvoir|"
    r"encore|entre|quatre|autre|outre|contre|notre|votre|propre|nombre|ministre|centre|titre|lettre|membre|terre|"
    r"guerre|frere|mere|pere|septembre|octobre|novembre|decembre)\b)"
    r"[a-z]+(?:er|ir|oir|re)\b"
)

# Participles (folded) of what somebody says; some are the present tense too.
TELLING = (
    "confirme|annonce|dit|declare|affirme|assure|revele|precise|indique|demontre|rapporte|explique|decide|reconnu|admis|"
    "dementi|nie|conteste"
)
_ASKS_WHETHER = re.compile(
    r"(?P<subject>[^?]{2,120}?) (?P<verb>[^\W\d_]+)-(?:t-)?(?:ils?|elles?)\b(?P<rest>[^?]*)\s*\?*\s*"
)
_WHETHER = re.compile(r"(?i:est-ce qu(?:e |['’]))(?P<told>[^?]{3,200}?)\s*\?*\s*")
_IS_ASKING = re.compile(
    r"\W*(?:combien|comment|pourquoi|quand|ou|qui|que|quoi|qu'|quel|lequel|laquelle|"
    r"(?:depuis|jusqu'a|de|a|par|avec|pour|en|dans) qu)"
)
_END = re.compile(r"[\s\u00a0\u202f]*[?!.]*\s*$")
_SMALL = listed(
    """l' d' s' l’ d’ s’ la le les un une des du de en au aux a dans ce cette ces son sa ses leur leurs est y il elle
    ils elles fin debut mi hier aujourd depuis vers sur sous avec sans par pour chez contre avant apres pendant in on at
    by with without for against before after during to from since the did do does is are was were has have had
    will would can could there"""
)
