"""Tells the headlines of other articles, the ways through a site and the title from the text, each by its shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.folding import fold

LONGEST_HEADLINE = 250  # characters

_CAPITAL = "A-ZÀ-ÖØ-Þ0-9«“\"‘'’\\["
_DECORATION = r"[\s>»►▶→•·*\-–—|(\[…+]{0,8}"


def _words(expression: str) -> str:
    """The expression, whatever its case; what follows it keeps its own."""
    return f"(?i:{expression})"


# No sentence begins with these, so that a headline may follow without a colon, even without a space.
_STRONG_MARKER = _words(
    r"(?:(?:à|a)\s)?(?:lire|voir|relire|revoir|écouter|regarder|découvrir)\s(?:aussi|également|encore)"
    r"|(?:also|read)\s(?:read|also|next|too)|read\smore|see\salso|you\s(?:may|might)\salso\slike"
    r"|sur\sle\smême\s(?:sujet|thème)|dans\sla\smême\srubrique"
    r"|(?:articles?|contenus?|sujets?)\s(?:liés?|similaires?|connexes?|associés?|recommandés?)"
    r"|(?:related|recommended)\s(?:articles?|stor(?:y|ies)|content|coverage|posts?|reading)"
    r"|(?:les\s)?(?:articles\s)?(?:les\s)?plus\s(?:lus|partagés|commentés)|most\s(?:read|popular|viewed)"
)
# These begin sentences too: only with a colon.
_WEAK_MARKER = _words(
    r"(?:(?:à|a)\s)?(?:lire|voir|relire|revoir|écouter)|notre\sdossier|en\ssavoir\splus|pour\saller\splus\sloin"
    r"|read|more|related|recommended|watch|see|see\smore|learn\smore|previous(?:ly|\s(?:coverage|reporting))?"
    r"|in\scase\syou\smissed\sit"
)
_NEIGHBOUR = _words(
    r"(?:article|billet|publication|actualité|dépêche|news|vidéo)\s(?:précédente?|suivante?)"
    r"|(?:previous|next|prev)\s(?:article|post|story)"
)
_AFTER_MARKER = rf"(?=\s*\Z|\s*[:：»«→←|]|\s+[-–—]\s|\s*[{_CAPITAL}])"

MARKER = re.compile(
    rf"{_DECORATION}(?:(?:{_STRONG_MARKER}|{_NEIGHBOUR}){_AFTER_MARKER}|(?:{_WEAK_MARKER})(?=\s?[:：]))[\s:：>»→←|]*"
)
MARKER_AFTER_SENTENCE = re.compile(
    rf"[.!?…»”\")](?P<gap>[\s>»►▶→•|]{{0,8}})(?:(?P<read>{_STRONG_MARKER})|{_NEIGHBOUR})(?=\s*[:：]|\s*[{_CAPITAL}])"
)


def is_marker(line: str) -> bool:
    """ "Lire aussi : another headline", "Article suivantAnother headline", "Read more"."""
    return len(line) <= 2 * LONGEST_HEADLINE and MARKER.match(line) is not None


def is_bare_marker(line: str) -> bool:
    """ "Lire aussi :" by itself: the headline is the next line."""
    return MARKER.fullmatch(line) is not None


def is_headline(line: str) -> bool:
    """Short, and without the full stop of a sentence."""
    return len(line) <= LONGEST_HEADLINE and line[-1] not in ".;:,"


def is_header(line: str, below: str) -> bool:
    """Whether the first line of a text is its title: a headline above something longer, or above a sentence."""
    if not is_headline(line) or is_list_item(line) or not (line[0].isalnum() or line[0] in "«“\"'‘[¿¡"):
        return False
    words = len(line.split())
    return _FEWEST_WORDS <= words <= _MOST_WORDS and (len(below) > len(line) or below[-1] in '.!?…»”"')


def is_list_item(line: str) -> bool:
    """ "- one", "• one", "1. one"."""
    return _LIST_ITEM.match(line) is not None


def is_breadcrumb(line: str) -> bool:
    """ "Accueil > Monde > Afrique", "Accueil Politique", by its separators or by the capital after "Accueil"."""
    if len(line) > 2 * LONGEST_HEADLINE or (line[-1] in ".!?" and not is_cut(line)):
        return False
    steps = _STEP.split(line)
    if len(steps) >= _FEWEST_STEPS and all(len(step.split()) <= _MOST_WORDS_IN_STEP for step in steps[:-1]):
        return True
    return len(line) <= _LONGEST_TRAIL and _TRAIL.match(line) is not None


def is_cut(line: str) -> bool:
    """Whether a line ends in an ellipsis, or is itself longer than a headline."""
    return line.endswith(("...", "…"))


def is_cut_title(line: str, beginnings: Sequence[str]) -> bool:
    """Whether a line is, after "Accueil ..." or at once, the first words of one of these (folded) lines, then "..."."""
    if len(line) > LONGEST_HEADLINE or not is_cut(line):
        return False
    cut = fold(line).rstrip(". …")
    return any(_is_first_part(cut, beginning) for beginning in beginnings)


def _is_first_part(cut: str, whole: str) -> bool:
    opening = " ".join(whole.split()[:_FEWEST_WORDS_CUT])
    start = cut.rfind(opening)
    if start < 0 or len(opening) >= len(whole) or cut == whole.rstrip(". …"):
        return False
    return whole.startswith(cut[start:]) and (start == 0 or _HOME.match(cut) is not None)


_FEWEST_WORDS, _MOST_WORDS = 2, 30  # of a title
_LIST_ITEM = re.compile(r"[-–—•*]|\d{1,2}[.)]\s")
_STEP = re.compile(r"\s?[>›→]\s?|\s[»/]\s")
_FEWEST_STEPS, _MOST_WORDS_IN_STEP = 3, 5
_LONGEST_TRAIL = 100  # characters
_TRAIL = re.compile(r"(?:Accueil|ACCUEIL)\s[A-ZÀ-ÖØ-Þ]")
_HOME = re.compile(r"(?:accueil|home|vous etes ici|you are here)\b")
_FEWEST_WORDS_CUT = 4
