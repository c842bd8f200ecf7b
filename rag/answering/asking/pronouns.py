"""Puts names where a question has pronouns that point back: "Que pense-t-il de ... ?", "How old is he?"."""

from __future__ import annotations

import re

from rag.answering.asking.english_pronouns import named_in_english
from rag.answering.asking.persons import ASKS_WHO, names_a_person, person_told
from rag.answering.asking.wording import INFINITIVE, of, unagreed
from rag.language.detection import question_language
from rag.language.folding import fold, fold_in_place
from rag.language.gazetteer import mentions, things
from rag.language.names import names


def points_back(question: str) -> bool:
    """Whether a question has a pronoun for its subject and nothing before that it could mean."""
    folded = fold_in_place(question).strip()
    if _IMPERSONAL.search(folded):
        return False
    if question_language(question) == "en":
        return bool(_ENGLISH.search(folded))
    return bool(_FRENCH.match(folded) or _OBJECT.search(folded))


def named(question: str, whole: str, answered: str) -> str | None:
    """The question with the pronouns that point back replaced; None when it is not plain what they mean.

    Args:
        whole: the last question that stood alone.
        answered: the text of its answer, which may name the person asked for.
    """
    if question_language(question) == "en":
        return None if _IMPERSONAL.search(fold_in_place(question)) else named_in_english(question, whole, answered)
    return (
        _done_to_her(question, whole, answered)
        or _named_in_french(question, whole, answered)
        or _with_object(question, whole, answered)
    )


_CLITICS = r"(?:(?:ne |n'|y |en |l'|les? |la |lui |leur |s'|se )*)"
_WH = (
    r"(?:(?:et |mais )?(?:(?:depuis|jusqu'a) quand|a quelle \w+|pour quelles? raisons?|quel(?:le)?s? \w+|"
    r"(?:(?:depuis|en|dans|pendant) )?combien (?:de |d')\w+|combien|"
    r"comment|pourquoi|quand|ou|d'ou|de quoi|a quoi|(?:(?:a|de|avec|contre|pour|par) )?qui|que |qu')\s*)"
)
_FRENCH = re.compile(rf"\W*(?P<wh>{_WH})?(?P<verb>(?P<clitics>{_CLITICS})[a-z]+-(?:t-)?(?P<pronoun>ils?|elles?))\b")
_IMPERSONAL = re.compile(
    r"\b(?:y a(?:vait|ura)?|faut|fallait|reste|s'agit|existe|suffit|est|etait|fait|semble|manque|pleut|arrive)-"
    r"(?:t-)?il\b(?! (?:ete|ne|mort|alle|parti|venu|arrive|dit|reste))|"
    r"\b(?:is|was|does) it (?:true|possible|take|mean|likely)\b"
)
_OBJECT = re.compile(
    r"(?:\b(?:doi(?:t|vent)|peu(?:t|vent)|va|vont|veu(?:t|lent)|voulai\w+|pour|a|de)|-(?:t-)?(?:ils?|elles?|on)) "
    r"(?:(?P<clitic>le |la |les |l')|lui |leur |y |en )(?P<done>[a-z]{2,}(?:er|ir|re)\b)(?! \w+)"
)
_ENGLISH = re.compile(r"\b(?:he|she|they|him|them|his|their|hers|theirs)\b")
_DETERMINED = re.compile(r"(?:l'|la |le |les |un |une |des |son |sa |ses |leurs? |ce |cet |cette |ces )")


