"""Puts what the last question speaks of where one refers to it: "d'entre eux", "sa fonction", "l'a-t-il nié"."""

from __future__ import annotations

import re

from rag.answering.asking.otherwise import is_asking
from rag.answering.asking.pronouns import person_meant, subject_of
from rag.answering.asking.wording import TELLING, of, stated, that, unagreed
from rag.language.detection import question_language
from rag.language.folding import fold, fold_in_place


def refers(question: str) -> bool:
    """Whether a French question cannot be understood alone though it may name somebody: "Paris l'a-t-il confirmé ?"."""
    folded = fold_in_place(question)
    return any(sign.match(folded) for sign in (_OF_THEM, _SAID_IT, _THEM, _WHO_DID_IT))


def of_the_same(question: str, whole: str, answered: str) -> str | None:
    """A French question of some of those, or of what somebody says of it, put in full; None where it is neither.

    Args:
        whole: the last question that stood alone.
        answered: the text of its answer.
    """
    if question_language(whole) != "fr":
        return None
    return _of_them(question, whole, answered) or _said_it(question, whole, answered) or _told_by(question, whole)


def of_its_own(question: str, whole: str, answered: str) -> str | None:
    """A French question of what is somebody's, or that begins with "il" or "elle", put in full; None where it is none.

    Args:
        whole: the last question that stood alone.
        answered: the text of its answer.
    """
    if question_language(whole) != "fr":
        return None
    return (
        _owned(question, whole, answered)
        or _told_of_it(question, whole, answered)
        or _acted_on(question, whole, answered)
    )


def of_that_kind(question: str, whole: str) -> str:
    """The question with the noun of the last one in the place of "celle": "la base de Brenne", after "Quelle base"."""
    asked, match = _THING_ASKED.match(fold_in_place(whole)), _THAT_ONE.search(fold_in_place(question))
    if asked is None or match is None:
        return question
    article = {"celle": "la", "celui": "le"}.get(match["one"], "les")
    if (article == "la") != bool(asked["feminine"] and not asked["plural"]) and article != "les":
        return question
    noun = whole[slice(*asked.span("noun"))]
    return f"{question[: match.start()]}{article} {noun}{question[match.end() :]}"


_THAT_ONE = re.compile(r"\b(?P<one>celles?|celui|ceux)(?= (?:d[eu]s?|d'|qui|situee?s?))")
_THEM = re.compile(
    r"(?!.*\b(?:les|des|aux|ses|leurs|deux|et)\b)"
    r"[^,]*\b(?:(?:pour|avec|contre|sans) |chacune? d')(?:eux|elles)\b(?!-)"
)
_WHO_DID_IT = re.compile(r"c'est [^,?]{2,40} qui (?:l'|le |la |les )")
_OF_THEM = re.compile(
    r"(?:et |mais )?(?:(?P<before>(?:a|de|pour|avec|chez|sur|dans) )?(?P<asked>combien|lesquel(?:le)?s) "
    r"(?:d'entre|parmi) (?P<pronoun>eux|elles)|"
    r"(?:d'entre|parmi) (?P<them>eux|elles),? (?P<ask>combien|lesquel(?:le)?s))\b"
)
_OF_IT = re.compile(r"combien en (?=(?:[a-z]+-(?:t-)?(?:ils?|elles?|on)|sont|ont|a|restent?|manquent?)\b)")
_DOING = (
    r"(?:n'|ne )?(?:y a-t-il|sont|ont|etaient|avaient|seront|auront|vont|devaient|doivent|peuvent|veulent)(?![-\w])"
)
_COUNTED = re.compile(
    rf"combien (?!de temps)(?:(?P<things>(?:de |d')(?:(?! l[ae]s? | l')[^?]){{2,80}}?)(?= {_DOING})|"
    r"(?P<owned>(?:de |d')[a-z-]+(?: [a-z-]+)?) (?P<owner>(?:l[ae]s? |l')[^?]{2,60}?)"
    r"(?= (?:y |en )?[a-z]+-(?:t-)?[a-z]))"
)


