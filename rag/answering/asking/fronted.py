"""Reads a fragment that puts first of whom or when it asks: "Noiret, qui la soutient", "en 2020, qu'a-t-il fait"."""

from __future__ import annotations

import re

from rag.answering.asking.pronouns import named
from rag.answering.asking.wording import extended, is_plural, lowered
from rag.language.dates import date_mentions
from rag.language.detection import question_language
from rag.language.folding import fold_in_place


def asked_then(fragment: str, whole: str) -> str | None:
    """The question that follows a date at the head of a fragment, asked of that time; None where there is none."""
    language = question_language(whole)
    match = _FRONTED.fullmatch(fragment)
    if match is None or len(match["asked"].split()) == 1 or not _is_date(match["head"], language):
        return None
    asked = match["asked"]
    return extended(f"{asked[0].upper()}{asked[1:]}", match["head"], language)


def asked_of(fragment: str, whole: str) -> str | None:
    """The question that follows a name or a thing at the head of a fragment, asked of it; None where there is none.

    What is said, and what "en" or "it" means, is left to the last whole question, put after it in brackets.
    """
    language = question_language(whole)
    aside = _ASIDE.fullmatch(fragment) if language == "fr" else None
    full = _aside(aside) if aside else None
    match = _FRONTED.fullmatch(fragment)
    if full is None and match:
        head, asked = match["head"], match["asked"].strip()
        of_whom = f"Qui est {head} ?" if language == "fr" else f"Who is {head}?"
        full = _of_object(asked, head) or (named(asked, of_whom, "") if _NAME.fullmatch(head) else None)
    if full is None:
        return None
    full = f"{full[0].upper()}{full[1:].rstrip(' ?')}{'?' if language == 'en' else ' ?'}"
    leans = aside is not None and not aside["is"]
    return f"{full} ({whole})" if leans or _OF_IT.search(fold_in_place(full)) else full


def _aside(match: re.Match[str]) -> str:
    """ "Qui est X" for "X, c'est qui", "X est de quel parti" for "X, il est de quel parti"."""
    if match["is"]:
        asking = "Que signifie" if match["is"].lower() == "quoi" else "Qui est"
        return f"{'Qui sont' if is_plural(match['head'][:3]) else asking} {lowered(match['head'])}"
    return f"{match['asking'] or ''}{match['head']} {match['rest']}"


_FRONTED = re.compile(
    r"(?P<head>[^,?]{2,60}), (?P<asked>(?i:(?:(?:depuis|à|de|par|avec|pour) )?(?:qui|que|quand|où|comment|pourquoi|"
    r"combien|quel(?:le)?s?)\b|qu['’]|what|when|where|why|who|how).*)"
)
_ASIDE = re.compile(
    r"(?!(?:lui|elles?|eux|moi|nous|ça|cela)\b)"
    r"(?P<head>(?:l[ea]s? |l['’]|ce(?:t|tte|s)? )[^,?]{2,50}|(?-i:[A-ZÀ-Ý])[^,?]{2,50}), "
    r"(?:c['’](?:est|était) (?P<is>qui|quoi)|"
    r"(?P<asking>(?:comment|pourquoi|quand|où) )?(?:ils?|elles?) (?P<rest>[^?]{3,}))",
    re.I,
)
_NAME = re.compile(r"(?:[Ll][ea]s? |[Ll]['’])?[A-ZÀ-Ý][\w’'-]+(?: (?:(?:de |du |des |d['’])?[A-ZÀ-Ý][\w’'-]+))*")
_OBJECT = re.compile(
    r"qui (?P<led>(?:doit|doivent|va|vont|veut|veulent|peut|peuvent) )?(?P<clitic>l['’]|l[ae]s? )"
    r"(?P<done>(?!a\b|ont\b)[a-zà-ÿ]+)",
    re.I,
)
_HEAD = re.compile(r"(?i:(?P<article>l[ae]s? |l['’]))?\S.*")
_OF_IT = re.compile(
    r"\b(?:qu'en|en|y|quoi|it|that)\b|\bqu[e'] ?[^?]{0,60}\b(?:di[st]|repon[ds]|pens|reag|declar)|"
    r"\b(?:say|said|repl|answer)"
)


def _is_date(head: str, language: str) -> bool:
    found = date_mentions(head, language)
    return len(found) == 1 and found[0].end == len(head) and len(head[: found[0].start].split()) <= 1


def _of_object(asked: str, head: str) -> str | None:
    """ "Qui soutient Noiret" for "qui la soutient"; None where an article and the pronoun disagree."""
    match, led = _OBJECT.fullmatch(asked), _HEAD.fullmatch(head)
    if match is None or led is None or not (led["article"] or _NAME.fullmatch(head)):
        return None
    article, clitic = (led["article"] or "").lower().strip(), match["clitic"].lower().strip()
    if article not in ("", clitic) and not {article[-1], clitic[-1]} & set("'’"):
        return None
    return f"Qui {match['led'] or ''}{match['done']} {lowered(head)}"
