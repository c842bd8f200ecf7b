"""Puts names where an English question has pronouns that point back: "How old is he?"."""

from __future__ import annotations

import re

from rag.answering.asking.persons import ASKS_WHO, names_a_person, person_told
from rag.language.folding import fold_in_place
from rag.language.gazetteer import mentions
from rag.language.names import names

_ENGLISH_PRONOUN = re.compile(r"\b(?P<pronoun>he|she|it|they|him|them|his|their)\b", re.I)


def named_in_english(question: str, whole: str, answered: str) -> str | None:
    """An English question with the first pronoun that points back replaced; None where its meaning is not plain."""
    match = _ENGLISH_PRONOUN.search(question)
    if match is None:
        return None
    pronoun = match["pronoun"].lower()
    folded = fold_in_place(whole)
    asks_who = ASKS_WHO.search(folded) and pronoun in {"he", "she", "him", "his"} and not names_a_person(whole, "en")
    person = person_told(answered, whole, "en") if asks_who else None
    meant = person or _english_subject(pronoun, whole)
    if meant is None:
        return None
    owned = pronoun in {"his", "their"}
    return question[: match.start()] + meant + ("'s" if owned else "") + question[match.end() :]


def _english_subject(pronoun: str, whole: str) -> str | None:
    folded = fold_in_place(whole)
    counted = re.match(r"how many (?P<subject>.+?) (?:are|were|have|has|did|will|do)\b", folded)
    if counted and pronoun in {"they", "them", "their"}:
        return f"the {whole[counted.start('subject') : counted.end('subject')]}"
    if pronoun in {"it", "they"}:
        return _english_thing(pronoun, whole, folded)
    persons = [
        name.text
        for name in names(whole, "en")
        if not mentions(name.text, "en") and (" " in name.text or not name.text.isupper())
    ]
    if pronoun in {"he", "she", "him", "his"}:
        return persons[0] if len(persons) == 1 else None
    return None


def _english_thing(pronoun: str, whole: str, folded: str) -> str | None:
    """The thing, or things, that the last question asks about: "When did the bridge open?", "Where is the bridge?"."""
    match = next((found for pattern in _ENGLISH_THINGS if (found := pattern.fullmatch(folded))), None)
    if match is None or _ANOTHER_NOUN.search(match["thing"]):
        return None
    thing = whole[match.start("thing") : match.end("thing")]
    several = thing.endswith("s") if match["be"] in {"did", "will"} else match["be"] in {"are", "were", "do", "have"}
    if several != (pronoun == "they"):
        return None
    return thing[thing.rfind(" of the ") + 4 :] if " of the " in thing else thing


_ANOTHER_NOUN = re.compile(r"(?<! of)(?<! in)(?<! at)(?<! for)(?<! from) (?:the|an?|its|their)\b")
_ENGLISH_THINGS = (
    re.compile(  # "When did the fleet end its patrol in the bay?"
        r"(?:when|where|why|how) (?P<be>did|does|do|has|have|will) (?P<thing>(?:the|this|these) [a-z]+) (?!of\b)[a-z]+ "
        r"(?:its|their|the|an?|in|on|to|from|at|with|for|out|back|up)\b[^?]*\?*"
    ),
    re.compile(r"(?:what|where) (?P<be>is|was|are|were) (?P<thing>(?:the|this|these) [^?]{2,60}?)\s*\?*"),
    re.compile(
        r"(?:(?:when|where|why|how(?: (?:long|much|far|often))?) )?"
        r"(?P<be>did|does|do|is|was|are|were|has|have|will) (?P<thing>(?:the|this|these) [^?]{2,60}?) [a-z]+\s*\?*"
    ),
)
