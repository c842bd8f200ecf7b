"""Reads articles from JSON: one per line (.jsonl, .jsonl.gz), or one or a list of them in a file (.json)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from io import BufferedIOBase
from typing import Any

from rag.corpus.characters import one_line
from rag.corpus.dating import read_date, unread_date
from rag.corpus.decoding import decode
from rag.corpus.drafts import Draft
from rag.errors import CorpusError
from rag.schema import Skipped

LONGEST_LINE = 4_000_000  # bytes
LARGEST_FILE = 2_000_000_000  # bytes, after decompression

LONGEST_ID = 200  # characters

# Names under which the fields of an article are met, the first that is filled counts.
_TEXT = ("text", "article", "body", "content")
_TITLE = ("title", "headline")
_PUBLISHED = ("published", "date", "published_at", "publication_date")
_OUTLET = ("outlet", "source", "site", "publisher")
_LANGUAGE = ("language", "lang")

_AS_WRITTEN = 'an article is written {"title": ..., "text": ...}'


def drafts_of_lines(file: BufferedIOBase, *, id: str, path: str) -> Iterator[Draft | Skipped]:
    """The articles of a file with one JSON object per line; a line that is none is skipped, the others are not.

    Raises:
        CorpusError: the file is too large.
    """
    first: dict[str, str] = {}
    read = 0
    for number, line in _lines(file):
        place = f"{path}:{number}"
        read += len(line or b"")
        if read > LARGEST_FILE:
            raise CorpusError(f"is read up to line {number}, the limit is {LARGEST_FILE} bytes; cut it into parts")
        if line is None:
            yield Skipped(place, f"the line is longer than {LONGEST_LINE} bytes; cut the article into parts")
        elif line.strip():
            yield _unique(_attempt(line, f"{id}:{number}", place), first)


def drafts_of_json(data: bytes, *, id: str, path: str) -> Iterator[Draft | Skipped]:
    """The articles of a JSON file: one object, a list of them, or an object with a list called `articles`.

    Raises:
        CorpusError: the file is not JSON, or holds something else.
    """
    value = _parsed(data)
    if isinstance(value, Mapping) and isinstance(value.get("articles"), list):
        value = value["articles"]
    if isinstance(value, Mapping):
        yield _draft(value, id, path)
        return
    if not isinstance(value, list):
        raise CorpusError("holds no object and no list of objects; " + _AS_WRITTEN)
    first: dict[str, str] = {}
    for number, item in enumerate(value, 1):
        yield _unique(_attempt(item, f"{id}:{number}", f"{path}:{number}"), first)


def _lines(file: BufferedIOBase) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1; None in place of one that is too long to be held."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) <= LONGEST_LINE:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE + 1)
        yield number, None


def _attempt(item: object, id: str, place: str) -> Draft | Skipped:
    try:
        return _draft(_parsed(item) if isinstance(item, bytes) else item, id, place)
    except CorpusError as error:
        return Skipped(place, str(error))


def _unique(found: Draft | Skipped, first: dict[str, str]) -> Draft | Skipped:
    """The draft, unless one of the same file has its id."""
    if isinstance(found, Skipped) or first.setdefault(found.id, found.path) == found.path:
        return found
    return Skipped(found.path, f"the id {found.id[:80]!r} is that of {first[found.id]} too; give it another")


def _parsed(data: bytes) -> object:
    try:
        return json.loads(decode(data), object_pairs_hook=_object, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise CorpusError(f"invalid JSON: {error.msg}, at character {error.pos + 1}; mend it there") from error
    except RecursionError as error:
        raise CorpusError("the JSON is nested too deep for an article; " + _AS_WRITTEN) from error
    except ValueError as error:  # a number of thousands of digits
        raise CorpusError("invalid JSON: a number is too long; shorten it or put it in quotation marks") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise CorpusError(f"the field {twice[:40]!r} is there twice; keep one")
    return fields


def _draft(fields: object, id: str, path: str) -> Draft:
    if not isinstance(fields, Mapping):
        raise CorpusError("is no JSON object; " + _AS_WRITTEN)
    text = _filled(fields, _TEXT)
    if text is None:
        raise CorpusError("has no text; give it a field `text`")
    date = next((fields[name] for name in _PUBLISHED if fields.get(name)), None)
    published = read_date(date)
    notes = () if published or not date else (unread_date(date),)
    heading = _filled(fields, ("heading",))
    return Draft(
        id=_id(fields.get("id")) or id,
        path=path,
        text=f"{heading}\n\n{text}" if heading else text,
        title=_filled(fields, _TITLE),
        published=published,
        outlet=_filled(fields, _OUTLET),
        url=_filled(fields, ("url",)),
        language=_filled(fields, _LANGUAGE),
        notes=notes,
    )


def _filled(fields: Mapping[Any, Any], names: Iterable[str]) -> str | None:
    """The first of these fields that holds text; a list of strings is a list of paragraphs."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and value.strip():
            return value
    return None


def _id(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    name = one_line(value, LONGEST_ID + 1) if isinstance(value, str) else ""
    return name if 0 < len(name) <= LONGEST_ID else None
