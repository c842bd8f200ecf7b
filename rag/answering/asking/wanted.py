"""Tells what kind of answer a question wants: a number, a date, a person, a reason."""

from __future__ import annotations

import re
from typing import Literal

from rag.answering.asking.heads import PRIZE, bare_head, head_asked
from rag.answering.asking.wording import INFINITIVE
from rag.language.folding import fold, fold_in_place
from rag.language.stop_words import listed

Amount = Literal["number", "money", "share", "age", "duration"]
Named = Literal["person", "country", "place", "organisation", "name"]
Wanted = Literal[Amount, Named, "date", "reason", "manner", "definition", "yes or no"]

AMOUNTS: tuple[Wanted, ...] = ("number", "money", "share", "age", "duration")
NAMED: tuple[Wanted, ...] = ("person", "country", "place", "organisation", "name")


def wanted_by(question: str) -> Wanted | None:
    """The kind of answer a question wants; None for one that wants a statement.

    Of several questions the last one that tells anything tells; those in brackets at the end only when no other does.
    """
    own, before = _parted(question.strip())
    asked = (part for text in (own, before) for part in reversed(_ANOTHER.split(text)) if part.strip())
    return next((kind for part in asked if (kind := _told_by(part))), None)


def _parted(question: str) -> tuple[str, str]:
    """A question and what it has in brackets at its end, as a follow-up has the question before it; or nothing."""
    if not question.endswith(")"):
        return question, ""
    depth, start = 0, len(question)
    while start and (depth or start == len(question)):
        start -= 1
        depth += {")": 1, "(": -1}.get(question[start], 0)
    return (question[:start], question[start + 1 : -1]) if question[:start].strip() else (question, "")


def _told_by(question: str) -> Wanted | None:
    bare = None if (found := _wanted_by(question)) else bare_head(fold_in_place(question))
    return found or (bare.kind if bare else None)


def _wanted_by(question: str) -> Wanted | None:
    folded = fold_in_place(question)
    signs = [(sign.start(), kind) for kind, pattern in _SIGNS if (sign := pattern.search(folded))]
    if where := _WHERE.search(question):
        signs.append((where.start(), "place"))
    start, found = min(signs, key=lambda sign: sign[0], default=(0, None))  # of those at one place, the first in _SIGNS
    if found == "yes or no" and (_STATEMENT.search(folded[:start]) or _WHAT.search(folded)):
        return None
    if found == "money" and (_PRIZE_ASKED.search(folded) or _WON.search(folded)):
        return "name"
    if found == "person" and _DEFINING.match(question.strip()):
        return "definition"
    head = head_asked(folded) if found in (None, "name") else None
    return head.kind if head else found


def words_of_amount(question: str) -> list[tuple[int, int]]:
    """Where a question says that it wants an amount or a date, and of what kind: "quelle longueur", "combien coûte".

    As (start, end) in its characters. An article that gives it need not have these words: "3 km de long".
    """
    folded = fold_in_place(question)
    wanted, found = _wanted_by(question), [sign.span() for sign in _OF_AMOUNT.finditer(folded)]
    if wanted == "money":
        found += [sign.span() for sign in _COSTING.finditer(folded)]
    head = head_asked(folded) if wanted else bare_head(folded)
    if head and head.kind in (*AMOUNTS, "date") and wanted in (None, head.kind):
        found.append((head.start, head.end))
    return found


def wants_newest(question: str) -> bool:
    """Whether a question asks for the latest state: "aujourd'hui", "actuellement", "au bout du compte", "latest"."""
    return bool(_NEWEST.search(fold(question)))


def wants_oldest(question: str) -> bool:
    """Whether a question asks for the first state: "au départ", "initialement", "à l'origine", "at first"."""
    return bool(_OLDEST.search(fold(question)))


def has_happened(question: str) -> bool:
    """Whether a question is about what has happened, and not about what was planned: "Quand a-t-il été signé ?"."""
    folded = fold(question)
    return bool(_HAPPENED.search(folded)) and not _PLANNED.search(folded)


def words_of_state(question: str) -> list[tuple[int, int]]:
    """Where a question only says that it asks for the latest or first state, or for what will or may be.

    As (start, end) in its characters: an article that answers needs none of these words.
    """
    folded = fold_in_place(question)
    return [sign.span() for pattern in (_ONLY_STATE, _AUXILIARY) for sign in pattern.finditer(folded)]


def wants_several(question: str) -> bool:
    """Whether a question asks for a list: "Quels pays ... ?", "Which countries ... ?", "Citez ..."."""
    return bool(_SEVERAL.search(fold(question)))


