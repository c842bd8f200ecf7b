"""Tells whether a sentence sets itself against what was said before: "la direction dément", "eux en comptent 900"."""

from __future__ import annotations

import re


def contrasts(folded: str) -> bool:
    """Whether a sentence speaks for another side than the one before it.

    Args:
        folded: the sentence, folded.
    """
    return bool(_CONTRASTS.search(folded))


_COUNTING = r"(?!\w+ant\b)(?:revendiqu|compt|denombr|recens|annonc|avanc|evoqu|retien|reten|retenu)\w*"
_CONTRASTS = re.compile(
    r"\b(?:repond\w*|repliqu\w+|retorqu\w+|dement\w*|contest\w+|refut\w+|nie(?:nt)?|se defend\w*|rejet\w+|oppos\w+|"
    r"assur\w+ (?:qu[e']|avoir|etre)|desavou\w+|maintien(?:t|nent)|repete\w*|"
    r"(?:soutien|di|assur|affirm)\w+ (?:le contraire|l'inverse)|"
    r"renvoi\w+ la balle|(?:met|mettent) en cause|incrimin\w+|imput(?:e|ent|ait|aient)|design\w+ plutot|"
    r"(?:de (?:son|leur) cote|pour (?:sa|leur) part|en revanche|a l'inverse|au contraire|"
    r"quant (?:a|aux?)|for (?:its|his|her|their) part)|"
    rf"(?:s'en|s'en sont) t(?:ien|en)\w+ a|en {_COUNTING}|n(?:'en|e) \w+ qu[e']|"
    r"(?:avanc|annonc|evoqu|donn)\w* (?:plutot )?(?:le chiffre|un chiffre|une fourchette)|"
    r"den(?:y|ies|ied)|replie[sd]|retort(?:s|ed)|reject(?:s|ed)|disput\w+|counter(?:s|ed)|insist(?:s|ed)|"
    r"says? otherwise|by contrast|on the other hand|(?:knows?|counts?) of (?:only )?\w+)\b|"
    r", (?:elle|lui|eux|elles)(?:,| )|[»”\"],? (?:a |ont )?assur\w+"
)