def _named_in_french(question: str, whole: str, answered: str) -> str | None:
    if opening := _GOING_ON.match(question):
        question = question[opening.end() :][:1].upper() + question[opening.end() + 1 :]
    match = _FRENCH.match(fold_in_place(question))
    if match is None:
        return None
    subject = _thing_acted_on(match["pronoun"], whole, match["verb"]) or subject_of(match["pronoun"], whole, answered)
    if subject is None:
        return None
    start, verb = match.start("verb"), question[match.start("verb") : match.end("verb")]
    tail = question[match.end("verb") :]
    there = re.search(r"\by ", match["clitics"]) or _THERE.search(tail)
    if there and (place := _location(whole)):
        verb = re.sub(r"\b[yY] ", "", verb, count=1)
        tail = re.sub(r"\s*\?*\s*$", f" {place} ?", _THERE.sub("", tail), count=1)
    wh = question[:start]
    if not match["wh"]:
        return f"{subject[0].upper()}{subject[1:]} {verb[0].lower()}{verb[1:]}{tail}"
    if fold(match["wh"]).strip() == "qui" and fold(verb).startswith(("est-", "etait-")):
        return f"{wh.rstrip()} {verb.partition('-')[0]} {subject}{tail}"
    if fold(match["wh"]).strip() in {"que", "qu'"}:
        plain = re.sub(r"-(?:t-)?(?:ils?|elles?)$", "", verb)
        done = (
            re.match(r" [^\W\d_]+(?:é|i|u|it|is|rt)(?:e|s|es)?(?=[\s?])", tail) if _HAVING.search(fold(plain)) else None
        )
        end = done.end() if done else 0
        asked = "Qu'" if fold(plain)[0] in "aeiouy" else "Que "
        return f"{asked}{plain}{tail[:end]} {subject}{tail[end:]}"
    return f"{wh.rstrip()} {subject} {verb}{tail}"


_GOING_ON = re.compile(r"(?i)\W*(?:et|mais|alors)\s+(?=\w)")
_THERE = re.compile(r"(?i) (?:là-bas|sur place)(?=\s*\?*\s*$)")


def _with_object(question: str, whole: str, answered: str) -> str | None:
    """A French question with what the pronoun before an infinitive means after it: "de tuer Dorval".

    It is whom the last question is about, where that acts on nothing else.
    """
    match = _OBJECT.search(fold_in_place(question))
    if match is None or not match["clitic"] or not re.fullmatch(INFINITIVE, match["done"]):
        return None
    if not _ACTS_ON_NOTHING.match(fold_in_place(whole)) and not _HAS_SO_MANY.match(fold_in_place(whole)):
        return None
    meant = (subject_of(pronoun, whole, answered) for pronoun in _PRONOUNS[match["clitic"].strip()])
    found = next(filter(None, meant), None)
    if found is None:
        return None
    before, done, after = question[: match.start("clitic")], match.span("done"), question[match.end("done") :]
    return f"{before}{question[slice(*done)]} {found}{after}"


def _done_to_her(question: str, whole: str, answered: str) -> str | None:
    """ "Quand a-t-il rencontré Anne Dorval ?" for "Quand l'a-t-il rencontrée ?": the ending tells whom "l'" means."""
    match = _DONE_TO_HER.match(fold_in_place(question))
    her = subject_of("elle", whole, answered) if match else None
    if match is None or her is None:
        return None
    done = question[slice(*match.span("done"))]
    asked = f"{question[: match.start('clitic')]}{match['having']} {unagreed(done)} {her}{question[match.end() :]}"
    return f"{asked[0].upper()}{asked[1:]}"


_ACTS_ON_NOTHING = re.compile(
    r"qui (?:est|etait|sont) |(?:comment|quand|ou|pourquoi) [^?]{2,80} (?:est|sont|etait|etaient)-(?:ils?|elles?)\b"
)
_DONE_TO_HER = re.compile(rf"\W*(?:{_WH})?(?P<clitic>l')(?P<having>(?:a|avait)-t-(?:il|on)) (?P<done>[a-z]+[eiu]e)\b")


_PRONOUNS = {"le": ("il",), "la": ("elle",), "l'": ("il", "elle"), "les": ("ils", "elles")}


