"""Knows which words turn a fact into its opposite, in French and English."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rag.answering.verifying.pairing import Pairing
from rag.answering.verifying.statements import Statement, Unit, word_keys
from rag.language.folding import fold


def opposed(pairing: Pairing) -> bool:
    """Whether the claim has a word that the window lacks, and the window its opposite, which the claim lacks."""
    language = pairing.window[0].language
    claimed, stated = _terms(pairing.claim), _terms(pairing.window)
    return any(
        (one & claimed and other & stated and not one & stated and not other & claimed)
        or (other & claimed and one & stated and not other & stated and not one & claimed)
        for one, other in _opposites(language)
    )


def opposite_units(pairing: Pairing) -> Iterator[tuple[Unit, Unit]]:
    """Each word of the claim that the window lacks, with a word of the window that is its opposite."""
    language = pairing.window[0].language
    matched = {(pairing.there[place].start, pairing.there[place].end) for place in pairing.matched}
    unmatched = [unit for unit in pairing.there if (unit.start, unit.end) not in matched]
    for place, unit in enumerate(pairing.said):
        if unit.kind != "word" or pairing.says(place):
            continue
        for one, other in _opposites(language):
            for mine, theirs in ((one, other), (other, one)):
                if unit.keys & mine and not any(stated.keys & mine for stated in pairing.there):
                    yield from ((unit, stated) for stated in unmatched if stated.keys & theirs)


def are_opposite(one: Unit, other: Unit, language: str) -> bool:
    """Whether two words stand on the two sides of an opposition."""
    return any(
        (one.keys & mine and other.keys & theirs) or (one.keys & theirs and other.keys & mine)
        for mine, theirs in _opposites(language)
    )


def one_side(keys: frozenset[str], language: str) -> frozenset[str]:
    """The stems of the words that stand on the same side of an opposition as some word, which mean much the same."""
    return frozenset(key for side in _synonyms(language) if side & keys for key in side)


# Two sides to a line, words of one meaning on each; where "//" parts them, words of one side only oppose those of the
# other, and do not stand for each other. Every form of a word counts, as its stem: words whose stem others share
# ("maintenir", "maintenant") have no place here. A line goes on where it is indented by four more.
_LISTED = {
    "fr": """
        augmente augmentation hausse progresse progression croissance bondit grimpe / diminue diminution baisse recule
            recul chute plonge dégringole
        accroît accru accrue aggrave intensifie attise // apaise apaisé apaisée calme détend atténue
        renforcé renforce // retiré retire allégé
        encourage invite incite // dissuade décourage déconseille
        maintenir maintient // reporter reporte annuler annule annulé
        reconnaît reconnu admet avoue // nie nié dément démenti conteste
        accède accédé accorde // refuse refus rejette
        attribue impute // écarte exonère disculpe
        nommé nomme élu désigné // démis limogé révoqué évincé
        prolonge prolongé // écourte raccourcit abrège
        accélère accéléré // ralentit ralenti freine
        maintien prolongation // fin suppression supprime abroge abrogation
        temporaire temporairement provisoire provisoirement // définitif définitive définitivement
        partiellement // totalement entièrement intégralement
        inférieur inférieure // supérieur supérieure
        rassure rassuré rassurant // inquiète inquiet inquiétant
        rapproche rapproché rapprochement // éloigne éloigné éloignement
        davantage // moins
        construit // détruit démolit
        légal légale // illégal illégale
        meilleur meilleure mieux // pire pis
        confirme validé valide // invalide invalidé annulé cassé
        gagne gagner victoire vainqueur remporte / perd perdre perdu défaite
        accepte accepter approuve approbation / refuse refus rejette rejeté rejet
        reçoit reçu obtient obtenu / refuse refusé décline
        faveur favorable / contre défavorable opposé hostile
        autorise autorisation permet / interdit interdire interdiction
        ouvre ouvrir ouverture rouvre / ferme fermer fermeture
        entre entrée arrive arrivée / sort sorti sortie quitte quitté part parti départ
        reste rester demeure présence / quitte quitté part parti départ retire retirer retrait
        envoie envoyer envoi déploie déployer déploiement / retire retirer retrait rapatrie
        renforce renforcement / réduit réduire réduction affaiblit allège
        achète acheter achat acquiert / vend vendre vente cède
        commence commencer début débute lance / termine terminer fin achève cesse
        confirme confirmation / dément démenti démentir nie
        soutient soutien défend / combat combattre condamne critique dénonce
        libère libéré libération / arrête arrêté arrestation emprisonne
        acquitté relaxé innocent / condamné coupable
        créé création recrute embauche / supprimé supprime suppression licencie
        maintien maintient maintenir / abandon abandonne abandonner suspend suspension
        succès réussite réussit / échec échoue échoué
        majorité majoritaire / minorité minoritaire
        nord / sud
        avant / après
        maximum / minimum
        premier première / dernier dernière
        vivant survit survécu / mort morte décédé tué
        """,
    "en": """
        increase rise rose grow grew growth gain climb jump soar surge / decrease decline fall fell drop shrink plunge
            crash tumble slump plummet
        win won victory winner / lose lost defeat loser
        accept approve approval / refuse reject rejection
        accept approve // dismiss
        admit acknowledge // deny denied dispute
        encourage urge // discourage
        attend // miss missed skip skipped
        praise // criticize condemn
        uphold upheld // overturn overturned
        appoint // oust ousted dismiss
        extend // shorten
        keep retain // lift scrap repeal
        temporarily // permanently
        partially // totally entirely
        reassure reassuring // worry worrying
        close closer near nearer // far farther further away
        more // less fewer
        built // destroyed demolished
        accelerate // slow
        legal // illegal
        better // worse
        allow permit authorize / ban forbid prohibit
        open opening reopen / close closing shut closure
        enter arrive arrival join / leave left exit quit depart departure
        stay remain presence / leave left quit withdraw withdrew withdrawal
        favor favour / against
        receive obtain / refuse decline
        send sent deploy deployment / withdraw withdrew withdrawal
        strengthen reinforce / reduce weaken cut
        buy bought purchase acquire / sell sold sale
        begin began start launch / end ended finish stop cease
        confirm confirmation / deny denied denial
        support back defend / oppose condemn criticize
        release freed / arrest detain jail imprison
        acquit innocent / convict guilty
        hire create / fire cut eliminate
        keep maintain / abandon suspend drop
        success succeed / failure fail
        majority / minority
        north northern / south southern
        east eastern / west western
        before / after
        maximum / minimum
        first / last
        alive survive / dead die died killed
        """,
}


@lru_cache(maxsize=2)
def _opposites(language: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    lines = [line.replace("//", "/").split("/") for line in _lines(language)]
    return tuple((_side(one, language), _side(other, language)) for one, other in lines)


@lru_cache(maxsize=2)
def _synonyms(language: str) -> tuple[frozenset[str], ...]:
    """The sides whose words mean much the same."""
    lines = [line.split("/") for line in _lines(language) if "//" not in line]
    return tuple(_side(side, language) for line in lines for side in line)


def _lines(language: str) -> list[str]:
    return _LISTED[language].replace("\n            ", " ").strip().splitlines()


def _side(words: str, language: str) -> frozenset[str]:
    """The stems of some words; a stop word stands for itself."""
    stems = (word_keys(word, language, abroad=False) or {fold(word)} for word in words.split())
    return frozenset(key for keys in stems for key in keys)


def _terms(statements: tuple[Statement, ...]) -> frozenset[str]:
    stems = {key for statement in statements for unit in statement.units if unit.kind == "word" for key in unit.keys}
    return frozenset(stems | {token.folded for statement in statements for token in statement.tokens})
