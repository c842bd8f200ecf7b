"""Puts everyday French in the words of the news: "Ils sont partis quand ?" asks when, "reprocher" is to accuse."""

from __future__ import annotations

import re

from rag.language.folding import fold_in_place

LONGEST = 300  # characters of a question that is looked at


def as_written(question: str) -> str:
    """The question as somebody who writes for a newspaper would put it; itself where it is put so already."""
    return of_an_accusation(in_order(leaving(question)))


def leaving(question: str) -> str:
    """ "Part-il" for "s'en va-t-il": articles have "partir", "départ" and "retrait"."""
    if len(question) > LONGEST:
        return question
    for pattern, written in _LEAVING:
        question = pattern.sub(written, question)
    return question


def of_an_accusation(question: str) -> str:
    """What somebody is accused of, where it is asked what one reproaches him with: so it stands in the articles."""
    folded = fold_in_place(question) if len(question) <= LONGEST else ""
    if whom := _BLAMED_HIM.fullmatch(folded):
        return _OF_HIM[whom["whom"]]
    blamed = _BLAMED.match(folded)
    if not blamed:
        return question
    article = _ARTICLES[blamed["to"]]
    return f"De quoi {'sont accusés' if article == 'les ' else 'est accusé'} {article}{question[blamed.end() :]}"


def in_order(question: str) -> str:
    """The question with the word that asks before what it asks of; itself where that word stands there already.

    What is announced and then asked for ("Le second tour, c'est quand ?") stays as it is, and so does what a pronoun
    takes up ("Ils sont où ?"), which is put in full as it stands.
    """
    folded = fold_in_place(question) if len(question) <= LONGEST else ""
    spoken = _SPOKEN.fullmatch(folded)
    if not spoken or _ASKED_BEFORE.search(folded, 0, spoken.start("word")):
        return question
    about, word = (question[slice(*spoken.span(part))] for part in ("about", "word"))
    plain = "Où" if spoken["word"] == "ou" else f"{word[0].upper()}{word[1:].lower()}"
    lowered = about if _is_name(about) else f"{about[0].lower()}{about[1:]}"
    return f"{plain} {_inverted(lowered)} ?"


def _inverted(about: str) -> str:
    """What is asked of with its subject taken up after the auxiliary: "les Danois sont-ils partis"."""
    verb = _AUXILIARY.search(fold_in_place(about))
    if not verb:
        return about
    feminine = re.match(r"(?:la|une|cette|sa) ", about)
    pronoun = f"{'elle' if feminine else 'il'}{'s' if verb[1] in _PLURALS else ''}"
    return f"{about[: verb.end(1)]}-{'t-' if verb[1] in ('a', 'va') else ''}{pronoun}{about[verb.end(1) :]}"


def _is_name(about: str) -> bool:
    """Whether what is asked of begins with a name, which keeps its capital, and not with an article or pronoun."""
    return not _SMALL_WORD.match(fold_in_place(about))


_LEAVING = (
    (re.compile(r"\bs['’]en va(?:-t)?-(?=(?:il|elle|on)\b)"), "part-"),
    (re.compile(r"\bs['’]en vont-(?=(?:ils|elles)\b)"), "partent-"),
    (re.compile(r"\bs['’]en va\b(?!-)"), "part"),
    (re.compile(r"\bs['’]en vont\b(?!-)"), "partent"),
    (re.compile(r"\bs['’]en aller\b"), "partir"),
)
_AUXILIARY = re.compile(r"(?<=\w )(a|ont|est|sont|va|vont|etait|etaient)(?= [a-z])")  # folded
_PLURALS = ("ont", "sont", "vont", "etaient")
_BLAMED = re.compile(  # folded
    r"\W*(?:que reproch(?:e|ait)(?:-t)?-on|qu'(?:est|etait)-il reproche|qu'a-t-on reproche|"
    r"qu'est-ce qu'on reproch(?:e|ait)) (?P<to>aux?(?= )|a l'|a la(?= )|a(?= )) ?"
)
_BLAMED_HIM = re.compile(r"\W*(?:que (?P<whom>lui|leur) reproch(?:e|ait)(?:-t)?-on)\W*")  # folded
_OF_HIM = {"lui": "De quoi est-il accusé ?", "leur": "De quoi sont-ils accusés ?"}
_ARTICLES = {"a": "", "au": "le ", "aux": "les ", "a la": "la ", "a l'": "l'"}
_SPOKEN = re.compile(  # folded
    r"\W*(?P<about>(?!(?:ils?|elles?|on|ca|ce|c'|cel(?:a|ui|le)|lui|eux|a|en|dans|pour|par|avec|sur|hier|"
    r"demain|aujourd'hui)\b)[a-z][^?.!;:,]* "
    r"(?!(?:depuis|pour|de|a|des|vers|et|ou|mais|par|sur|dans|jusqu'a|n'importe) (?:qui|quoi|quand|ou))"
    r"[^ ?.!;:,]*[^?.!;:, ]) "
    r"(?P<word>quand|ou|comment|pourquoi|(?:a|de|par|pour|avec|contre|chez) (?:qui|quoi))"
    r"[ \u00a0\u202f]*\?*\s*"
)
_ASKED_BEFORE = re.compile(
    r"\b(?:qu[ei']|quel(?:le)?s?|quand|comment|pourquoi|combien|c'(?:est|etait)|est-ce|et|ou|who|what|when|where|how|which|why)\b|"
    r"\bqu'|-(?:t-)?(?:ils?|elles?|on|ce)\b"
)
_SMALL_WORD = re.compile(r"(?:l[ae]s?|une?|des?|du|ce(?:t|tte|s)?|ses?|sa|son|leurs?|l'|d')(?:\b|(?<='))")
