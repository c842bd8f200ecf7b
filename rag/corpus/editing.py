"""Makes an article of a draft: cleans it, finds its title, date, outlet and language."""

from __future__ import annotations

import itertools
import re

from rag.corpus.characters import normalised, one_line
from rag.corpus.cleaning import clean
from rag.corpus.dating import date_of_name, date_of_text, unread_date
from rag.corpus.drafts import Cleaned, Draft
from rag.errors import CorpusError
from rag.language.detection import detect_language
from rag.schema import Article, PartialDate, first_words

FEWEST_WORDS = 5
MOST_CHARACTERS = 200_000


def article_from_upload(text: str, *, name: str = "pasted") -> tuple[Article, tuple[str, ...]]:
    """Make an article of text that somebody pasted, cleaned and dated as a text file would be.

    Returns:
        The article, its id being `name`, and the pieces of text that cleaning removed.

    Raises:
        CorpusError: the text is too short or too long for an article.
    """
    article, removed, _ = edit(Draft(id=one_line(name, 200) or "pasted", path=one_line(name), text=text))
    return article, removed


def edit(draft: Draft) -> tuple[Article, tuple[str, ...], tuple[str, ...]]:
    """Make an article of a draft.

    What the source says of itself (metadata) is trusted before a date header in the text, a header before a dateline,
    a dateline before the file name.

    Returns:
        The article, the pieces of text that cleaning removed, and notes of what could not be read.

    Raises:
        CorpusError: no article: fewer than FEWEST_WORDS words, or more than MOST_CHARACTERS characters.
    """
    refuse_too_long(draft.text)
    title = one_line(draft.title or "") or None
    cleaned = clean(normalised(draft.text), title)
    words = sum(1 for _ in itertools.islice(_WORD.finditer(cleaned.text), FEWEST_WORDS))
    if words < FEWEST_WORDS:
        raise CorpusError(f"has {_count(words)} of text, an article needs {FEWEST_WORDS} or more")
    language = _language_code(draft.language) or detect_language(cleaned.text[:_SAMPLE])
    published, published_from = _published(draft, cleaned, language)
    article = Article(
        id=draft.id,
        title=cleaned.title or first_words(cleaned.text),
        text=cleaned.text,
        published=published,
        published_from=published_from,
        outlet=one_line(draft.outlet or "", 100) or cleaned.outlet,
        url=_web_address(draft.url) or _web_address(cleaned.url),
        language=language,
        path=draft.path,
    )
    unread = () if draft.published or cleaned.header_date else tuple(map(unread_date, cleaned.headers[:1]))
    removed = (*draft.removed, *(piece.text for piece in cleaned.removed))
    return article, removed, (*draft.notes, *unread)


def refuse_too_long(text: str) -> None:
    """Raise CorpusError if a text is too long for an article, before any work is done on it."""
    if len(text) > MOST_CHARACTERS:
        raise CorpusError(f"has {len(text)} characters, the limit is {MOST_CHARACTERS}; cut it into parts")


_SAMPLE = 400  # characters that tell a language
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+")  # a Chinese character is a word
_WEB_ADDRESS = re.compile(r"(?i:https?)://[^\s\"'<>\\]{1,2000}")


def _published(draft: Draft, cleaned: Cleaned, language: str | None) -> tuple[PartialDate | None, str | None]:
    if draft.published:
        return draft.published, "metadata"
    if cleaned.header_date:
        return cleaned.header_date, "header"
    if found := date_of_text(cleaned, language or "fr"):
        return found, "dateline"
    if found := date_of_name(draft.file_name or ""):
        return found, "file name"
    return None, None


def _language_code(name: str | None) -> str | None:
    """ "fr" of "fr", "FR" or "fr-CA"; None of anything else."""
    match = re.fullmatch(r"([a-z]{2})(?:[-_]\w{1,20})?", (name or "").strip().lower())
    return match[1] if match else None


def _web_address(text: str | None) -> str | None:
    match = _WEB_ADDRESS.fullmatch((text or "").strip())
    return match[0] if match else None


def _count(words: int) -> str:
    return {0: "no word", 1: "1 word"}.get(words, f"{words} words")
