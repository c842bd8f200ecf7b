"""Reads the noun phrases by which articles name their sources: "le porte-parole du ministère", "two officials"."""

from __future__ import annotations

from rag.answering.verifying.statements import Statement
from rag.language.stop_words import STOP_WORDS, listed

Places = tuple[int, int]  # of the first and the last word of a phrase among the words of its sentence


def phrase(statement: Statement, first: int) -> Places | None:
    """The noun phrase that begins at a place, up to the end of its clause or a preposition that is none of it."""
    tokens = statement.tokens
    if first >= len(tokens) or not _opens(statement, first):
        return None
    last = first
    while last + 1 < min(len(tokens), first + LONGEST) and _goes_on(statement, last):
        last += 1
    while last > first and tokens[last].folded in _NEVER_LAST | EVERY_DETERMINER:
        last -= 1
    return None if is_empty(statement, (first, last)) else (first, last)


def subject(statement: Statement, first: int, last: int) -> Places | None:
    """The words between two places, without a conjunction before them, if they can be the subject of a verb."""
    tokens = statement.tokens
    while first <= last and tokens[first].folded in _CONJUNCTIONS:
        first += 1
    if first > last or last - first >= LONGEST or not _opens(statement, first):
        return None
    words = {token.folded for token in tokens[first : last + 1]}
    finite = statement.language != "en" and any(text_at(statement, place) == "a" for place in range(first, last + 1))
    stops = _STOPS[statement.language] - {"a", "on", "in", "en"}
    if finite or words & (stops | _FINITE) or tokens[last].folded in _NEVER_LAST or is_empty(statement, (first, last)):
        return None
    return first, last


def past_circumstances(statement: Statement, place: int) -> int:
    """The first place after times, and phrases such as "à l'AFP" or "dans un communiqué", that follow a French verb."""
    tokens = statement.tokens
    clause = tokens[place - 1].clause
    while place < len(tokens) and tokens[place].clause == clause:
        word = tokens[place].folded
        following = tokens[place + 1].folded if place + 1 < len(tokens) else ""
        if word[0].isdigit() or (word in _TIMES and (word not in {"ce", "cette"} or following in _TIMES)):
            place += 1
        elif word in _CIRCUMSTANCES:
            place = _past_phrase(statement, place + 1)
        else:
            break
    return place


def is_quotable(statement: Statement, places: Places) -> bool:
    """Whether what follows "selon" is somebody: a name, or a noun of those who are quoted."""
    return any(
        token.folded in _SOURCES or (token.end - token.start > 1 and statement.text[token.start].isupper())
        for token in statement.tokens[places[0] : places[1] + 1]
        if token.folded not in EVERY_DETERMINER
    )


def is_empty(statement: Statement, places: Places) -> bool:
    """Whether a phrase names nobody: "tous", "le", "certains"."""
    words = (token.folded for token in statement.tokens[places[0] : places[1] + 1])
    return all(word in EVERY_DETERMINER | _NO_NOUNS for word in words)


def clause_start(statement: Statement, place: int) -> int:
    """The place of the first word of a clause."""
    first, tokens = place, statement.tokens
    while first > max(0, place - LONGEST) and tokens[first - 1].clause == tokens[place].clause:
        first -= 1
    return first


def text_at(statement: Statement, place: int) -> str:
    """The word at a place, as it stands."""
    return statement.text[statement.tokens[place].start : statement.tokens[place].end]


