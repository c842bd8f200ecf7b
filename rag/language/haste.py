"""Writes out a question that was typed in haste: shorthand, question words by ear, lost apostrophes, capitals only."""

from __future__ import annotations

import re

from rag.language.detection import function_word_language
from rag.language.folding import fold


def written_out(question: str) -> str:
    """The question with its small words as they are spelled; itself where nothing in it was typed in haste."""
    if is_shouted(question):
        question = question.lower()
    written = _WORD.sub(_small_word, question)
    for pattern, replacement in _MISPARTED:
        written = pattern.sub(replacement, written)
    return written if function_word_language(written) == "en" else _ELIDED.sub(r"\1'", written)


def is_shouted(question: str) -> bool:
    """Whether a question of several words is in capitals throughout."""
    return question.isupper() and len(question.split()) > 2


def is_hasty(question: str) -> bool:
    """Whether a question has no capital at all, or nothing else, so that nothing tells its names from other words."""
    return is_shouted(question) or question.islower()


def sound(word: str) -> str:
    """How a folded word is heard in French, roughly: words that are spelled differently by ear have the same."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


_WORD = re.compile(r"(?<![\w'’-])(?:es[tk]?[- ]?ke|[^\W\d_]+)(?![\w'’-])", re.I)
_ELIDED = re.compile(r"(?<![\w'’])([dljmnstc]|qu) (?=[aeiouyàâéèêëîïôûœh][\w])", re.I)
_SPELLED = {
    "combien": "kombien konbien conbien combiens combient cbien cb cmb cmbien",
    "quand": "kan kand qand qan cuand quan qd",
    "qui": "ki kii",
    "que": "ke",
    "quoi": "koi qoi kwa",
    "quel": "kel qel",
    "quelle": "kelle qelle",
    "quels": "kels qels",
    "quelles": "kelles qelles",
    "comment": "coment koment komen kommen commen kom",
    "pourquoi": "pourkoi pourqoi porquoi pourkwa pk pq pkoi",
    "est-ce que": "eske esque esk esk' es-ke es-que",
    "nombre": "nb nbre nbr",
    "million": "milion",
    "millions": "milions",
    "milliard": "miliard millard",
    "milliards": "miliards millards",
    "avec": "avk avc",
    "dans": "ds",
    "beaucoup": "bcp bp",
    "temps": "tps",
    "aujourd'hui": "ajd auj aujourdhui ojourdui",
    "what": "wat wut whatt",
    "when": "wen whn",
    "which": "wich whitch",
    "where": "wher",
    "how many": "howmany",
    "because": "bcz bcuz",
}
_MISPARTED = (
    (re.compile(r"\best ce qu(?=[e' ])"), "est-ce qu"),
    (re.compile(r"\b([qQ]ui) es\b(?!-)"), r"\1 est"),
)
_WRITTEN = {typed: word for word, forms in _SPELLED.items() for typed in forms.split()}
_SOUNDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ph", "f"),
        (r"sc(?=[eiy])|c(?=[eiy])|ss|t(?=ion)", "s"),
        (r"qu|ck|q|c(?!h)", "k"),
        (r"g(?=[eiy])", "j"),
        (r"eau|au", "o"),
        (r"ai|ei|oe", "e"),
        (r"[ae]m(?=[bp])|[ae]n", "an"),
        (r"m(?=[bp])", "n"),
        (r"y", "i"),
        (r"(?<!c)h", ""),
        (r"(.)\1+", r"\1"),
        (r"(?<=...)(?:er|ez)$", "e"),
        (r"(?<=...)(?:e?s|e)$", ""),  # what is written at the end and not heard
        (r"(?<=...)[xtdz]$", ""),
    )
)


def _small_word(match: re.Match[str]) -> str:
    typed = match.group()
    word = _WRITTEN.get(fold(typed).replace(" ", "-"))
    if word is None:
        return typed
    return word[0].upper() + word[1:] if typed[0].isupper() else word
