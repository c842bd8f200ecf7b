"""Articles added on the page land whole in the corpus's uploads, overwrite nothing, and can be taken out again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.corpus import read_corpus
from rag.schema import Article
from ui.removals import removal, remove, was_added
from ui.upload_folder import closed, only_lines, safe_stem
from ui.uploads import LARGEST_FILE, MOST_ARTICLES, Receipt, add_file, add_text, by_text

OWN = "Le maire Paul Dorval inaugure la piscine de Valmer samedi. Elle compte 50 mètres de bassin."
OTHER = "Le collège de Valmer ouvrira ses portes en septembre 2023 avec 412 élèves."
THIRD = "Le refuge du col de Valmer a rouvert dimanche après deux ans de travaux."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "piscine.txt").write_text(OWN)
    return folder


def articles(corpus: Path) -> tuple[Article, ...]:
    return read_corpus(corpus).articles


def add(corpus: Path, name: str, content: str | bytes) -> Receipt:
    data = content.encode() if isinstance(content, str) else content
    return add_file(corpus, name, data, by_text(articles(corpus)))


def lines(*texts: str) -> str:
    return "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_an_added_file_is_part_of_the_corpus_from_then_on(corpus: Path) -> None:
    receipt = add(corpus, "2020-01 Le collège.TXT", OTHER)
    assert (receipt.outcome, receipt.stored) == ("added", "uploads/2020-01-Le-collège.txt")
    [added] = [article for article in articles(corpus) if was_added(article)]
    assert (added.text, str(added.published), added.published_from) == (OTHER, "2020-01", "file name")
    assert receipt.articles[0].text == added.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", f"# Un collège\n\n{OTHER}"),
        ("a.html", f"<html><body><article><h1>Un collège</h1><p>{OTHER}</p></article></body></html>"),
        ("a.htm", f"<html><body><article><h1>Un collège</h1><p>{OTHER}</p></article></body></html>"),
        ("a.jsonl", lines(OTHER, THIRD)),
    ],
    ids=lambda value: value[:7],
)
def test_every_kind_is_read_as_the_corpus_reads_it(corpus: Path, name: str, content: str) -> None:
    receipt = add(corpus, name, content)
    assert receipt.outcome == "added"
    assert {article.text for article in receipt.articles} < {article.text for article in articles(corpus)}


def test_a_second_file_of_a_name_gets_another_and_keeps_the_date_of_its_name(corpus: Path) -> None:
    assert add(corpus, "2020-01.txt", OTHER).stored == "uploads/2020-01.txt"
    assert add(corpus, "2020-01.txt", THIRD).stored == "uploads/2020-01-copy-2.txt"
    assert (corpus / "uploads/2020-01.txt").read_text() == OTHER
    assert {str(article.published) for article in articles(corpus) if was_added(article)} == {"2020-01"}


@pytest.mark.parametrize(
    ("name", "content", "outcome"),
    [
        ("a.pdf", OTHER, "kind"),
        ("a.txt.exe", OTHER, "kind"),
        ("", OTHER, "kind"),
        ("a.jsonl.gz", OTHER, "kind"),
        ("a.txt", " \n", "empty"),
        ("a.txt", "trop court", "unreadable"),
        ("a.txt", b"%PDF-1.7 " + OTHER.encode(), "unreadable"),
        ("a.jsonl", "[" * 100_000, "unreadable"),
        ("a.jsonl", "{}\n" * (MOST_ARTICLES + 1), "many"),
        ("a.txt", b"a" * (LARGEST_FILE + 1), "large"),
        ("autre nom.txt", OWN, "known"),
    ],
    ids=lambda value: repr(value[:12]),
)
def test_what_is_no_new_article_is_told_and_nothing_is_stored(
    corpus: Path, name: str, content: str | bytes, outcome: str
) -> None:
    assert add(corpus, name, content).outcome == outcome
    assert files(corpus) == {"piscine.txt"}


@pytest.mark.parametrize(
    ("name", "content", "detail"),
    [
        ("a.txt", "trop court", "has 2 words of text, an article needs 5 or more"),
        ("a.jsonl", "{}", "has no text; give it a field `text`"),
        ("a.jsonl", "{}\n{}", "has no text; give it a field `text`"),
        ("jsonl.jsonl", lines("trop court"), "has 2 words of text, an article needs 5 or more"),
    ],
)
def test_the_reason_names_no_place_of_this_machine(corpus: Path, name: str, content: str, detail: str) -> None:
    assert add(corpus, name, content).detail == detail


def test_an_article_that_is_there_already_is_named(corpus: Path) -> None:
    assert [article.id for article in add(corpus, "copie.txt", OWN).articles] == ["piscine"]


def test_of_many_lines_the_new_articles_are_stored_and_the_others_told(corpus: Path) -> None:
    receipt = add(corpus, "a.jsonl", lines(OTHER, OWN) + "no json\n" + lines(THIRD))
    assert [article.text for article in receipt.articles] == [OTHER, THIRD]
    assert [item.source for item in receipt.left_out] == ["a.jsonl:3"]
    assert [article.path for article in articles(corpus)] == [
        "piscine.txt",
        "uploads/a.jsonl:1",
        "uploads/a.jsonl:4",
    ]
    assert read_corpus(corpus).skipped == ()


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../a", "a"),
        ("..\\..\\a", "a"),
        ("C:\\a", "a"),
        ("/etc/passwd", "passwd"),
        (".hidden", "hidden"),
        ("a\0b", "ab"),
        ("a. ", "a"),
        ("", "article"),
        (".", "article"),
        ("..", "article"),
        ("con", "article-con"),
        ("NUL.a", "article-NUL.a"),
        ("README", "article-README"),
        ('"><svg onload=alert(1)>', "svg-onload-alert-1"),
        ("\u202egnp.exe", "gnp.exe"),
        ("l’été à Valmer", "l-été-à-Valmer"),
        ("x" * 300, "x" * 120),
        ("é" * 300, "é" * 60),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_a_file_name_becomes_harmless(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


@given(st.text(max_size=400))
def test_no_name_leads_anywhere_hides_or_is_too_long(name: str) -> None:
    stem = safe_stem(name)
    assert stem
    assert stem == Path(stem).name
    assert not stem.startswith((".", "-"))
    assert not stem.endswith((".", " "))
    assert len(stem.encode()) <= 130
    assert safe_stem(stem) == stem


def test_a_pasted_text_is_an_article_with_what_is_said_of_it(corpus: Path) -> None:
    known = by_text(articles(corpus))
    stored = add_text(corpus, f"\n{OTHER}\n", known).stored
    assert stored == "uploads/Le-collège-de-Valmer-ouvrira-ses-portes-en-septembre-2023.txt"
    receipt = add_text(corpus, THIRD, known, title="Refuge", outlet="La Cordée", published="7 janvier 2020")
    assert receipt.stored == "uploads/Refuge.json"
    found = next(article for article in articles(corpus) if article.title == "Refuge")
    assert (found.outlet, str(found.published), found.published_from) == ("La Cordée", "2020-01-07", "metadata")
    assert was_added(found)


@pytest.mark.parametrize(
    ("text", "said", "outcome"),
    [
        (" \n ", {}, "empty"),
        ("", {"title": "Refuge"}, "empty"),
        ("deux mots", {}, "unreadable"),
        (THIRD, {"published": "hier"}, "date"),
        (OWN, {}, "known"),
        ("a " * (LARGEST_FILE // 2 + 1), {}, "large"),
        ("\ud800" * 30, {}, "unreadable"),
    ],
    ids=["blank", "only a title", "short", "no date", "known", "large", "surrogates"],
)
def test_a_pasted_text_that_is_no_new_article_is_told(
    corpus: Path, text: str, said: dict[str, str], outcome: str
) -> None:
    assert add_text(corpus, text, by_text(articles(corpus)), **said).outcome == outcome
    assert files(corpus) == {"piscine.txt"}


def test_an_added_file_can_be_removed_and_waits_where_nothing_reads_it(corpus: Path) -> None:
    add(corpus, "a.txt", OTHER)
    held = articles(corpus)
    added = next(article for article in held if was_added(article))
    assert removal(corpus, added, held).fate == "file"
    assert (corpus / "uploads/a.txt").exists()
    done = remove(corpus, added, held)
    assert (done.file, done.moved_to) == ("uploads/a.txt", "uploads/.removed/a.txt")
    assert (corpus / "uploads/.removed/a.txt").read_text() == OTHER
    assert [article.id for article in articles(corpus)] == ["piscine"]


def test_removing_twice_the_same_name_keeps_both(corpus: Path) -> None:
    for text in (OTHER, THIRD):
        add(corpus, "a.txt", text)
        held = articles(corpus)
        remove(corpus, next(article for article in held if was_added(article)), held)
    assert (corpus / "uploads/.removed/a.txt").read_text() == OTHER
    assert (corpus / "uploads/.removed/a-copy-2.txt").read_text() == THIRD


def test_one_line_of_many_is_removed_and_the_others_keep_their_ids(corpus: Path) -> None:
    add(corpus, "a.jsonl", lines(OTHER, THIRD))
    held = articles(corpus)
    first, second = (article for article in held if was_added(article))
    assert removal(corpus, first, held).fate == "line"
    assert remove(corpus, first, held).moved_to == "uploads/.removed/a-line-1.jsonl"
    assert read_corpus(corpus / "uploads/.removed/a-line-1.jsonl").articles[0].text == OTHER
    left = articles(corpus)
    assert [article.id for article in left if was_added(article)] == [second.id]
    assert remove(corpus, second, left).moved_to == "uploads/.removed/a.jsonl"
    assert [article.id for article in articles(corpus)] == ["piscine"]


def test_a_line_that_was_edited_meanwhile_is_left_alone(corpus: Path) -> None:
    add(corpus, "a.jsonl", lines(OTHER, THIRD))
    held = articles(corpus)
    edited = lines(OTHER.replace("412", "413"), THIRD)
    (corpus / "uploads/a.jsonl").write_text(edited)
    assert remove(corpus, held[1], held).fate == "changed"
    assert (corpus / "uploads/a.jsonl").read_text() == edited


def test_a_file_that_is_gone_already_is_told(corpus: Path) -> None:
    add(corpus, "a.txt", OTHER)
    held = articles(corpus)
    (corpus / "uploads/a.txt").unlink()
    assert remove(corpus, held[1], held).fate == "changed"


@pytest.mark.parametrize(
    "path",
    [
        *("piscine.txt", "sub/uploads/a.txt", "uploads/sub/a.txt", "uploads/../piscine.txt", "uploads/.removed/a.txt"),
        *("uploads/a.json:3", "uploads/.a.txt", "/etc/passwd", "uploads/a.pdf", None),
    ],
)
def test_nobody_elses_file_is_ever_removed(corpus: Path, path: str | None) -> None:
    held = (Article(id="x", title="x", text="x", path=path), *articles(corpus))
    assert not was_added(held[0])
    assert remove(corpus, held[0], held).fate == "yours"
    assert files(corpus) == {"piscine.txt"}


def test_the_last_article_stays(corpus: Path) -> None:
    add(corpus, "a.txt", OTHER)
    (corpus / "piscine.txt").unlink()
    held = articles(corpus)
    assert remove(corpus, held[0], held).fate == "last"
    assert files(corpus) == {"uploads/a.txt"}


def test_a_linked_file_is_not_ours_to_remove(corpus: Path) -> None:
    (corpus / "uploads").mkdir()
    (corpus / "uploads/a.txt").symlink_to(corpus / "piscine.txt")
    held = (Article(id="uploads/a", title="a", text=OWN, path="uploads/a.txt"), *articles(corpus))
    assert remove(corpus, held[0], held).fate == "yours"


def test_a_corpus_that_cannot_be_added_to_says_why(corpus: Path, tmp_path: Path) -> None:
    assert closed(corpus) is None
    assert closed(None) == "no folder"
    assert closed(corpus / "piscine.txt") == "no folder"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (corpus / "uploads").symlink_to(elsewhere)
    assert closed(corpus) == "link"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_read_only(corpus: Path) -> None:
    corpus.chmod(0o500)
    try:
        assert closed(corpus) == "read-only"
        assert add(corpus, "a.txt", OTHER).outcome == "disk"
    finally:
        corpus.chmod(0o700)


def test_a_disk_that_fails_is_told_and_leaves_nothing_half_done(corpus: Path) -> None:
    (corpus / "uploads").write_text("a file where the folder should be")
    receipt = add(corpus, "a.txt", OTHER)
    assert receipt.outcome == "disk"
    assert receipt.detail == "File exists"


@given(st.lists(st.binary(max_size=9).filter(lambda line: b"\n" not in line), min_size=1), st.sets(st.integers(1, 9)))
def test_lines_left_in_a_file_keep_their_numbers(content: list[bytes], numbers: set[int]) -> None:
    kept = only_lines(b"\n".join(content), numbers).split(b"\n")
    assert kept == [line if number in numbers else b"" for number, line in enumerate(content, 1)]
