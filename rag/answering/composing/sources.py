"""Finds the source beside a word of saying: the noun phrase after "selon" and "a déclaré", or before "said that"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rag.answering.composing.phrases import Places, clause_start, is_quotable, past_circumstances, phrase, subject
from rag.answering.verifying.statements import Statement, Token
from rag.language.stop_words import listed


@dataclass(frozen=True, slots=True)
class Source:
    """Whoever is said to say something: `text[start:end]`; or the pronoun that stands for them."""

    start: int
    end: int
    saying: int  # where the word of saying stands
    pronoun: bool = False
    pointing: bool = False  # "ce responsable"
    plural: bool | None = None  # None where the words do not tell
    feminine: bool | None = None

    def agrees_with(self, other: Source) -> bool:
        """Whether neither number nor gender tells the two apart."""
        number = None in {self.plural, other.plural} or self.plural == other.plural
        return number and (None in {self.feminine, other.feminine} or self.feminine == other.feminine)


def source_beside(statement: Statement, place: int) -> Source | None:
    """The source of what the word of saying at a place vouches for; None when it is not plain."""
    if statement.tokens[place].folded in _ACCORDING:
        return _after_according(statement, place)
    opening = _opening(statement, place)
    near = statement.tokens[max(0, opening - 2) : place + 2]
    if any(token.folded in _NEGATIONS for token in near):
        return None
    return _inverted_pronoun(statement, opening, place) or (
        _in_apposition(statement, opening, place)
        or _after_verb(statement, opening, place)
        or _before_verb(statement, opening, place)
    )


_ACCORDING = listed("selon apres according")
_NEGATIONS = listed("ne n' pas jamais not never")
_SPEECH_ENDS = frozenset(',»”"—–')
_AUXILIARIES = {
    "fr": listed("a ont avait avaient aurait auraient t deja aussi ensuite encore egalement notamment s est"),
    "en": listed("has have had also later earlier already then reportedly recently"),
}
_PRONOUNS = listed("il elle ils elles he she they")
_OBLIQUE = listed("lui elle eux elles him her them")
_GENDERS = {
    **dict.fromkeys(listed("elle elles she her la une cette sa mme mlle mrs ms"), True),
    **dict.fromkeys(listed("il ils he him eux le un ce cet m mr"), False),
}
_PLURALS = listed("ils elles eux they them les des ses leurs ces plusieurs certains deux trois these several two three")
_BEFORE_PRONOUN = listed("mais et or car but and however yet")
_WITH_A_LISTENER = listed("told tell tells warned accused accuse accuses promised reminded informed")  # "told X"
_NOUNS_TOO = listed("state states report reports claim claims note notes estimate estimates post tweet")
_BEFORE_OTHER_THAT = listed("pour afin ainsi alors bien avant apres sans lors tandis parce plus moins autant tel so")
_ANNOUNCING = ("annonc", "announc", "confirm", "reconnu")


def _after_according(statement: Statement, place: int) -> Source | None:
    tokens, saying = statement.tokens, statement.tokens[place].start
    first = place + 1 + (tokens[place].folded == "according")
    if first < len(tokens) and tokens[first].folded in _OBLIQUE:
        return _pronoun(tokens[first], saying)
    found = phrase(statement, first)
    return _named(statement, found, saying) if found and is_quotable(statement, found) else None


def _opening(statement: Statement, place: int) -> int:
    """The place where the verb begins whose last word is at `place`: "a" in "a ensuite déclaré", "a-t-il dit"."""
    tokens, auxiliaries, first = statement.tokens, _AUXILIARIES[statement.language], place
    while first > max(0, place - 5) and tokens[first - 1].clause == tokens[place].clause:
        before = tokens[first - 1].folded
        again = before == "nouveau" and first > 1 and tokens[first - 2].folded == "de"
        inverted = before in _PRONOUNS and first > 1 and _is_hyphenated(statement, first - 2)
        if before not in auxiliaries and not again and not inverted:
            break
        first -= 2 if again else 1
    return first


def _is_hyphenated(statement: Statement, place: int) -> bool:
    """Whether a word is joined to the next by a hyphen."""
    token, following = statement.tokens[place : place + 2]
    return statement.text[token.end : following.start] in {"-", "‑", "–"}


def _inverted_pronoun(statement: Statement, opening: int, place: int) -> Source | None:
    """The pronoun of "a-t-il ajouté" and "ajoute-t-il"; that of "est-il écrit" stands for nobody."""
    tokens = statement.tokens
    for near in range(opening, min(place + 3, len(tokens))):
        if near in {0, place} or tokens[near].folded not in _PRONOUNS:
            continue
        if _is_hyphenated(statement, near - 1) and tokens[near - 1].folded not in {"est", "etait"}:
            return _pronoun(tokens[near], tokens[place].start)
    return None


def _in_apposition(statement: Statement, opening: int, place: int) -> Source | None:
    """The source of "Anne Martin, ministre des Armées, a déclaré que"."""
    tokens = statement.tokens
    if not opening or tokens[opening - 1].clause == tokens[opening].clause or not _announces(statement, place):
        return None
    if statement.text[tokens[opening - 1].end : tokens[opening].start].strip() != ",":
        return None
    first, beginning = 0, clause_start(statement, opening - 1)
    while first < beginning:
        last = first
        while tokens[last + 1].clause == tokens[first].clause:
            last += 1
        if found := subject(statement, first, last):
            return _named(statement, found, tokens[place].start)
        first = last + 1
    return None


def _after_verb(statement: Statement, opening: int, place: int) -> Source | None:
    """The source of ", a déclaré X" and ", said X": after a verb that stands at the end of what is said."""
    tokens = statement.tokens
    if tokens[place].folded in _WITH_A_LISTENER or not _ends_speech(statement, opening):
        return None
    found = phrase(statement, past_circumstances(statement, place + 1))
    return _named(statement, found, tokens[place].start) if found else None


def _before_verb(statement: Statement, opening: int, place: int) -> Source | None:
    """The source of "X a affirmé que" and "X said"."""
    tokens, saying = statement.tokens, statement.tokens[place].start
    if not opening or tokens[opening - 1].clause != tokens[opening].clause or not _announces(statement, place):
        return None
    first = clause_start(statement, opening - 1)
    if tokens[opening - 1].folded in _PRONOUNS:
        alone = all(token.folded in _BEFORE_PRONOUN for token in tokens[first : opening - 1])
        return _pronoun(tokens[opening - 1], saying) if alone else None
    found = subject(statement, first, opening - 1)
    return _named(statement, found, saying) if found else None


def _ends_speech(statement: Statement, opening: int) -> bool:
    """Whether what is said ends before the verb that begins at `opening`; "comme l'a dit" counts too."""
    before = statement.text[max(statement.start, statement.tokens[opening].start - 3) : statement.tokens[opening].start]
    as_said = [token.folded for token in statement.tokens[max(0, opening - 2) : opening]] == ["comme", "l'"]
    return as_said or (bool(before.rstrip()) and before.rstrip()[-1] in _SPEECH_ENDS)


def _announces(statement: Statement, place: int) -> bool:
    """Whether what is said follows, after "que", a colon or a mark, or stands before, in English."""
    tokens, token, english = statement.tokens, statement.tokens[place], statement.language == "en"
    if english and token.folded in _NOUNS_TOO:
        return place + 1 == len(tokens) or tokens[place + 1].folded == "that"
    for previous, near in pairwise(tokens[place : place + (6 if english else 11)]):
        if near.folded in {"que", "qu'", "that"} and previous.folded not in _BEFORE_OTHER_THAT:
            return True
    following = statement.text[token.end : min(statement.end, token.end + 80)]
    stop = min((following.find(mark) for mark in ".;!?" if mark in following), default=len(following))
    if any(mark in following[:stop] for mark in (":", "«", "“", '"')):
        return True
    first = clause_start(statement, place)
    if english and first and _ends_speech(statement, first):
        return True  # ", the minister told reporters."
    return token.folded in {"said", "says"} or token.folded.startswith(_ANNOUNCING)


def _named(statement: Statement, found: Places, saying: int) -> Source:
    words = [token.folded for token in statement.tokens[found[0] : found[1] + 1]]
    plural = words[0] in _PLURALS or bool({"et", "and"} & set(words))
    return Source(
        statement.tokens[found[0]].start,
        statement.tokens[found[1]].end,
        saying,
        pointing=words[0] in {"ce", "cet", "cette", "ces"},
        plural=plural,
        feminine=None if plural else _GENDERS.get(words[0]),
    )


def _pronoun(token: Token, saying: int) -> Source:
    plural = token.folded in _PLURALS
    return Source(token.start, token.end, saying, pronoun=True, plural=plural, feminine=_GENDERS.get(token.folded))
