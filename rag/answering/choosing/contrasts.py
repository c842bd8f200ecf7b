"""Tells whether a sentence sets itself against what was said before: "la direction dément", "eux en comptent 900"."""

from __future__ import annotations

import re


def contrasts(folded: str) -> bool:
    """Whether a sentence speaks for another side than the one before it.

    Args:
        folded: the sentence, folded.
    """
    return bool(_CONTRASTS.search(folded))


def reserves(folded: str) -> bool:
    """Whether a sentence says of what was told before it that it is not confirmed, or was denied.

    Args:
        folded: the sentence, folded.
    """
    return bool(_RESERVE.match(folded))


_TOLD = (
    r"(?:informations?|annonces?|affirmations?|declarations?|chiffres?|rumeurs?|bilans?|accusations?|nouvelles?|"
    r"claims?|reports?|figures?|information|statements?|tolls?|accounts?|allegations?)"
)
_RESERVE = re.compile(  # "Cette information n'a pas été confirmée de source officielle."
    rf"\W*(?:(?:cet|cette|ces|ce|l'|les|le|this|that|these|those|the) ?{_TOLD}|"
    r"(?:cela|ceci|this|that)(?= (?:n'|a |could|has)))"
    r"[^.;]{0,30}\b(?:n'(?:a|ont|avai(?:t|ent)) (?:pas|pu|jamais) [^.;]{0,20}(?:confirme|verifie)|"
    r"(?:a|ont) (?:aussitot |vite |depuis )?ete (?:dementi|conteste|refute)|"
    r"(?:not|n't|yet to) (?:yet |immediately )?be(?:en)? (?:independently |officially |immediately )*"
    r"(?:confirmed|verified)|"
    r"(?:was|were|has been|have been) (?:quickly |later )?(?:denied|disputed)(?=\W*$))"
)
_COUNTING = r"(?!\w+ant\b)(?:revendiqu|compt|denombr|recens|annonc|avanc|evoqu|retien|reten|retenu)\w*"
_TELLING = r"(?:evalu|estim|chiffr)(?:e|ent|ait|aient)"
_ONLY = r"(?:admet|admett\w+|reconna\w+|compt\w+|recens\w+|annonc\w+|en \w+)"
_ABOUT = r"(?:plus|moins|pres) d(?:e |')|environ |quelque "
_COUNT = r"(?=\d+(?:[ .,\u00a0\u202f]\d{3})*(?! ?(?:\d|h\b|heures?\b|%)))"  # and no time of the day
_CONTRASTS = re.compile(
    r"\b(?:repond\w*|repliqu\w+|retorqu\w+|ripost(?:ent|ait|aient)|object(?:e|ent|ait|aient)|dement\w*|contest\w+|"
    r"refut\w+|nie(?:nt)?|se defend\w*|rejet\w+|oppos\w+|s'inscri\w+ en faux|"
    r"assur\w+ (?:qu[e']|avoir|etre)|desavou\w+|maintien(?:t|nent)|repete\w*|"
    r"(?:le|du|au|tout le) contraire|l'inverse|exagere\w*|fantaisist\w+|surestim\w+|surevalu\w+|"
    r"renvoi\w+ la balle|(?:met|mettent) en cause|incrimin\w+|(?:design|evoqu)\w+ plutot|"
    r"(?:accus|design)ent|(?:l'|les |en )accuse|imput(?:e|ent|ait|aient)|"
    r"(?:de (?:son|leur) cote|pour (?:sa|leur) part|en revanche|quant (?:a|aux?)|for (?:its|his|her|their) part)|"
    rf"(?:s'en|s'en sont) t(?:ien|en)\w+ a|(?:l'|les ){_TELLING} (?:plutot )?a|{_TELLING} qu'(?:ils|elles) |"
    rf"en (?:(?:a|ont|avait|avaient) )?{_COUNTING}|en (?:est|sont|sommes) a (?=\d)|"
    rf"n(?:'en|e) \w+ qu[e']|n'{_ONLY} qu[e']|"
    r"(?:avanc|annonc|evoqu|donn)\w* (?:plutot )?(?:le chiffre|un chiffre|une fourchette)|"
    r"tabl(?:e|ent|ait|aient) plutot|"
    rf"(?:parl(?:e|ent|ait|aient) (?:plutot )?d(?:e |')|arriv(?:e|ent|ait|aient) a )(?:{_ABOUT})?{_COUNT}|"
    r"n'(?:a|ont|avait|avaient) (?:compte|recense|denombre|annonce|releve|coute|reconnu|admis|vu|retenu) qu[e']|"
    r"(?:soutient|soutiennent|pretend|pretendent)\b(?= (?:qu[e']|avoir|etre|detenir|au contraire))|"
    r"den(?:y|ies|ied)|replie[sd]|retort(?:s|ed)|reject(?:s|ed)|disput\w+|counter(?:s|ed)|insist(?:s|ed)|"
    r"says? otherwise|the opposite|by contrast|on the other hand|exaggerat\w+|(?:knows?|counts?) of (?:only )?\w+)\b|"
    r"^\W*(?:non|no|faux)(?=\s*[,.!»”])|[,»”\"] riposte |, (?:elle|lui|eux|elles)(?:,| )|[»”\"],? (?:a |ont )?assur\w+"
)