_WHICH = (
    r"(?:quel(?:le)?s?|which|what)(?: (?:est|etait|sont|etaient|is|was|are|were))?"
    r"(?: (?:l[ae]s?|the|sa|son|autres?|other))? (?:l')?"
    r"(?:(?:(?:derni|premi)ere?s?|nouve(?:au|l|lle)s?|prochaine?s?|latest|last|first|new|next|final|current|exact) )?"
)
_AT_START = r"^\W*(?:(?:et|mais|and|but) )?"
_UNITS = listed("seconde minute heure jour semaine mois an annee second hour day week month year")
_TIME = rf"(?:temps?|{'|'.join(sorted(_UNITS))})s?"
_OF_MONEY = (
    r"(?:montants?|prix|couts?|budgets?|sommes?|salaires?|amendes?|chiffre d'affaires|factures?|tarifs?|loyers?|"
    r"prejudice|rancons?|primes?|indemnites?|subventions?|dettes?|passif|price|cost|amount|fine|salary|ransom|rent|"
    r"debts?|fee)"
)
_ESTIMATE = r"(?:estimations?|evaluations?|montants?|estimates?) (?:d(?:e|u|es) |de la |de l'|d'|of (?:the )?)"
_OF_SHARE = r"(?:pourcentages?|parts?|proportion|taux|share|percentage|rate)"
_MEASURED = r"(?:nombre|effectif|bilan|score|number|toll|magnitude|niveau|level|size|height|distance|speed|population)"
_EXTENT = (
    r"(?:surface|superficie|taille|hauteur|longueur|largeur|profondeur|epaisseur|altitude|temperature|vitesse|quantite|"
    r"poids|capacite|puissance|debit|dose|teneur|concentration)"
)
_COSTS = (
    r"(?:cout(?:e|er|era|ent|ait|aient|eront|erait)\w*|vaut|val(?:ait|ent|aient)|pai(?:e|es|ent|era|eront)|"
    r"pay(?:er|e|ee|es|ees|ent|ait|aient|era|eront|erait)|"
    r"debours\w+|depens\w+|factur\w+|(?:ete|s'est|se sont) vendu\w*|ach(?:ete|etee|etes)|rapporte\w*)"
)
_SPENT = (  # what makes "how much" a sum of money
    r"(?:costs?|pa(?:y|ys|id)|spen[dt]s?|earn(?:s|ed)?|worth|charge[sd]?|s(?:ell|old)|owe[sd]?|donat\w+|invest(?:s|ed)?|"
    r"raised|money|cash|funding|fund(?:s|ed)|aid|revenues?|profits?|rent|ransom|interest|bail|income|compensation|debts?|"
    r"tax(?:es)?|budget|salary|fees?|fined?|tickets?|price[sd]?|dollars|euros|pounds)"
)
_MEASURES_IT = (
    r"(?:ris(?:e|en|ing)|rose|fall(?:en|ing)?|fell|gr[oe]w(?:n|ing)?|drop(?:ped)?|rain(?:ed)?|snow(?:ed)?|"
    r"weigh(?! in\b)|(?:in|de)creased?|decline[ds]?|shr[iau]nk|melt(?:ed)?|(?:go|gone|went) (?:up|down)|inflation)"
)
_BEING_DONE = r"(?:did|does|do|is|was|are|were|has|have|had|will|would|can|could|may|might|must|should)"
_OF_A_SUM = (
    rf"(?<!by )how much(?:\W*$|\b[^?]{{0,80}}\b{_SPENT}\b| {_BEING_DONE} (?![^?]*\b{_MEASURES_IT}\b))|"
    r"what (?:(?:is|was|are|were|will|would|might|could) [^?]{1,100}(?<!fort) worth\W*$|"
    r"(?:did|does|do|will|would|could|might) [^?]{1,100}(?<! the)(?<! of)(?<! a)(?<! low)(?<! high)"
    r" (?:cost(?=\W*$|,| (?:the|an?|to|in|per|for|him|her|them|us|it|each|every|before|after|when|last|this)\b)|"
    r"charge (?:per|for (?:the|an?|each))\b|fetch\b)|"
    r"[^?]{1,100} in (?:dollars|euros|pounds)\b)"
)
_COSTING = re.compile(rf"\b{_COSTS}\b")
_OF_AMOUNT = re.compile(rf"\b{_WHICH}(?:age|duree|duration|{_OF_MONEY}|{_OF_SHARE}|{_MEASURED}|{_EXTENT})\b")
_IN_THE_END = (
    r"(?:aujourd'hui|actuellement|actuel(?:le)?s?|maintenant|en ce moment|a ce jour|a l'heure actuelle|finalement|"
    r"en fin de compte|au bout du compte|en definitive|tout (?:compte fait|bien compte)|reellement|vraiment|au final|"
    r"now|today|currently|current|at present|to date|so far|finally|in the end|eventually|really|actually)"
)
_NEWEST = re.compile(
    rf"\b(?:{_IN_THE_END}|dernier (?:bilan|chiffre|etat|decompte|total)|"
    r"dern(?:iers|ieres) (?:chiffres|nouvelles|informations)|plus recente?s?|definitif|definitive|latest|most recent|"
    r"final count)\b"
)
_BEING = r"(?<!est )(?<!sont )(?<!etait )(?<!etaient )"
_AT_FIRST = (
    rf"(?:{_BEING}au (?:tout )?depart(?! (?:d[eu']|a la ))|{_BEING}a l'origine(?! d[eu'])|initialement|"
    r"dans un premier temps|au tout debut|tout d'abord|d'abord|initially|originally(?! from)|"
    r"at first(?! (?:instance|glance|sight))|at the outset)"
)
_OLDEST = re.compile(
    rf"\b(?:{_AT_FIRST}|premiers? (?:bilans?|chiffres?(?! d'affaires)|decomptes?)|premieres? estimations?|"
    r"first (?:count|figures?|toll|estimates?))\b"
)
_ONLY_STATE = re.compile(rf"\b(?:{_IN_THE_END}|{_AT_FIRST})\b")
_AUXILIARY = re.compile(  # "va-t-il quitter", "comptent bientot partir"
    r"(?<!le )(?<!un )(?<!son )(?<!leur )(?<!ce )(?<!du )(?<!au )"
    r"\b(?:va|vont|vais|all(?:ait|aient)|compt(?:e|ent|ait|aient)|entend(?:ent|ait|aient)?|doi(?:t|vent)|"
    r"dev(?:ait|aient|ra|ront|rait|raient)|peu(?:t|vent)|pou(?:vait|vaient|rra|rront|rrait|rraient)|veu(?:t|lent))\b"
    r"(?=(?:-t)?(?:-(?:il|elle|on)s?)?(?: (?!(?:l[ae]s?|une?|des?|du|son|sa|ses)\b)[a-z]+){0,2}? "
    rf"{INFINITIVE})"
)