def _of_them(question: str, whole: str, answered: str) -> str | None:
    """ "Combien de marins sont partis ?" for "Combien d'entre eux sont partis ?" after "Combien de marins ... ?"."""
    match = _OF_THEM.match(fold_in_place(question))
    things = _counted(whole)
    if match is None:
        some = _OF_IT.match(fold_in_place(question))
        return _as_question(f"Combien {things} {question[some.end() :]}") if some and things else None
    pronoun = match["pronoun"] or match["them"]
    if things is None:
        meant = subject_of("ils" if pronoun == "eux" else "elles", whole, answered)
        if meant is None or not fold(meant).startswith("les "):
            return None
        things = of(meant)
    bare = re.sub(r"^(?:de |d[’']|des )", "", things)
    if "combien" in {match["asked"], match["ask"]}:
        after = question[match.end() :]
        among = f" parmi les {bare}" if re.match(r" d(?:e |[’'])", after) else ""
        before = question[match.start("before") : match.end("before")] if match["before"] else ""
        return _as_question(f"{before}combien{after}{among}" if among else f"{before}combien {things}{after}")
    return _as_question(f"{'quelles' if pronoun == 'elles' else 'quels'} {bare}{question[match.end() :]}")


def _counted(whole: str) -> str | None:
    """What a question counts, and whose it is: "de marins du port" of "Combien de marins le port emploie-t-il"."""
    match = _COUNTED.match(fold_in_place(whole))
    if match is None:
        return None
    things, owned, owner = (whole[match.start(part) : match.end(part)] for part in ("things", "owned", "owner"))
    if things:
        return things
    return f"{owned} {of(owner)}"


_SAID_IT = re.compile(
    r"(?:et |mais )?(?P<who>[^,?]{1,60} )?l'(?P<told>(?:a|ont|avait|avaient)-(?:t-)?(?P<pronoun>ils?|elles?|on) "
    rf"(?:{TELLING}))(?:e|s|es)?\b"
)
_WHO_SAID = re.compile(
    rf"qui (?:est-ce qui )?(?:a|ont|avait) (?:{TELLING}|propose|demande|ordonne) "
    r"(?P<said>(?:qu'|que |l[ae]s? |l'|une? |des )[^?]{3,200}?)\s*\?*\s*"
)


def _said_it(question: str, whole: str, answered: str) -> str | None:
    """ "Paris a-t-il confirmé que le port ferme ?" for "Paris l'a-t-il confirmé ?" after "Qui a dit que ... ?"."""
    match = _SAID_IT.match(fold_in_place(question))
    asked = _WHO_SAID.fullmatch(fold_in_place(whole)) if match else None
    told = whole[slice(*asked.span("said"))] if asked else None
    if match and told is None and (so := stated(whole)):
        told = that(so)
    if match is None or told is None:
        return None
    who, when = question[match.start("who") : match.end("who")].strip() if match["who"] else "", ""
    if not who or is_asking(who, "fr"):
        who, when = subject_of(match["pronoun"], whole, answered) or "", who
        if when and not who:
            return None
    said = question[slice(*match.span("told"))]
    after = question[match.end() :].strip()
    return _as_question(f"{when} {who} {said} {told} {after}")


_TOLD_BY = re.compile(
    rf"qui (?:est-ce qui )?(?:(?P<past>(?:l'a|a) )|le |l')(?P<said>{TELLING})(?:e|s|es)?(?: (?:ca|cela))?"
)


def _told_by(question: str, whole: str) -> str | None:
    """ "Qui a annoncé que le port ferme ?" for "Qui l'a annoncé ?" after "Le port ferme-t-il ?"."""
    match = _TOLD_BY.fullmatch(fold_in_place(question))
    told = stated(whole) if match else None
    if match is None or told is None:
        return None
    has = "a " if match["past"] else ""
    return _as_question(f"Qui {has}{question[match.start('said') : match.end('said')]} {that(told)}")


_OWNED = re.compile(
    r"(?:(?:quel(?:le)?s?|qui|ou|combien|comment|quand|pourquoi|que|de quoi|en quoi) "
    r"(?:(?!l[ae]s? |un |une |des |du )[a-z'-]+ ){0,4}?)?(?P<own>son|sa|ses) (?P<noun>[a-z-]+)"
)


