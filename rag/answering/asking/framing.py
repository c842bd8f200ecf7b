"""Takes a question out of its frame: "Les sources divergent-elles sur le nombre de morts ?" asks for that number."""

from __future__ import annotations

import re

from rag.language.folding import fold_in_place

LONGEST = 500  # characters of a question that may be framed


def unframed(question: str) -> str:
    """What a question is about that asks what the sources say of it, or whether they agree; itself when it does not.

    Sources that differ are shown side by side whatever the form of the question.
    """
    text = question.strip()
    if len(text) > LONGEST:
        return question
    for frame, end in _FRAMES:
        framed = frame.match(fold_in_place(text))
        about = text[framed.start("about") :].strip(" ?.!\u00a0\u202f") if framed else ""
        if about:
            return f"{about[0].upper()}{about[1:]}{end}"
    return question


_SOURCES = r"(?:sources|articles|journaux|medias|depeches|temoignages)"
_REPORTS = r"(?:the )?(?:sources|articles|papers|reports|accounts)"
_ON = (
    r"(?:(?:sur|concernant) (?:l[ae]s? |l')?|quant (?:au|aux|a la|a l') ?|"
    r"(?:a propos|au sujet) (?:du |des |de la |de l'|de |d'))"
)
_FRENCH = (
    rf"(?:est-ce que )?les {_SOURCES} (?:se |s')?(?:divergent|different|contredisent|accordent|concordent|sont)"
    r"(?:-(?:t-)?(?:ils|elles))?(?: (?:d'accord|en desaccord|unanimes))?",
    rf"y a-t-il (?:une? |des )?(?:desaccords?|contradictions?|divergences?)(?: (?:entre|dans) les {_SOURCES})?",
    rf"que (?:disent|rapportent) les {_SOURCES}",
)
_ENGLISH = (
    rf"do {_REPORTS} (?:agree|disagree|differ|conflict|contradict (?:each other|one another))",
    rf"is there (?:any |a )?(?:disagreement|contradiction)(?: (?:between|among) {_REPORTS})?",
    rf"what do {_REPORTS} say",
)
_FRAMES = (
    *((re.compile(rf"\W*{head} {_ON}(?P<about>.+)"), " ?") for head in _FRENCH),
    *((re.compile(rf"\W*{head} (?:on|about|over|as to|regarding) (?:the )?(?P<about>.+)"), "?") for head in _ENGLISH),
)
