"""Takes the courtesies off a question: "Bonjour, pourriez-vous me dire quand ... ?" asks when."""

from __future__ import annotations

import re

from rag.language.folding import fold
from rag.language.stop_words import listed

LONGEST = 600  # characters of a question that may have courtesies
FEW = 3  # words of a question that ends as it is: "Que signifie SVP ?"


def to_the_point(question: str) -> str:
    """The question without greetings, thanks and the polite clause around it; itself where it has none.

    A clause is taken off before a question word only: "Savez-vous si ..." asks for yes or no as it stands.
    """
    if len(question) > LONGEST:
        return question
    asked = question
    for courtesy in (_GREETING, _CLAUSE):
        asked = courtesy.sub("", asked, count=1)
    end = _THANKS.search(asked) if len(re.findall(r"\w+", asked)) > FEW else None
    asked = f"{asked[: end.start()]}{end['mark'] or ''}" if end else asked
    if asked == question or not any(character.isalnum() for character in asked):
        return question
    return f"{asked[0].upper()}{asked[1:]}" if question[:1].isupper() else asked


def is_only_polite(turn: str) -> bool:
    """Whether a turn asks nothing: "Merci !", "ok", "Bonjour"."""
    joined = _TOGETHER.sub("ok", fold(turn)) if len(turn) <= LONGEST and "?" not in turn else ""
    said = re.findall(r"[^\W_]+", joined)
    return any(word in _COURTEOUS for word in said) and all(word in _COURTEOUS or word in _AROUND for word in said)


_PLEASE = r"s['’]il (?:vous|te) pla[iî]t|svp|stp|please"
_GREETING = re.compile(
    r"^\s*(?:(?:bonjour|bonsoir|salut|hello|hi|hey|good (?:morning|evening)|merci(?: beaucoup)?|thanks?(?: you)?|"
    rf"ok(?:ay)?|d['’]accord|{_PLEASE})(?: (?:à (?:tous|vous)|there|all))?\s*(?:[,.:;]+|!+(?! (?-i:[a-z]))|"
    r"(?= (?:pou(?:vez|rriez)-vous|savez-vous|j['’]aimerais|je (?:voudrais|veux)|can|could|would|do you know)\b))\s*)+",
    re.I,
)
_QUESTION = (
    r"(?:who|whom|whose|when|where|why|how|what|which|(?:in|at|by|on|for|to|from|with) (?:what|which|whom|how)|"
    r"(?:(?:à|de|par|pour|depuis|dans|en|sur|avec|d['’]|jusqu['’](?:à )?) ?)?"
    r"(?:qui|quand|où|ou|pourquoi|comment|combien|(?:les)?quel(?:le)?s?))"
)
_CLAUSE = re.compile(
    r"^(?:please )?"
    r"(?:(?:can|could|would|will) (?:you|anyone|somebody) (?:please |kindly )?(?:tell (?:me|us)|say|explain)|"
    r"pou(?:vez|rriez)-vous (?:me |nous |m['’])?(?:dire|expliquer|indiquer|préciser|rappeler)|"
    r"peu(?:x|t)-(?:tu|on) (?:me |nous |m['’])?(?:dire|expliquer|indiquer|préciser|rappeler|savoir)|"
    r"do(?:es)? (?:we|you|anyone|anybody) know|(?:est-ce qu['’])?on sait|sait-on|savez-vous|sais-tu|vous savez|"
    r"(?:merci|prière) de (?:me |nous |m['’])?(?:dire|expliquer|indiquer|préciser|rappeler)|"
    r"tell me|d(?:is|ites)[- ]moi|(?:i(?:['’]d| would) like|i want) to know|"
    rf"(?:j['’]aimerais|je (?:voudrais|veux)) (?:bien )?savoir),?(?: (?:{_PLEASE}),?)? "
    rf"(?={_QUESTION}\b)",
    re.I,
)
_THANKS = re.compile(
    r"(?:,? (?:s['’]il (?:vous|te) pla[iî]t|svp|stp)|, please|"
    r"(?:(?<=[?!]) |[,.] )(?:merci(?: d['’]avance| beaucoup)?|thank(?:s| you)(?: in advance| very much)?))"
    r"(?:\s?[.!])*(?P<mark>\s?\?)?\s*$",
    re.I,
)
_TOGETHER = re.compile(r"\bd'accord\b|\bgood (?:morning|evening|afternoon)\b|\bau revoir\b")
_COURTEOUS = listed(
    "bonjour bonsoir salut hello hi hey bye goodbye ok okay merci thanks thank parfait super compris great perfect cool"
)
_AROUND = listed("beaucoup bien a tous vous you it lot very much so tres c est all i see got")