_HAPPENED = re.compile(
    r"\b(?:a|ont|est|sont)(?:-t)?-(?:ils?|elles?|on) (?:ete )?[a-z]+(?:e|i|u|s|t)e?s?\b|"
    r"\bquand (?:a|ont|s'est|se sont) (?!lieu)[a-z]+|date (?:(?:de|du) )?(?:debut|signature|mort|naissance)\b|"
    r"\b(?:did|was|were)\b"
)
_PLANNED = re.compile(
    r"\b(?:prevu|fixe|attendu|(?:est|sont|ete)(?:-(?:il|elle)s?)? programme|annonce|promi|suppose|cense|repouss|"
    r"reporte|planned|scheduled|due|expected|announced|promised|supposed|postponed|set (?:to|for)|going to)"
)

# Each pattern is looked for in the folded question; the one that is found first in it tells, of equals the first here.
_SIGNS: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (
        "reason",
        re.compile(
            r"\b(?:pourquoi|why|how come|what (?:caused|reason|led to|prompted|sparked|triggered)|"
            r"what (?:made|drove|led) (?:the|up|him|her|it|them|his|its|their|this)\b|"
            r"what(?:'s| is| was| lies) behind|comment s'expli\w+|a quoi (?:est|sont|etait) due?s?|"
            r"qu'est-ce qui (?:explique|(?:a|ont) (?:cause|provoque|pousse|motive))|"
            r"(?:a cause|en raison|du fait|au nom) de quoi)\b"
        ),
    ),
    ("reason", re.compile(rf"\b{_WHICH}(?:raison|motif|cause|reason)s?\b")),
    ("age", re.compile(rf"\b(?:{_WHICH}age|how old)\b")),
    ("duration", re.compile(rf"\b(?:combien d(?:e |'){_TIME}|how many {_TIME}|how long|{_WHICH}(?:duree|duration))\b")),
    (
        "date",
        re.compile(
            rf"{_AT_START}(?:quand|when)\b|"
            r"\b(?:(?:depuis|jusqu'a|(?:a partir )?de|d'ici(?: a)?|a|pour|since|until|by|from) "
            r"(?:quand|when)\b(?! meme)|(?:quand|when)\W*$)|, quand [^?,]{1,40}-(?:t-)?(?:ils?|elles?|on)\b|"
            rf"\b{_WHICH}(?:date|jour|mois|annee|heure|day|month|year|time)\b"
        ),
    ),
    ("share", re.compile(rf"\b{_WHICH}{_OF_SHARE}\b")),
    (
        "money",
        re.compile(
            rf"\bcombien (?:(?!de |d')[^?]{{1,80}}[ '-])?{_COSTS}\b|"
            rf"\b(?:combien (?:d'euros|de dollars|d'argent)|{_WHICH}(?:{_ESTIMATE})?{_OF_MONEY}\b)|"
            rf"\b(?:{_OF_A_SUM})|"
            rf"\bcombien (?:(?:se (?:mont|chiffr)|s'elev|s'etabli)\w+ (?:l[ae]s? |l'|s(?:on|a|es) ){_OF_MONEY}|"
            r"(?!de |d')[^?]{2,60}\b(?:touch|perc|rec|vers|gagn|pai|pay|rembours)\w+[^?]{0,12} d(?:e |')"
            r"(?:indemnites?|primes?|loyers?|subventions?|dettes?|salaires?))\b"
        ),
    ),
    (
        "number",
        re.compile(
            r"\b(?:combien|"
            r"how (?:many|much|far|fast|tall|big|large|high|heavy|deep|wide|hot|cold|thick|strong|powerful|close)|"
            rf"{_WHICH}(?:{_ESTIMATE})?(?:{_MEASURED}|{_EXTENT}))\b"
        ),
    ),
    (
        "country",
        re.compile(
            rf"\b{_WHICH}(?:(?!(?:of|d[ue]s?|l[ae]s?|ce|the|this|do|does|did|is|are)\b)[a-z]+ ){{0,2}}"
            r"(?:pays|countr(?:y|ies)|nationalit(?:es?|y|ies))\b"
        ),
    ),
    ("place", re.compile(r"\b(?:where|a quel endroit)\b")),
    ("name", re.compile(r"\bcomment (?:s'appel|se (?:nomm|prenomm))\w+")),
    ("manner", re.compile(r"\b(?:comment|how|de quelle (?:maniere|facon)|par quels? moyens?)\b")),
    (
        "person",
        re.compile(
            rf"(?:{_AT_START}|\b(?:a|de|par|avec|pour|chez|contre|by|to|with) )(?:qui|who|whom|whose)\b|\bqui\W*$"
        ),
    ),
    ("name", re.compile(r"\b(?:(?:le|la|les)?quel(?:le)?s?|which|what)\b")),
    (
        "yes or no",
        re.compile(r"^\W*(?:(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could)\b|est-ce que )"),
    ),
    ("yes or no", re.compile(r"\w-(?:t-)?(?:ils?|elles?|on|ce)\b")),
)
_PRIZE_ASKED = re.compile(rf"\bquels? (?:est le |sont les )?(?:{PRIZE.pattern})")
_WON = re.compile(r"(?<!a )\bquels? prix\b(?! d)[^?]{0,60}\b(?:recu|recoit|remport\w+|obtenu|gagne\w*|decern\w+)\b")
_STATEMENT = re.compile(r"(?<!est-ce )\bqu(?:e |')|(?:^\W*|, )(?:[a-z']+ ){1,4}quoi\b")
_WHAT = re.compile(r"(?<!est-)(?<!selon )(?<!d'apres )\bce qu(?:e |'|i )")
# "Où" needs its accent, since "ou" joins two things; at either end of a question it can only be "où".
_WHERE = re.compile(r"\b[oO]ù\b|^\W*[oO]u\b|\bou\W*$")
_TITLE = r"(?:(?!(?:de|du|des|of)\b)[a-zà-ÿ]+ ){0,2}"
_DEFINING = re.compile(
    r"(?:[Mm]ais |[Ee]t |[Aa]nd )?(?:[Qq]ui (?:est|était|etait|sont|étaient)|[Ww]ho (?:is|was|are|were)) "
    rf"(?:the |l[ae] |les |l['’])?{_TITLE}[A-ZÀ-Ý][^\s?]*(?: [A-ZÀ-Ý-][^\s?]*)*\s*\??$"
)
_ANOTHER = re.compile(r"(?<=\?) +(?=\S)")
_SEVERAL = re.compile(
    r"\b(?:(?:les)?quel(?:le)?s\b|(?:which|what) (?:other )?(?:people|[a-z]{3,}s)\b|qui sont\b|who are\b|"
    r"ou (?:les|sont)\b|cite[zr]?\b|enumere|list\b|name (?:the|all)\b)"
)
