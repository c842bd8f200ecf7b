"""Asks a whole question with another question word: "Où le navire a-t-il coulé ?" for "Quand ... ?"."""

from __future__ import annotations

import re

from rag.answering.asking.wording import lowered, unagreed
from rag.language.folding import fold, fold_in_place


def is_asking(fragment: str, language: str) -> bool:
    """Whether a fragment is nothing but a question word, or a preposition with one."""
    folded = fold(_IT.sub("", fragment))
    return folded in _ASKING[language] or (language == "fr" and bool(_MORE_ASKING.fullmatch(folded)))


def asked_otherwise(word: str, whole: str, language: str) -> str | None:
    """The whole question with another question word, where its form allows one."""
    word = _IT.sub("", word)
    word, folded = word[0].upper() + word[1:], fold_in_place(whole)
    for pattern, rebuilt in _FORMS[language]:
        match = re.match(pattern, folded)
        if match:
            parts = [whole[start:end] for start, end in match.regs[1:]]
            again = rebuilt.format(word, *(lowered(part) for part in parts))
            return again if language == "fr" else _STRANDED.sub("", again)
    return _not_counting(word, whole, folded) if language == "fr" else None


def _not_counting(word: str, whole: str, folded: str) -> str | None:
    """ "Pourquoi la ville veut-elle vendre des ports ?" after "Combien de ports la ville veut-elle vendre ?"."""
    match = _COUNTS_OF_SUBJECT.match(folded) or _COUNTS_OF_NAME.match(folded)
    if match is None or not (match["led"] or whole[match.start("subject")].isupper()):
        return None
    thing, subject, verb, after = (whole[slice(*match.span(part))] for part in ("thing", "subject", "verb", "after"))
    return f"{word} {lowered(subject)}{unagreed(verb)} des {thing}{after}"


_STRANDED = re.compile(r" (?:to|from|at|in)(?=\s*\?*$)")  # "Where were they moved to?"
_OF_SUBJECT = r"[^?]{2,120}?-(?:t-)?(?:ils?|elles?|on))(?P<verb> [a-z]+)?(?P<after>.*)"
_COUNTS_OF_SUBJECT = re.compile(
    r"(?:combien (?:de |d')|quel(?:le)?s )(?P<thing>[a-z]+(?: [a-z]+)??) "
    rf"(?P<subject>(?P<led>l[ae]s? |l'|leurs? |s(?:on|a|es) |ce(?:tte|s|t)? ){_OF_SUBJECT}"
)
_COUNTS_OF_NAME = re.compile(rf"combien (?:de |d')(?P<thing>[a-z]+) (?P<subject>(?P<led>){_OF_SUBJECT}")


# The form of a folded question, and the same with another question word {0} before its parts {1}, {2} ...
_FORMS = {
    "fr": (
        (
            r"(?:depuis quand|jusqu'a quand|quand|d'ou|ou|pourquoi|comment|"
            r"(?:a|dans|en|de|sur|par|pour) quel(?:le)?s? [a-z]+) (.+)",
            "{0} {1}",
        ),
        (r"combien (?:de |d')(.+?) y a-t-il(.*)", "{0} y a-t-il des {1}{2}"),
        (r"combien ((?:l[ae]s? |l')[^?]+-(?:t-)?(?:ils?|elles?))(\W*)$", "{0} {1} autant{2}"),
        (r"qui (?:a|ont) (.+)", "{0} a-t-on {1}"),
        (r"(est-ce qu.+)", "{0} {1}"),
        (
            r"((?!combien|quel|qui|que|quoi|qu'|a qui|de qui|par qui|dans).+-(?:t-)?(?:il|elle|on|ils|elles)\b.*)",
            "{0} {1}",
        ),
    ),
    "en": (
        (
            r"(?:when|where|why|how|since when|until when) ((?:did|do|does|is|are|was|were|has|have|had|will)\b.+)",
            "{0} {1}",
        ),
        (r"how many (.+?) (are|were|have|has|did|will) (there )?(.+)", "{0} {2} {3}{1} {4}"),
        (r"((?:did|do|does|is|are|was|were|has|have|had|will|would|can|could) .+)", "{0} {1}"),
    ),
}


_ASKING = {
    "fr": ("ou", "quand", "pourquoi", "comment", "depuis quand", "jusqu'a quand", "pour quelle raison"),
    "en": ("where", "when", "why", "how", "since when", "until when"),
}
_MORE_ASKING = re.compile(  # "à quelle profondeur", "par qui"
    r"(?:a|dans|en|de|sur|par|pour|depuis|jusqu'a|avec|contre|chez) (?:quel(?:le)?s? [a-z]+|qui|combien de temps)"
)
_IT = re.compile(r" (?:ça|cela)$")
