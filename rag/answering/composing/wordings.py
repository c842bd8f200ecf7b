"""Knows what news says in several words: "quitter" and "retrait" mean one thing, "rester" its opposite."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rag.answering.verifying.statements import word_keys


@lru_cache(maxsize=1)
def meanings() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """The stems of the words of each meaning, and those of their opposites."""
    sides = [line.partition("/") for line in _ALIKE.replace("\n    ", " ").strip().splitlines()]
    return tuple((_keys(one), _keys(other)) for one, _, other in sides)


def _keys(words: str) -> frozenset[str]:
    forms = [form for word in words.split() for form in _forms(word)]
    return frozenset(
        key for form in forms for language in ("fr", "en") for key in word_keys(form, language, abroad=False)
    )


def _forms(word: str) -> Iterator[str]:
    """A word with the forms that the stemmer does not lead back to it: "quitter", "quittent", "quittera"."""
    yield word
    if word.endswith("é"):
        yield f"{word}e"
    if word.endswith("er"):
        yield from (
            word[:-2] + ending for ending in ("e", "ent", "ons", "ant", "ait", "aient", "era", "eront", "é", "ée")
        )


# What news says in several words: each line is of one meaning, in either language; every form counts, as its stem.
_ALIKE = """
quitter quitté quitte quittent partir parti partis part départ retirer retiré retirées retrait évacuer évacué rapatrier
    rappeler rapatrié retire leave left leaves withdraw withdrew withdrawal withdrawn depart departed exit pull pulled /
    rester reste restent resté maintenir maintient maintien demeurer stay stays stayed remain remains remained
rester reste restent resté maintenir maintient maintien demeurer stay stays stayed remain remains remained /
    quitter quitté quitte quittent partir parti partis départ retirer retiré retrait évacuer évacué rapatrier leave left
    leaves withdraw withdrew withdrawal withdrawn depart departed
mourir mort décédé décès tué tuer die died dead killed death / survivre survécu survit survive survived
démissionner démission démissionné resign resigned resignation
signer signé signature sign signed signing
gagner gagné remporter remporté victoire vainqueur win won victory / perdre perdu défaite lose lost defeat
fermer fermé fermeture close closed closing shut / ouvrir ouvert ouverture rouvrir rouvert reopen
ouvrir ouvert ouverture rouvrir rouvert open opened opening reopen / fermer fermé fermeture closed closing shut
candidat candidature présenter présente candidate candidacy run running
accepter accepté approuver approuvé approbation accept accepted approve approved / refuser refus rejeter rejeté rejet
    refused reject rejected
annuler annulé annulation cancel cancelled canceled / maintenir maintenu maintient maintained
interdire interdit interdiction ban banned forbid forbidden / autoriser autorisé autorisation allowed authorised
autoriser autorisé autorisation allow allowed authorise authorised / interdire interdit interdiction ban banned
suspendre suspendu suspension suspend suspended / reprendre repris reprise maintenir maintenu resume resumed
commencer commencé commence débuter débuté début démarrer démarré begin began begun start started
finir fini terminer terminé achever achevé cesser cessé end ended finish finished cease ceased
condamner condamné condamnation convict convicted sentenced / acquitter acquitté relaxer relaxé acquitted
augmenter augmenté hausse relever relevé increase increased raise raised / baisser baisse diminuer diminué réduire
    réduit decrease decreased reduced cut
baisser baisse diminuer diminué réduire réduit decrease decreased reduce reduced / augmenter augmenté hausse increase
    increased raised
confirmer confirmé confirmation confirm confirmed / démentir démenti infirmer deny denied
reporter reporté repousser repoussé décaler décalé postpone postponed delayed / maintenir maintenu maintained
arrêter arrêté interpeller interpellé arrestation arrest arrested / libérer libéré relâcher relâché released freed
"""
