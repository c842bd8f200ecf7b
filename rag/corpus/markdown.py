"""Reads a Markdown file, with its YAML front matter if it has one: one file, one article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from rag.corpus.dating import read_date, unread_date
from rag.corpus.drafts import Draft
from rag.corpus.text import unwrapped


def drafts_of_markdown(text: str, *, id: str, path: str, file_name: str) -> Iterator[Draft]:
    """The one draft of a Markdown file; its front matter may give title, date, outlet, url and language.

    A front matter that cannot be read is set aside with a note, and the article is taken in without it.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    fields: Mapping[str, Any] = {}
    notes: list[str] = []
    removed: tuple[str, ...] = ()
    if match := _FRONT_MATTER.match(text):
        text = text[match.end() :]
        try:
            fields = _front_matter(match[1])
        except ValueError as error:
            notes.append(f"front matter not read ({error}); the article is taken in without it")
            removed = (match[1],)
    date = fields.get("date") or fields.get("published")
    published = read_date(date)
    if date and not published:
        notes.append(unread_date(date))
    title, body = _plain(text)
    yield Draft(
        id=id,
        path=path,
        text=body,
        title=_string(fields.get("title")) or title,
        published=published,
        outlet=_string(fields.get("outlet")) or _string(fields.get("source")),
        url=_string(fields.get("url")),
        language=_string(fields.get("language")) or _string(fields.get("lang")),
        file_name=file_name,
        notes=tuple(notes),
        removed=removed,
    )


_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LONGEST_FRONT_MATTER = 20_000  # characters


class _Strings(yaml.SafeLoader):
    """Reads every scalar as the string that was written: `title: On` is no Boolean, `date: 2020-13-45` no error."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # the attribute is PyYAML's


def _front_matter(text: str) -> Mapping[str, Any]:
    if len(text) > _LONGEST_FRONT_MATTER:
        raise ValueError(f"longer than {_LONGEST_FRONT_MATTER} characters")
    try:
        loader = _Strings(text)
        fields = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise ValueError(f"line {line}: {error.problem}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError("no YAML") from error
    if not isinstance(fields, Mapping):
        raise ValueError("no list of `name: value` lines")
    return {str(name).lower(): value for name, value in fields.items()}


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _plain(text: str) -> tuple[str | None, str]:
    """The title, if a first-level heading opens the text, and the text without Markdown's marks."""
    text = _COMMENT.sub("", text)
    title = None
    if match := _TITLE.match(text):
        title, text = match[1].strip(" #"), text[match.end() :]
    text = _FENCE.sub("", text)
    text = _LINE_MARK.sub("", text)
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _TAG.sub("", text)
    text = _EMPHASIS.sub(r"\2", text)
    return title, unwrapped(_ESCAPE.sub(r"\1", text))


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TITLE = re.compile(r"\s*#[ \t]+([^\n]+)\n?")
_FENCE = re.compile(r"^(?:```|~~~).*$", re.MULTILINE)
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|(?:>[ \t]?){1,5}|[-*+][ \t]+)", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,1000}\)")
_LINK = re.compile(r"\[([^\]\[\n]{1,500})\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,100}\])")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,1000})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{1,500}?)(?<=[^\s*_])\1(?![\w*_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