def _counted_of(pronoun: str, whole: str) -> str | None:
    """What somebody is asked to have so many of: "les soldats de la Norvège"."""
    match = _HAS_SO_MANY.match(fold_in_place(whole)) if pronoun.endswith("s") else None
    if match is None:
        return None
    thing, owner = (whole[slice(*match.span(part))] for part in ("thing", "owner"))
    return f"les {thing} {of(owner)}"


_HAS_SO_MANY = re.compile(
    r"combien (?:de |d')(?P<thing>[a-z]+(?: [a-z]+)?) (?P<owner>(?:l[ae]s? |l')[^?]{2,40}?) "
    r"(?:a|ont|compte(?:nt)?|possede(?:nt)?|deploie(?:nt)?|emploie(?:nt)?)-(?:t-)?(?:ils?|elles?)\b"
    r"(?! \w+[eiu]e?s?\b)"  # not "a-t-elle envoyé"
)


def subject_of(pronoun: str, whole: str, answered: str) -> str | None:
    """Who or what a French pronoun means: the person that answers "qui", or the subject of the last whole question."""
    plural, feminine = pronoun.endswith("s"), pronoun.startswith("elle")
    folded = fold_in_place(whole)
    who = not plural and ASKS_WHO.search(folded) and not names_a_person(whole, "fr")
    if known := (person_told(answered, whole, "fr") if who else None) or _counted_of(pronoun, whole):
        return known
    for pattern, leading in _SUBJECTS:
        match = re.match(pattern, folded)
        if match is None:
            continue
        text = whole[match.start("subject") : match.end("subject")]
        own = match.groupdict().get("pronoun")
        if own and own != pronoun:
            return _who_said(pronoun, whole)
        if not own and not _agrees(folded, match["subject"], plural=plural, feminine=feminine):
            return None
        if "{" in leading:
            determiner = "ces" if plural else "cette" if feminine else "ce"
            how = whole[match.start("how") : match.end("how")] if "how" in match.groupdict() else ""
            return leading.format(determiner, text, how)
        return _without_capital(text)
    return None


def _who_said(pronoun: str, whole: str) -> str | None:
    """The source whose word a French question asks for, where a pronoun can mean it: "selon le général Dorval"."""
    match = _ACCORDING_TO.search(whole)
    if match is None or pronoun != ("elle" if match["article"] == "la " else "il"):
        return None
    return f"{match['article']}{match['source']}"


_ACCORDING_TO = re.compile(r"(?i:selon|d['’]après) (?P<article>le |la )(?P<source>[a-zà-ÿ]+ [A-ZÀ-Ý][^\W\d_]+)\s*\?*$")


def _agrees(whole: str, subject: str, *, plural: bool, feminine: bool) -> bool:
    """Whether a pronoun fits a folded question with "combien" or "quelle" or, else, the article of its subject."""
    asked = re.match(r"(?:combien de |combien d'|quel(?P<feminine>le)?(?P<plural>s)?\b)", whole)
    if asked:
        counted = asked.group().startswith("combien")
        return plural == (counted or bool(asked["plural"])) and (counted or feminine == bool(asked["feminine"]))
    article = subject.partition(" ")[0]
    return (
        plural == (article == "les") and not (article == "la" and not feminine) and not (article == "le" and feminine)
    )


def person_meant(whole: str, answered: str) -> str | None:
    """Who "il" and "son" mean after a French question: who answers its "qui", or the only person that it names."""
    if re.match(r"qui\b", fold_in_place(whole)) and not _names_somebody_first(whole):
        return person_told(answered, whole, "fr")
    persons = [name.text for name in names(whole, "fr") if not mentions(name.text, "fr") and not things(name.text)]
    return persons[0] if len(persons) == 1 and " " in persons[0] else None


def _names_somebody_first(whole: str) -> bool:
    """Whether a question asks who somebody is whom it names: "Qui est Anne Martin ?"."""
    match = re.match(r"qui (?:est|etait) ", fold_in_place(whole))
    return match is not None and whole[match.end() :][:1].isupper()


