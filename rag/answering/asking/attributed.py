"""Tells whose word a question asks for: "Combien de manifestants, selon la préfecture ?"."""

from __future__ import annotations

import re

from rag.language.folding import fold_in_place
from rag.language.stop_words import listed
from rag.language.words import stems


def source_asked(question: str, language: str) -> frozenset[str]:
    """The stems of the source that a question names; none where it names none, or only "les sources"."""
    folded = fold_in_place(question)
    named = _NAMED.search(folded) or _TELLING.search(folded)
    if named is None:
        return frozenset()
    found = frozenset(stems(question[slice(*named.span("source"))], language))
    return found if not found & _nobody(language) else frozenset()


_NAMED = re.compile(
    r"\b(?:selon|d'apres|according to) (?:l[ae]s? |l'|the )?(?P<source>(?!ce |qui |what )[^,?.;:]{2,60}?)"
    r"(?=[,?.;:]|$| (?:en|au|a la|in|on) )"
)
_TOLD = (
    r"(?:denombr|recens|annonc|revendiqu|estim|evalu|evoqu|chiffr)\w*"  # not what can be done: "retient-il 9 otages"
)
_TELLING = re.compile(  # "Combien de morts la préfecture a-t-elle recensés ?"
    r"\b(?:combien|quel(?:le)?s?) [^,?.;:]{0,90}?\b(?:l[ae] |les |l')(?P<source>(?:(?! l[ae]s? | l')[^,?.;:]){2,50}?) "
    rf"(?:en )?(?:(?:a|ont|avait|avaient)-(?:t-)?(?:ils?|elles?) (?:\w+ )?{_TOLD}|{_TOLD}-(?:t-)?(?:ils?|elles?)\b)"
)
_NOBODY = listed(
    """sources articles journaux presse médias estimations chiffres comptes comptages annonce bilan reports papers
    figures"""
)


def _nobody(language: str) -> frozenset[str]:
    return frozenset(stem for word in _NOBODY for stem in stems(word, language))
