"""Tells by the noun that a question asks for what it wants: an "enveloppe" is money, a "délai" is time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from rag.language.stop_words import listed

Kind = Literal["number", "money", "share", "age", "duration", "date", "person", "place", "organisation", "reason"]


class Head(NamedTuple):
    """The noun that a question asks for, with what kind of answer it is."""

    kind: Kind
    start: int  # in the question
    end: int


def head_asked(folded: str) -> Head | None:
    """The noun after "quel" or "which" of a folded question, when it says what is wanted.

    After "quel" and "which" it comes first ("quelle enveloppe globale"), after "what" last ("what average budget").
    """
    asked = _ASKED.search(folded)
    if asked is None:
        return None
    if asked["what"]:
        phrase = _PHRASE.match(folded, asked.end())
        nouns = list(_WORD.finditer(folded, *phrase.span())) if phrase else []
        named = [noun for noun in nouns[:1] if noun.group() in _NAMES and folded[noun.end() : noun.end() + 2] != "'s"]
        nouns = [*named, *nouns[-1:]]
    else:
        nouns = [noun] if (noun := _WORD.match(folded, asked.end())) else []
    return next((Head(kind, *noun.span()) for noun in nouns if (kind := _KINDS.get(noun.group()))), None)


def bare_head(folded: str) -> Head | None:
    """The noun with which a folded question without a verb begins, or ends when it is short: "prix billet musée".

    That something is counted may be said anywhere in a short one: "rugby nombre joueurs". Where the question is long,
    or the noun has other senses, its complement has to follow: "poids total des tubes".
    """
    found = list(_WORD.finditer(folded))
    if len(found) < 2 or _ASKING.search(folded):
        return None
    first, last, short = found[0], found[-1], len(found) <= MOST_BARE
    if first.group() in _LEADING or PRIZE.search(folded):
        return None
    kind = _kind_of(first, _BARE) if short else None
    kind = kind or (_kind_of(first, _BARE | _WITH_COMPLEMENT) if _COMPLEMENT.match(folded, first.end()) else None)
    if kind:
        return Head(kind, *first.span())
    inside = next((noun for noun in found if noun.group() in _COUNTS), last)
    kind = _kind_of(inside, _BARE) if short else None
    return Head(kind, *inside.span()) if kind else None


def _kind_of(noun: re.Match[str], kinds: Mapping[str, Kind]) -> Kind | None:
    return kinds.get(noun.group()) or kinds.get(noun.group().removesuffix("s"))


MOST_BARE = 8  # words of a question without a verb that may end with its noun, or have no complement to it

PRIZE = re.compile(r"\bprix (?:nobel|goncourt|renaudot|femina|medicis|pulitzer|litterair)")  # what one wins
_COUNTS = listed("nombre number toll")
_LEADING = listed("le la les l un une des ce cette the a an this")  # no noun without more before it
_WORD = re.compile(r"[^\W\d_]+")
_ASKING = re.compile(r"[:,] *(?:qu|comment|combien|how|wh)|^\W*(?:qu|\w+s?\s?[:,])")  # a theme, and a question after it
_COMPLEMENT = re.compile(r" (?:[a-z]+ ){0,2}(?:d[eu'] ?|des |aux? |pour |par |pendant |que |of |for |to |in )")
_ASKED = re.compile(
    r"\b(?:(?:les)?quel(?:le)?s?|which|(?P<what>what))\b(?:'s)?"
    r"(?: (?:est|etait|sont|etaient|sera|serait|fut|a ete|avait ete)(?=,| (?:l[ae]s?|s(?:a|on)|leurs?)\b| l'))?"
    r"(?: (?:is|was|are|were|will be|would be)(?= (?:the|his|her|its|their|your)\b|[^,?]{1,40}'s?\b))?"
    r"(?:,[^,?]{1,40},)?"  # "quel est, en 2019, le montant"
    r"(?: (?:l[ae]s?|the|s(?:a|on)|autres?|other|his|her|its|their|your))? (?:l')?"
    r"(?:(?:(?:derni|premi)ere?s?|nouve(?:au|l|lle)s?|prochaine?s?) )?"
)
_ENDS = (  # what an English phrase with its noun goes on to
    r"(?:of|in|on|for|to|from|at|by|with|per|as|about|than|did|does|do|was|were|is|are|has|had|have|will|would|can|"
    r"could|may|might|must|should|that|who|which|when|where|and|or|put|set|led|made|the|an?|his|her|its|their|this)"
)
_PHRASE = re.compile(rf"(?![a-z]+ing\b)(?:(?!{_ENDS}\b)[^\s,;:?]+(?: |(?=[,;:?]|$)))+")

_AMOUNTS: dict[Kind, str] = {
    "money": """enveloppe dedommagement indemnisation malus bonus deficit manne montant montants rallonge
        dotation caution remuneration revenu revenus cagnotte surcout supplement redevance
        price tag prices cost costs outlay sum fee fees fine fines refund profit profits revenue revenues bail bounty
        reward payout compensation wage wages salary budget income ransom rent debt debts earnings savings""",
    "number": """nombre volume affluence frequentation audience allure quota seuil etendue
        dimensions contenance tirage jauge ecart chiffre chiffres hausse baisse progression recul
        augmentation diminution count tally toll attendance limit ceiling threshold temperature weight length
        width depth area quantity amount dose horsepower magnitude size height distance speed population altitude
        circulation margin number level score estimate estimates increase rise drop decline rainfall""",
    "share": """fraction croissance rabais remise abstention percentage share proportion rate ratio
        turnout""",
    "age": "age ages",
    "duration": "duree delai preavis anciennete longevite peine peines duration sentence sentences",
    "date": "echeance periode dates annees horizon deadline period decade days months years hours day month year date",
}
_NAMED: dict[Kind, str] = {
    "person": """ministre ministres president presidente maire maires depute deputes senateur general generaux
        directeur directrice chef cheffe dirigeant dirigeante responsable responsables patron patronne homme femme
        personne personnes personnalite joueur joueuse joueurs acteur actrice chanteur chanteuse auteur autrice
        ecrivain realisateur realisatrice entraineur avocat avocate juge candidat candidate candidats roi reine
        successeur predecesseur medecin chercheur professeur minister mayor senator director leader spokesman
        spokesperson boss man woman person people player actor actress singer author writer coach lawyer judge
        candidate king queen successor predecessor doctor researcher""",
    "place": """ville villes localite commune communes village region regions departement departements quartier rue
        lieu endroit stade hopital aeroport port ile gare place province continent city town district street county
        state airport stadium hospital""",
    "organisation": """entreprise entreprises societe societes compagnie compagnies club clubs parti partis
        organisation organisations organisme association associations groupe groupes agence institution banque journal
        media medias chaine equipe equipes syndicat syndicats ministere marque constructeur laboratoire universite
        tribunal company companies firm party parties organization agency bank newspaper channel team teams union
        ministry brand university court""",
}
_NAMES: dict[str, Kind] = {noun: kind for kind, nouns in _NAMED.items() for noun in nouns.split()}
_KINDS: dict[str, Kind] = {noun: kind for kind, nouns in _AMOUNTS.items() for noun in nouns.split()} | _NAMES
_BARE_NOUNS: dict[Kind, str] = {
    "number": "nombre effectif bilan score number toll",
    "money": "cout prix tarif montant budget salaire amende price cost amount fine salary",
    "date": "date annee jour heure day year",
    "duration": "duree duration",
    "age": "age",
    "share": "pourcentage proportion taux percentage rate",
    "reason": "cause raison motif pourquoi reason why",
    "place": "lieu endroit place location",
    "person": "auteur responsable author",
}
_FURTHER_NOUNS: dict[Kind, str] = {
    "number": """taille poids vitesse superficie surface longueur largeur hauteur profondeur altitude quantite volume
        etendue distance puissance temperature capacite affluence frequentation count tally size weight speed height
        length population""",
    "money": "somme valeur enveloppe remuneration indemnite loyer facture surcout sum value",
    "date": "mois echeance periode month deadline",
    "duration": "delai anciennete",
    "share": "part share",
}
_BARE: dict[str, Kind] = {noun: kind for kind, nouns in _BARE_NOUNS.items() for noun in nouns.split()}
_WITH_COMPLEMENT: dict[str, Kind] = {noun: kind for kind, nouns in _FURTHER_NOUNS.items() for noun in nouns.split()}
