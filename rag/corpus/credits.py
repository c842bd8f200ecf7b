"""Reads the lines that name where a text comes from: source lines, datelines, date headers, publication lines."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Credit:
    """What a source line names: an outlet, an address, or neither that can be told."""

    outlet: str | None = None
    url: str | None = None


def source_credit(line: str) -> Credit | None:
    """What a bare source line names: "source : http://...", "Source: AFP", "Lire l'article complet de X"; else None."""
    if len(line) > _LONGEST:
        return None
    if match := _ADDRESS_LINE.fullmatch(line):
        address = match[1]
        return Credit(url=address if "://" in address else f"http://{address}")
    if match := _FULL_ARTICLE.fullmatch(line):
        return Credit(outlet=match[1].strip(' .»"”'))
    if (match := _SOURCE_LINE.fullmatch(line)) and len(match[1].split()) <= _MOST_WORDS:
        several = re.search(r"[,;&]|\s(?:et|and)\s", match[1])
        return Credit(outlet=None if several else match[1].strip(' .»"”)'))
    return None


def header_end(line: str) -> int:
    """Where a date header such as "date 2020-01 " that opens a line ends; 0 when there is none."""
    match = _HEADER.match(line)
    return match.end() if match else 0


def header_date(header: str) -> str:
    """The "2020-01" of a date header."""
    match = _HEADER.match(header)
    assert match
    return match[1]


def dateline(line: str) -> re.Match[str] | None:
    """The "PARIS, 31 déc. (AFP) - " that opens a line; its group `agency` is what stands in brackets."""
    return _DATELINE.match(line) if "(" in line[:_DATELINE_WITHIN] else None


def is_place_line(line: str) -> bool:
    """A dateline by itself, without a date: "London CNN —"."""
    return len(line) <= 60 and _PLACE_LINE.fullmatch(line) is not None


def is_publication_line(line: str) -> bool:
    """ "Publié le 7 janvier 2020 à 12h30", "Updated May 13, 2021, 2:51 p.m. ET"."""
    return len(line) <= _LONGEST and _PUBLICATION.fullmatch(line) is not None


_LONGEST = 200  # characters
_DATELINE_WITHIN = 100  # characters: place, date and agency
_MOST_WORDS = 6  # of an outlet's name
_HEADER = re.compile(r"(?i:date)\s{0,2}:?\s{0,2}(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:\s{1,3}[-–—:]\s|\s|\Z)\s{0,3}")
_ADDRESS_LINE = re.compile(
    r"[\s(\[]?(?i:(?:sources?|via|lien|link|url|original|article\soriginal|original\sarticle)\s?[:：]\s?)"
    r"((?:https?://|www\.)[^\s<>\"]{1,180}?)[\s)\].]{0,3}"
)
_FULL_ARTICLE = re.compile(
    r"[\s(\[…>]{0,3}(?i:sources?\s?:\s?)?(?i:lire|read|voir)\s"
    r"(?i:l['’]article\s(?:complet|original|entier|intégral)|la\ssuite|the\s(?:full|original|rest\sof\sthe)\s?(?:article|story)?|more)"
    r"\s(?i:de|du|sur|dans|chez|on|at|from|in)\s([^\s.:][^.:\n]{0,80})[.)\]]?"
)
_SOURCE_LINE = re.compile(r"[\s(\[]?(?i:sources?|via)\s?[:：]\s?([^\s:.,][^:\n]{0,80}?)[.)\]]?")
_MONTH = (
    r"(?i:janv(?:ier)?|févr?(?:ier)?|fev|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[ûu]t|sept(?:embre)?|octobre|novembre|d[ée]c(?:embre)?"
    r"|jan(?:uary)?|feb(?:ruary)?|march|mar|april|apr|may|june?|july?|aug(?:ust)?|september|oct(?:ober)?|nov(?:ember)?|december)\.?"
)
_DATELINE = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][^()\d\n]{1,60})?"
    rf"(?:\d{{1,2}}(?:er)?\s{_MONTH}|{_MONTH}\s\d{{1,2}})(?:,?\s\d{{4}})?\s?[,:]?\s?"
    r"\((?P<agency>[^()\n]{2,40})\)\s?:?\s?[-–—]{1,2}(?:\s|\Z)\s{0,3}"
)
_PLACE_LINE = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.'’-]{0,20}(?:[ ,]{1,2}[A-ZÀ-ÖØ-Þ][\w.'’-]{0,20}){0,5} ?[–—]")
_PUBLICATION = re.compile(
    r"[\s(\[]?(?:(?:article\s)?(?:publiée?|postée?|paru|mise?\sen\sligne|mise?\sà\sjour|modifiée?|actualisée?)"
    r"|(?:first\s|last\s)?(?:published|updated|posted|modified)(?:\sat|\son)?|dernière\smise\sà\sjour"
    r"|date\sde\spublication)\s?[:,-]?\s?[^\n]{0,25}?\b(?:1[5-9]|20)\d\d\b[^\n.!?]{0,70}(?:[ap]\.m\.[^\n.]{0,6}|[)\].])?",
    re.IGNORECASE,
)
