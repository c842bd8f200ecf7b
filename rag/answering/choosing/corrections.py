"""Tells which numbers and dates a sentence takes back: "180 postes, et non 214", "repoussé du 3 mars au 5 mai"."""

from __future__ import annotations

import re


def supersedes(folded: str) -> bool:
    """Whether a sentence says that what was said before holds no more.

    Args:
        folded: the sentence, folded.
    """
    return bool(_SUPERSEDES.search(folded))


def is_taken_back(folded: str, start: int, end: int) -> bool:
    """Whether a sentence names the number or date at `start` to `end` as one that does not hold, or no longer."""
    before = folded[max(0, start - _NEAR) : start]
    if _INSTEAD.search(before) or _AT_FIRST.search(before):
        return True
    moved = _MOVED.search(folded[max(0, start - _WIDE) : start])
    return bool(moved and _TO.match(folded, end))


def is_moved(folded: str) -> bool:
    """Whether a sentence tells of a date that was put off or brought forward."""
    return bool(_PUT_OFF.search(folded))


_NEAR = 40  # characters before a number or date
_WIDE = 70
_SUPERSEDES = re.compile(
    r"\b(?:desormais|n'(?:est|a|y a) plus|ne (?:sont|compte\w*) plus|porte(?:e?s)? a|"
    r"ramene(?:e?s)?(?: de [^.;]{1,20})? a|revise\w*|revue?s? a|releve(?:e?s)? a|rectificatif|rectifi\w+|correctif|"
    r"erratum|il fallait lire|finalement|reporte\w*|repousse\w*|decale\w*|s'alourdi\w*|passe(?:e?s)? (?:de|a)|"
    r"et non(?: pas)?|au lieu d[e']|now|no longer|raised to|revised|corrected|correction|cut to|postponed|delayed|"
    r"pushed back|finally|rose to|risen to|and not|instead of)\b"
)
_INSTEAD = re.compile(
    r"\b(?:et non(?: pas)?|au lieu d[eu']|plutot qu[e']|contre|and not|instead of|rather than|not the|"
    r"compared (?:with|to)|up from|down from) ?(?:(?:de|du|des|le|les|la|en|au|a|pour|in|on|the) )?"
    r"(?:pres de |environ |plus de |about )?[€$£]?$"
)
_AT_FIRST = re.compile(
    r"\b(?:initialement|d'abord|a l'origine|au depart|dans un premier temps|originally|initially|at first)\b"
    r"[^.;:]{0,24}$"
)
_MOVED = re.compile(
    r"\b(?:ramen\w+|pass(?:e|es|ent|ait|er|ees?|ant)|redui\w+|abaiss\w+|relev\w+|port(?:e|ent|er|ees?|ant)|augment\w+|"
    r"grimp\w+|tomb\w+|chut\w+|recul\w+|decal\w+|report\w+|repouss\w+|avanc\w+|deplac\w+|cut|raised|rose|fell|went|"
    r"moved|postponed|delayed|pushed back|brought forward|revised)\b[^.;]{0,45}\b(?:d[eu']|from)(?: l[ea]s?)? ?$"
)
_TO = re.compile(r"[^.;,\d]{0,24}? (?:a|au|aux|to) (?:la |the |l')?(?:environ |pres de |plus de )?[€$£]?(?:\d|[a-z]+)")
_PUT_OFF = re.compile(
    r"\b(?:decal\w+|report(?:e|ee|es|ees|er|ent)|repouss\w+|avance(?:e|s|es)?|deplace\w*|differe\w*|postponed|delayed|"
    r"pushed back|put off|brought forward|rescheduled)\b"
)
