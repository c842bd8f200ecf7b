"""Makes a question that leans on the turns before it stand by itself, as a journalist would ask it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.asking.ellipsis import completed
from rag.answering.asking.fronted import asked_of, asked_then
from rag.answering.asking.pronouns import named, points_back
from rag.answering.asking.referring import of_its_own, of_that_kind, of_the_same, refers
from rag.language.detection import question_language
from rag.language.folding import fold, fold_in_place
from rag.language.stop_words import QUESTION_WORDS, STOP_WORDS, listed
from rag.language.words import query_stems, words


def standalone(question: str, history: Sequence[tuple[str, str]]) -> str:
    """The question as it would be asked with no history; itself when it does not lean on it.

    What it leaves out is filled in from the last question that stood alone; where no rule knows how, that question, and
    the last one with a name where it has none, is put after it in brackets: it says what is spoken of, and not what is
    wanted.

    Args:
        history: earlier turns, oldest first, as (question, answer text).
    """
    whole = answered = topic = ""
    for asked, answer in ((asked[:LONGEST], answer) for asked, answer in history[-MOST_TURNS:]):
        again = _SOURCE_ASKED.match(fold(asked)) or _AGAIN.fullmatch(fold(asked))
        filled = None if again else _standing(asked, whole, answered)[0]
        filled = None if filled and filled.endswith(")") else filled  # it does not stand by itself
        whole = filled or (
            whole if whole and (again or _points(asked) or _is_general(asked)) else asked.strip()[:LONGEST]
        )
        answered = answer[:LONGEST_ANSWER]
        topic = whole if names_somebody(whole) else topic
    if not whole:
        return question
    if _AGAIN.fullmatch(fold(question)):
        return whole
    filled, leans = _standing(question, whole, answered)
    thin = not names_somebody(whole) and (_terms(whole) <= 1 or _points(whole))
    spoken_of = f"{whole} {topic}" if topic and thin else whole
    return filled or (f"{question} ({spoken_of})" if leans else question)


MOST_TURNS = 8  # of a history that are looked at
LONGEST = 500  # characters of an earlier question
LONGEST_ANSWER = 2_000
FEW = 3  # terms; a question with more of them says itself what it is about

# How a question begins that goes on from the last one (folded).
_OPENING = re.compile(
    r"\W*(?:(?:et|mais|alors|and|but|what about|how about)\b,?(?: (?:pour|for)\b)?|"
    r"(?:qu'en est-il|quid)\b(?: pour\b| de\b(?! l)| d')?|"
    r"(?:non,? )?(?:(?P<of>je (?:parl(?:e|ais)|(?:veux|voulais) dire))|i (?:meant?|was asking about))\b)\s*"
)
_MEANT = re.compile(r"(?:de (?=l)|(?P<several>des )|(?P<one>du )|d['’]|de )")  # "je parle des Noiret"
_POINTING = re.compile(  # not "compte-t-elle", whose subject stands before it
    r"(?<![-\w])(?:il|ils|elle|elles|l'a|l'ont|lui|leur|cela|ca|celui-ci|celle-ci|ceux-ci|celles-ci|"
    r"he|she|it|they|them|this|that)\b|"
    r"^\W*(?:qui|quel(?:le)?s? [a-z]+) (?:l[ae]s? |l')(?!a\b|ont\b)[a-z]+\W*$"  # "Quels pays les enverront ?"
)
_CLAUSE = re.compile(r", (?:ils?|elles?|on|he|she|it|they) [a-z]")  # "en mars, ils étaient encore là"
_WHEN = (  # "cette année"
    "jour|mois|week|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|annee|semaine|nuit|soiree|soir|matin|ete|hiver|"
    "automne|printemps|fois|derni|temps"
)
_OF_IT = re.compile(  # what is somebody's, or this: "ses observateurs se sont-ils", "cette enquête", "qui en assure"
    r"\b(?:(?<!et )(?:ses|son|sa|leurs?) [a-z]+ (?:(?:ne |n'|se |s'|y |en )*)[a-z]+-(?:t-)?(?:ils?|elles?)\b|"
    rf"(?:cette|cet|ces|(?<!est-)ce) (?!{_WHEN}|qu|dont)[a-z]+|"
    r"qui (?:en|y) (?!a-|\d)[a-z]+|(?<!and )(?:his|her|their) [a-z]+)"
)
_IT_IS = re.compile(r"\W*c'(?:est|etait|sera) (?!qu|combien|ou\b|pourquoi|comment|interdit|possible|permis)")
_THERE = re.compile(  # not "is there", nor where the question itself says where: "À Gaza, combien d'habitants y ..."
    r"^[^,]*(?<!s')\by (?!(?:a-t|avait|aura-t|aurait|eut)-il\b)[a-z]+-(?:t-)?(?:ils?|elles?)\b"
)
_AGAIN = re.compile(  # asks the last question once more
    r"\W*(?:(?:tu es|vous etes|t'es|es-tu|etes-vous|en es-tu|en etes-vous) (?:vraiment )?(?:sur|certain)e?s?|"
    r"(?:ah )?(?:bon|vraiment)|c'est (?:sur|vrai|certain)|are you (?:really )?(?:sure|certain)|really|"
    r"is that (?:true|so)|"
    r"(?:donnez?-moi |give me |tell me )?(?:plus de|davantage de|more) (?:details?|precisions?)|(?:tell me )?more)\W*"
)
_SOURCE_ASKED = re.compile(r"\W*(?:selon|d'apres|according to) (?:qu|wh)")  # which the next question is not about
_ON_IT = re.compile(r"\bqu'en (?:a|ont|dit|pense)\b|\b(?:a ce sujet|la-dessus|(?:about|of|to) (?:it|this|that))\W*$")
_REACTS = re.compile(  # what somebody says, and not of what: "Qu'a répondu le maire ?"
    r"\W*(?:qu'(?:en )?(?:a|ont)(?:-(?:t-)?(?:il|elle)s?)? (?:dit|declare|repondu|annonce|explique|affirme)|"
    r"qu'en (?:dit|pense)|que (?:dit|repond|pense))(?: (?!(?:de|sur|du|des|a propos)\b)[^ ?,]+){1,3}"
    r"(?: a ce sujet| la-dessus)?\W*|"
    r"\W*what (?:did|does|has) (?!(?:he|she|it|they)\b)[^ ?,]+(?: [^ ?,]+){0,2} (?:say|said|answer|reply|respond|think)"
    r"(?: (?:about|of|to) (?:it|this|that))?\W*"
)
_OF_WHICH = re.compile(  # an event with nothing to say of what: "Quand aura lieu l'élection ?"
    r"\W*(?:quand|ou|pourquoi|comment) (?:aura|a|avait) (?:eu )?lieu (?:l'|l[ae]s? )[a-z]+\W*|"
    r"\W*(?:when|where|why) (?:is|was|were|will) the (?:previous |last |next |first )?[a-z]+"
    r"(?: be| take place| happen)?\W*"
)
_ASKING = re.compile(
    r"(?:combien|comment|pourquoi|quand|ou|qui|que|quoi|qu'|quel(?:le)?s?|depuis quand|est-ce|how|why|when|where|who|"
    r"what|which|did|do|does|is|are|was|were|has|have|will)\b"
)


def _standing(question: str, whole: str, answered: str) -> tuple[str | None, bool]:
    """The question in full, where that can be told, and whether it leans on what went before."""
    question = question.strip()[:LONGEST]
    if not whole or not _leans(question):
        return question, False
    if question_language(question) != question_language(whole) and len(question.split()) > 1:
        return None, True
    opening = _OPENING.match(fold_in_place(question))
    rest = question[opening.end() if opening else 0 :].strip(" ?.!\u00a0\u202f")
    if opening and opening["of"] and (led := _MEANT.match(rest)):
        rest = ("les " if led["several"] else "le " if led["one"] else "") + rest[led.end() :]
    rest = of_that_kind(rest, whole)
    goes_on_for = opening is not None and opening.group().rstrip().endswith("pour")
    return (
        of_the_same(rest, whole, answered)
        or asked_then(rest, whole)
        or (None if _CLAUSE.search(fold_in_place(rest)) else completed(rest, whole))
        or (asked_of(rest, whole) if opening else None)
        or (completed(f"pour {rest}", whole) if goes_on_for else None)
        or of_its_own(rest, whole, answered)
        or named(question, whole, answered)
    ), True


def _leans(question: str) -> bool:
    """It says that it goes on, or it names nothing and points back or says next to nothing."""
    folded = fold_in_place(question)
    terms = _terms(question)
    opening = _OPENING.match(folded)
    if opening:
        return terms <= FEW or not _ASKING.match(folded, opening.end()) or bool(_THERE.search(folded))
    if refers(question) or _THERE.search(folded) or _ON_IT.search(folded):
        return True
    capital = next((word.start for word in words(question)[1:] if word.text[:1].isupper()), None)
    if capital is not None:
        return points_back(question[:capital])
    pointing = _POINTING.search(folded) or _OF_IT.search(folded) or _IT_IS.match(folded)
    if _REACTS.fullmatch(folded) or _OF_WHICH.fullmatch(folded):
        return True
    return terms <= 1 or points_back(question) or (terms <= FEW and bool(pointing))


def _points(question: str) -> bool:
    """Whether a question cannot be understood at all without the one before."""
    folded = fold_in_place(question)
    pointing = any(sign.search(folded) for sign in (_POINTING, _OF_IT, _THERE))
    return bool(_OPENING.match(folded)) or pointing or points_back(question) or not _terms(question)


def names_somebody(question: str) -> bool:
    """Whether a question names anybody or anything."""
    return any(word.text[:1].isupper() for word in words(question)[1:])


def _is_general(question: str) -> bool:
    """Whether a question could be asked of anything: "Quelle est la cause ?", "Who said so?"."""
    return all(fold(word.text) in _GENERAL or not tells(word.text) for word in words(question))


def tells(word: str) -> bool:
    """Whether a word carries meaning."""
    empty = frozenset[str]().union(*QUESTION_WORDS.values(), *STOP_WORDS.values())
    return fold(word) not in empty and bool(set(query_stems(word)) - empty)


_GENERAL = listed(
    """depuis since until cause raison motif date jour heure lieu endroit source sources detail details suite vrai exact
    confirme chiffre chiffres bilan but consequence consequences resultat dit donne donnez moi plus precise passe
    arrive ensuite reason day time place true more said say says so happened happen next result outcome confirmed
    exactly tell me give exactement sur sure certain"""
)


def _terms(question: str) -> int:
    return sum(tells(word.text) for word in words(question))