def _owned(question: str, whole: str, answered: str) -> str | None:
    """ "Quelle était la fonction de Paul Dorval ?" for "Quelle était sa fonction ?"."""
    match = _OWNED.match(fold_in_place(question))
    person = person_meant(whole, answered) if match else None
    if match is None or person is None or (match.start("own") == 0 and match.end() == len(question)):
        return None
    noun = question[slice(*match.span("noun"))]
    article = {"son": "le ", "sa": "la ", "ses": "les "}[match["own"]]
    if match["own"] != "ses" and fold(noun)[0] in "aeiouyh":
        article = "l'"
    return _as_question(f"{question[: match.start('own')]}{article}{noun} {of(person)}{question[match.end() :]}")


_TOLD_OF_IT = re.compile(
    r"(?P<pronoun>ils?|elles?) (?!(?:(?:ne|se|en|lui|leur|me) |n'|s')*(?:y (?:a|aura|avait|eut)|fau[dt]|fais|fait|fera|"
    r"rest|agi|pass|exist|manqu|pleu|neig|suffi|sembl|parai|arriv|"
    r"est (?:arrive|vrai|possible|certain|prevu|question|passe|tard|tot|temps|interdit))\w*)(?P<said>[^?]{3,})"
)
_THING_ASKED = re.compile(r"quel(?P<feminine>le)?(?P<plural>s)? (?P<noun>[a-z-]+)")
_NAME = r"(?:(?:de |du |des |la |le |l[’']|d[’'])*)[A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+)*"


def _told_of_it(question: str, whole: str, answered: str) -> str | None:
    """ "La base Arnal est près de quelle ville ?" for "Elle est près de quelle ville ?" after "Quelle base ... ?"."""
    match = _TOLD_OF_IT.fullmatch(fold_in_place(question))
    if match is None:
        return None
    meant = _thing_answered(match["pronoun"], whole, answered) or person_meant(whole, answered)
    return _as_question(f"{meant} {question[match.start('said') :]}") if meant else None


def _thing_answered(pronoun: str, whole: str, answered: str) -> str | None:
    """The thing of the asked kind that an answer names: "la base Arnal" to "Quelle base ... ?"."""
    asked = _THING_ASKED.match(fold_in_place(whole))
    if asked is None or (bool(asked["feminine"]), bool(asked["plural"])) != (pronoun[:4] == "elle", pronoun[-1] == "s"):
        return None
    noun = re.escape(whole[slice(*asked.span("noun"))])
    named = re.search(rf"(?i:\b(?:l[ae]s? |l[’']){noun}) {_NAME}", answered)
    return named.group() if named else None


_ACTED_ON = re.compile(
    r"qui (?:est-ce qui )?(?P<it>l'|le |la |les )(?!aurai|sai|savai|veu|peu|doi)"
    rf"(?P<done>(?P<has>a |ont |avait |avaient )?(?!(?:{TELLING}|a|ont|avait|avaient)(?:e|s|es)?\b)[a-z]+)"
    r"(?P<after>[^?]*)"
)


def _acted_on(question: str, whole: str, answered: str) -> str | None:
    """ "Qui dirige les observateurs ?" for "Qui les dirige ?"."""
    match = _ACTED_ON.fullmatch(fold_in_place(question))
    if match is None:
        return None
    meant = {"le ": ("il",), "la ": ("elle",), "l'": ("il", "elle"), "les ": ("ils", "elles")}[match["it"]]
    thing = _thing_done(match["it"], whole) or next(
        (found for pronoun in meant if (found := subject_of(pronoun, whole, answered))), None
    )
    done, after = (question[slice(*match.span(part))] for part in ("done", "after"))
    done = unagreed(done) if match["has"] else done
    return _as_question(f"Qui {done} {thing}{after}") if thing else None


def _thing_done(article: str, whole: str) -> str | None:
    """The mission of "Qui dirige la mission ?", where its article is that of the pronoun, or may be."""
    articles = "l'|le |la " if article == "l'" else article
    match = re.fullmatch(
        rf"qui [a-z'-]+(?: [a-z'-]+)?? (?P<thing>(?:{articles})[^?]{{2,80}}?)\s*\?*", fold_in_place(whole)
    )
    return whole[match.start("thing") : match.end("thing")] if match else None


def _as_question(text: str) -> str:
    text = " ".join(text.split()).rstrip(" ?")
    return f"{text[0].upper()}{text[1:]} ?"
