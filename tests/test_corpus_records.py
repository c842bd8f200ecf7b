from __future__ import annotations

import io
import json
import time

import pytest

from rag.corpus.drafts import Draft
from rag.corpus.records import LONGEST_LINE, drafts_of_json, drafts_of_lines
from rag.errors import CorpusError
from rag.schema import Skipped

TEXT = "Le ministre a annoncé le retrait de ses troupes."


def of_lines(*lines: str | bytes) -> list[Draft | Skipped]:
    data = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    return list(drafts_of_lines(io.BytesIO(data), id="x", path="x.jsonl"))


def only(fields: dict[str, object]) -> Draft:
    (found,) = of_lines(json.dumps(fields))
    assert isinstance(found, Draft)
    return found


@pytest.mark.parametrize("text", ["text", "article", "body"])
@pytest.mark.parametrize("date", ["published", "date"])
@pytest.mark.parametrize("outlet", ["outlet", "source", "site"])
def test_fields_are_known_under_their_usual_names(text: str, date: str, outlet: str) -> None:
    fields = {"id": "a", "title": "Titre", text: TEXT, date: "2020-01", outlet: "Le Journal", "url": "https://e.org"}
    read = only(fields)
    assert (read.id, read.path, read.title, read.text) == ("a", "x.jsonl:1", "Titre", TEXT)
    assert (str(read.published), read.outlet, read.url, read.notes) == ("2020-01", "Le Journal", "https://e.org", ())


def test_a_heading_is_the_first_paragraph_and_a_list_holds_paragraphs() -> None:
    assert only({"heading": "Chapeau.", "article": ["Un.", "Deux."]}).text == "Chapeau.\n\nUn.\n\nDeux."


@pytest.mark.parametrize(
    ("id", "read"),
    [
        (7, "7"),
        ("a\u202e\nb", "a b"),
        ("../../a", "../../a"),
        ("", "x:1"),
        ("é" * 300, "x:1"),
        (None, "x:1"),
        (True, "x:1"),
    ],
)
def test_an_id_is_printable_and_never_empty(id: object, read: str) -> None:
    assert only({"id": id, "text": TEXT}).id == read


def test_not_a_number_is_a_field_left_empty() -> None:
    (read,) = of_lines('{"title": NaN, "outlet": Infinity, "text": "Un texte."}')
    assert isinstance(read, Draft)
    assert (read.title, read.outlet) == (None, None)


def test_a_date_that_cannot_be_read_is_noted() -> None:
    read = only({"text": TEXT, "published": "un beau jour"})
    assert read.published is None
    assert "'un beau jour' not read" in read.notes[0]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param('{"text": "a"', "at character 14; mend it there", id="half an object"),
        pytest.param('"a text"', "no JSON object", id="a string"),
        pytest.param("[1, 2]", "no JSON object", id="a list"),
        pytest.param("{}", "has no text", id="nothing"),
        pytest.param('{"text": 5}', "has no text", id="a number"),
        pytest.param('{"text": ["a", 5]}', "has no text", id="a list that is no text"),
        pytest.param('{"text": "  "}', "has no text", id="spaces"),
        pytest.param('{"text": "a", "text": "b"}', "'text' is there twice", id="a field twice"),
        pytest.param("[" * 100_000, "too deep for an article; an article is written {", id="nested 100 000 deep"),
        pytest.param('{"a":' * 100_000, "nested too deep", id="objects nested 100 000 deep"),
        pytest.param('{"text": ' + "9" * 100_000 + "}", "", id="a number of 100 000 digits"),
        pytest.param(b"\x00\x01\x02\x03", "binary data", id="noise"),
        pytest.param("x" * (LONGEST_LINE + 1), "longer than", id="a line too long"),
    ],
)
def test_a_line_that_is_no_article_is_skipped_quickly_and_the_next_is_read(line: str | bytes, reason: str) -> None:
    begun = time.thread_time()
    skipped, read = of_lines(line, json.dumps({"text": TEXT}))
    assert time.thread_time() - begun < 1
    assert isinstance(skipped, Skipped)
    assert isinstance(read, Draft)
    assert (skipped.source, read.path) == ("x.jsonl:1", "x.jsonl:2")
    assert reason in skipped.reason
    assert len(skipped.reason) < 200


def test_a_line_in_cp1252_keeps_its_letters() -> None:
    (read,) = of_lines('{"text": "L’été à Aÿ"}'.encode("cp1252"))
    assert isinstance(read, Draft)
    assert read.text == "L’été à Aÿ"


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        ({"text": TEXT}, ["x.json"]),
        ([{"text": TEXT}, {"text": "Autre."}], ["x.json:1", "x.json:2"]),
        ({"articles": [{"text": TEXT}]}, ["x.json:1"]),
        ([], []),
    ],
)
def test_a_json_file_holds_one_article_or_a_list(value: object, paths: list[str]) -> None:
    found = list(drafts_of_json(json.dumps(value).encode("utf-8-sig"), id="x", path="x.json"))
    assert [draft.path for draft in found if isinstance(draft, Draft)] == paths


def test_in_a_list_a_bad_item_is_skipped_by_its_number() -> None:
    found = list(drafts_of_json(b'[{"text": "a"}, 5, {"id": "x:1", "text": "b"}]', id="x", path="x.json"))
    assert [item.source for item in found if isinstance(item, Skipped)] == ["x.json:2", "x.json:3"]


def test_a_json_file_without_articles_is_refused() -> None:
    with pytest.raises(CorpusError, match="no object"):
        list(drafts_of_json(b"17", id="x", path="x.json"))
