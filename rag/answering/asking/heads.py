"""Tells by the noun that a question asks for what it wants: an "enveloppe" is money, a "délai" is time."""

from __future__ import annotations

import re
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

    In French it comes first ("quelle enveloppe globale"), in English last ("what average annual budget").
    """
    asked = _ASKED.search(folded)
    if asked is None:
        return None
    phrase = _PHRASE.match(folded, asked.end()) if asked["english"] else _WORD.match(folded, asked.end())
    found = list(_WORD.finditer(folded, *phrase.span())) if phrase else []
    return next((head for noun in found[: -HEADS - 1 : -1] if (head := _head(noun))), None)


def bare_head(folded: str) -> Head | None:
    """The noun with which a folded question without a verb begins, or ends when it is short: "prix billet musée"."""
    found = list(_WORD.finditer(folded))
    if len(found) < 2 or found[0].group() in _LEADING:
        return None
    sought = (found[0], found[-1]) if len(found) <= MOST_BARE else found[:1]
    heads = ((noun, _BARE.get(noun.group()) or _BARE.get(noun.group().removesuffix("s"))) for noun in sought)
    return next((Head(kind, *noun.span()) for noun, kind in heads if kind), None)


def _head(noun: re.Match[str]) -> Head | None:
    kind = _KINDS.get(noun.group())
    return Head(kind, *noun.span()) if kind else None


HEADS = 2  # last words of an English phrase that are tried: the "price" of "price tag"
MOST_BARE = 8  # words of a question without a verb that may end with its noun

_LEADING = listed("le la les l un une des ce cette the a an this qu que quoi")  # no noun without more before it
_WORD = re.compile(r"[^\W\d_]+")
_ASKED = re.compile(
    r"\b(?:(?:les)?quel(?:le)?s?|(?P<english>which|what))\b(?:'s)?"
    r"(?: (?:est|etait|sont|etaient|sera|serait|fut|a ete|avait ete))?"
    r"(?: (?:is|was|are|were|will be|would be)(?= (?:the|his|her|its|their|your)\b|[^,?]{1,40}'s?\b))?"
    r"(?:,[^,?]{1,40},)?"  # "quel est, en 2019, le montant"
    r"(?: (?:l[ae]s?|the|s(?:a|on)|autres?|other|his|her|its|their|your))? (?:l')?"
    r"(?:(?:(?:derni|premi)ere?s?|nouve(?:au|l|lle)s?|prochaine?s?) )?"
)
_ENDS = (  # what an English phrase with its noun goes on to
    r"(?:of|in|on|for|to|from|at|by|with|per|as|about|than|did|does|do|was|were|is|are|has|had|have|will|would|can|could|"
    r"may|might|must|should|that|who|which|when|where|and|or|put|set|led|made|the|an?|his|her|its|their|this|these)"
)
_PHRASE = re.compile(rf"(?![a-z]+ing\b)(?:(?!{_ENDS}\b)[^\s,;:?]+(?: |(?=[,;:?]|$)))+")

_AMOUNTS: dict[Kind, str] = {
    "money": """enveloppe dedommagement indemnisation malus bonus deficit recettes manne montant montants rallonge
        dotation caution remuneration revenu revenus patrimoine cagnotte surcout supplement redevance value worth
        price prices cost costs outlay sum fee fees fine fines refund profit profits revenue revenues bail bounty
        reward payout compensation wage wages salary budget income ransom rent debt debts earnings savings""",
    "number": """nombre volume total affluence frequentation audience allure contingent quota plafond seuil etendue
        dimensions autonomie contenance tirage jauge ecart chiffre chiffres hausse baisse progression recul
        augmentation diminution count tally toll attendance capacity limit ceiling threshold temperature weight length
        width depth area quantity amount dose horsepower magnitude size height distance speed population altitude
        volume circulation margin number total level score estimate estimates increase rise drop decline rainfall""",
    "share": """fraction croissance rabais remise participation abstention percentage share proportion rate ratio
        turnout""",
    "duration": "duree delai preavis anciennete longevite duration",
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
_KINDS: dict[str, Kind] = {
    noun: kind for table in (_AMOUNTS, _NAMED) for kind, nouns in table.items() for noun in nouns.split()
}
_BARE_NOUNS: dict[Kind, str] = {
    "number": """nombre effectif bilan score number toll taille poids vitesse superficie surface longueur largeur
        hauteur profondeur altitude quantite volume etendue distance puissance temperature capacite tirage hausse
        baisse recul progression affluence frequentation audience count tally size weight speed height length
        population""",
    "money": """cout prix tarif montant budget salaire amende somme valeur enveloppe remuneration indemnite loyer
        facture surcout recette price cost amount fine salary sum value""",
    "date": "date annee jour heure mois echeance periode day year month deadline",
    "duration": "duree delai anciennete duration",
    "age": "age",
    "share": "pourcentage part proportion taux share percentage rate",
    "reason": "cause raison motif pourquoi reason why",
    "place": "lieu endroit place location",
    "person": "auteur responsable author",
}
_BARE: dict[str, Kind] = {noun: kind for kind, nouns in _BARE_NOUNS.items() for noun in nouns.split()}