LONGEST = 16  # words of a source
DETERMINERS = {
    "fr": listed("le la l' les un une des son sa ses leur leurs ce cet cette ces plusieurs certains deux trois m mme"),
    "en": listed("the a an his her their its this that these those some several two three many another mr mrs ms dr"),
}
EVERY_DETERMINER = DETERMINERS["fr"] | DETERMINERS["en"]
_NO_NOUNS = STOP_WORDS["fr"] | STOP_WORDS["en"] | listed("dernier derniere derniers dernieres latter former")
_CONJUNCTIONS = listed("mais et or car toutefois cependant ainsi enfin puis but and however yet meanwhile so")
_NEVER_LAST = listed("et de du des d' le la l' les un une ou the of and a an pour que to in on at for from with by")
_FINITE = listed("veut veulent peut peuvent doit doivent va vont fait font avait avaient ont etait sera seront aura")
_STOPS = {
    "fr": listed(
        """a sur dans lors devant avant apres pour par en avec chez qui que qu' dont ou mais car alors lorsque quand
        lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui janvier fevrier mars avril mai juin juillet
        aout septembre octobre novembre decembre selon cite citee interroge interrogee est sont etait se s' il elle ont
        depuis via vers ajoutant precisant aupres sans ni ne n' afin comme entre contre sous aussi"""
    ),
    "en": listed(
        """in on at during told who whom which that when while after before as with by from to into monday tuesday
        wednesday thursday friday saturday sunday yesterday today earlier later said says is are was were has have had
        about but because if since via adding speaking reported reports via through this over where it he she they
        citing quoting referring though although once until unless despite under like"""
    ),
}
_CIRCUMSTANCES = listed("a au aux sur dans lors devant en par chez aupres de d' via pour avant apres depuis")
_TIMES = listed(
    """lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui matin soir midi janvier fevrier mars avril
    mai juin juillet aout septembre octobre novembre decembre ce cette encore aussi egalement ainsi notamment meme alors
    deja ensuite monday tuesday wednesday thursday friday saturday sunday yesterday today"""
)
_OFFICES = listed("ministre delegue deleguee etat ambassadeur ambassadrice conseiller conseillere candidat candidate")
# Who or what is quoted, where no name shows it: "selon des témoins" but not "selon la saison" (folded).
_SOURCES = listed(
    """source sources temoin temoins etude etudes sondage sondages rapport rapports bilan ministere ministre police
    gendarmerie gendarmes policiers pompiers prefecture parquet procureur procureure magistrat avocat avocats
    avocate porte parole gouvernement armee presse journal quotidien hebdomadaire magazine agence media medias
    autorites autorite communique president presidente directeur directrice expert experts economiste economistes
    analyste analystes specialiste specialistes chercheur chercheurs chercheuse scientifique scientifiques medecin
    medecins organisateurs organisation organisations syndicat syndicats association associations ong observatoire
    institut enquete enqueteurs estimation estimations chiffres donnees statistiques document documents responsable
    responsables officiel officiels representant representante diplomate diplomates militaire general colonel
    capitaine depute deputee senateur maire prefet prefete juge tribunal cour habitants voisins famille proches
    mere pere interesse interessee entreprise groupe banque societe constructeur operateur commission chaine radio
    television site barometre informations decompte recensement
    witness witnesses study studies survey surveys poll polls report reports ministry minister spokesman spokeswoman
    spokesperson officials official authorities government army newspaper agency statement release website director
    economists analysts researchers scientists doctors organizers union group company bank court data figures
    estimates investigators prosecutors lawyer lawyers residents department office filing lawsuit affidavit complaint
    historians people officers"""
)


def _opens(statement: Statement, place: int) -> bool:
    """Whether a noun phrase can begin at a place: with a determiner, or the capital of a name."""
    token = statement.tokens[place]
    if token.folded in DETERMINERS[statement.language]:
        return True
    stop = token.folded in _STOPS[statement.language] or token.folded in _NO_NOUNS
    return statement.text[token.start].isupper() and not stop


def _goes_on(statement: Statement, place: int) -> bool:
    """Whether a noun phrase goes on after the word at a place."""
    token, following = statement.tokens[place : place + 2]
    gap = statement.text[token.end : following.start]
    if following.clause != token.clause or set(gap) & set('«»“”"(') or ("." in gap and len(token.folded) > 3):
        return False
    if following.folded in {"a", "au", "aux"}:
        return token.folded in _OFFICES and text_at(statement, place + 1) != "a"
    is_number = following.folded[:3].isdigit() and len(following.folded) >= 3
    return not is_number and following.folded not in _STOPS[statement.language]


def _past_phrase(statement: Statement, place: int) -> int:
    """The place after the short noun phrase that follows a preposition: "la presse", "un point de presse"."""
    tokens, clause = statement.tokens, statement.tokens[place - 1].clause
    while place < len(tokens) and tokens[place].folded in DETERMINERS["fr"]:
        place += 1
    place += 1
    while place < len(tokens) and tokens[place].clause == clause and tokens[place].folded not in DETERMINERS["fr"]:
        before, word = text_at(statement, place - 1), text_at(statement, place)
        if len(before) > 1 and before.isupper() and word[0].isupper() and not word.isupper():
            break  # "à l'AFP Anne Martin"
        if tokens[place].folded in _TIMES | _CIRCUMSTANCES - {"de", "d'"}:
            break
        place += 1 + (tokens[place].folded in {"de", "d'"})
    return place