def _thing_acted_on(pronoun: str, whole: str, verb: str) -> str | None:
    """What "il" or "elle" means beside a verb that no person is the subject of: the object of the last question."""
    match = _ACTED_ON.match(fold_in_place(whole)) if _OF_THINGS.search(verb) else None
    if match is None:
        return None
    article = match["article"]
    plural, feminine = article == "les ", article in {"une ", "la ", "cette "}
    if article != "l'" and (plural != pronoun.endswith("s") or (not plural and feminine != pronoun.startswith("elle"))):
        return None
    noun = whole[match.start("noun") : match.end("noun")]
    if article in {"un ", "une "}:
        article = "l'" if fold(noun)[0] in "aeiouyh" else {"un ": "le ", "une ": "la "}[article]
    return article + noun


_HAVING = re.compile(r"\b(?:a|ont|avait|avaient|aura|auront)$")
_OF_THINGS = re.compile(r"\b(?:cout|dur|ouvr|ferm|mesur|pes|commenc|debut|s'achev|entr|fonctionn|rapport)[a-z]*-")
_ACTED_ON = re.compile(
    r"qui (?:a|ont|avait|va|doit|veut) [a-z]+ (?P<article>une? |l[ae]s? |l'|ce |cette )(?P<noun>[^?]{2,80}?)\s*\?"
)


_SUBJECTS = (
    (
        r"combien (?!de temps)(?:de |d')(?P<subject>[^?]+?) (?:ont ete|avaient ete) (?P<how>[a-z]+[^?]*?)\s*\?",
        "les {1} {2}",
    ),
    (r"combien (?!de temps)(?:de |d')(?P<subject>.+?) (?:y a-t-il|sont|ont|etaient|seront|vont)\b", "les {1}"),
    (
        r"(?:(?:quand|ou|comment|pourquoi|(?:(?:a|de|en|pour) )?combien|(?:depuis|jusqu'a|pour) quand|"
        r"(?:(?:a|de|en|dans|pour|par|sur) )?quel(?:le)?s? \w+|(?:(?:a|de|en|pour) )?combien (?:de |d')\w+) )?"
        r"(?!de |d')"
        r"(?P<subject>(?:l'|la |le |les |un |une |des |son |sa |ses |leurs? |ce |cet |cette |ces )?[^?]{2,80}?) "
        r"(?:(?:y|ne|en|se|le|la|les|lui|leur) |n'|s'|l')?[a-z]+-(?:t-)?(?P<pronoun>ils?|elles?)\b",
        "",
    ),
    (
        r"(?:que|qu'|ou|quand|d'ou|comment|pourquoi|(?:(?:a|de) )?combien) ?(?:se |s')?[a-z]+(?: lieu)? "
        r"(?P<subject>(?:l'|la |le |les )(?![^?]* et )[^?]{2,80}?)\s*\?",
        "",
    ),
    (r"quel(?:le)?s? (?P<subject>[^?]{3,60}?) (?:a|ont|est|sont|etait|etaient|va|vont|avait|avaient)\b", "{0} {1}"),
    (
        r"qui (?:est|etait) (?!(?:mort|ne|parti|venu|alle|devenu|arrive|reste|[a-z]+e) ?(?:\?|par\b|a\b|en\b|dans\b))"
        r"(?P<subject>[^?]{3,80}?)\s*\?",
        "",
    ),
)


def _location(whole: str) -> str | None:
    """Where the last whole question asks: "en Norvège"."""
    folded = fold_in_place(whole)
    for mention in mentions(whole, "fr"):
        before = re.search(r"\b(?:en|au|aux|a|dans) (?:l'|la |le |les )?$", folded[: mention.start])
        if before:
            return whole[before.start() : mention.end]
    return None


def _without_capital(text: str) -> str:
    return text[0].lower() + text[1:] if _DETERMINED.match(fold(text)) else text
