from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rag.corpus import Corpus, article_from_upload, read_corpus
from rag.corpus.editing import MOST_CHARACTERS
from rag.errors import CorpusError, CorpusNotFound
from rag.schema import PartialDate

SEEDS = Path(__file__).parent.parent / "seeds"
DATA = Path(__file__).parents[2] / "shared" / "data"
GOOD = "Le ministre a annoncé mardi le retrait de ses troupes. Elles partiront avant la fin du mois."
OTHER = "La présidente a reçu les représentants des communes. Aucune décision n'a été prise avant l'été."


def record(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def reasons(corpus: Corpus) -> dict[str, str]:
    return {skipped.source: skipped.reason for skipped in corpus.skipped}


@pytest.fixture
def close() -> Iterator[Callable[[Path, int], None]]:
    """Takes permissions from files and folders, and gives them back after the test."""
    closed: list[Path] = []

    def change(path: Path, mode: int) -> None:
        closed.append(path)
        path.chmod(mode)

    yield change
    for path in reversed(closed):
        path.chmod(0o700)


def read_without_privileges(folder: Path) -> tuple[list[str], dict[str, str], str]:
    """The ids, the reasons and the error of reading a folder in a process that file permissions hold for."""
    script = """if True:
        import json, pathlib, sys
        from rag.corpus import read_corpus
        from rag.errors import CorpusError
        try:
            corpus = read_corpus(pathlib.Path(sys.argv[1]))
        except CorpusError as error:
            print(json.dumps([[], {}, str(error)]))
        else:
            reasons = {skipped.source: skipped.reason for skipped in corpus.skipped}
            print(json.dumps([[article.id for article in corpus.articles], reasons, ""]))
    """
    dropped: list[str] = []
    if os.geteuid() == 0:
        dropped = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
        if shutil.which("setpriv") is None or subprocess.run([*dropped, "true"], capture_output=True).returncode:
            pytest.skip("this user may read everything")
    command = [*dropped, sys.executable, "-c", script, str(folder)]
    told = subprocess.run(command, cwd=SEEDS.parent, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    ids, reasons, error = json.loads(told.stdout)
    return ids, reasons, error


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus with one good article, beside which a test puts something bad."""
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def seeds() -> Corpus:
    return read_corpus(SEEDS)


# The seeds


def test_the_seeds_are_five_articles_and_nothing_is_skipped(seeds: Corpus) -> None:
    assert [article.id[:4] for article in seeds.articles] == ["000_", "001_", "002_", "003_", "004_"]
    assert seeds.skipped == ()
    assert {article.language for article in seeds.articles} == {"fr"}
    assert [article.path for article in seeds.articles] == [f"{article.id}.txt" for article in seeds.articles]


@pytest.mark.parametrize(
    ("number", "published", "known_from"),
    [
        pytest.param(0, "2020-01", "header", id="a date header"),
        pytest.param(1, "2020-01-07", "dateline", id="ce mardi 7 janvier, and a tweet of that day"),
        pytest.param(2, None, None, id="ce mercredi 25 mars, and no year anywhere"),
        pytest.param(3, "2021-12-31", "dateline", id="31 déc., vendredi, début 2021"),
        pytest.param(4, "2021-12", "header", id="a date header on an older text"),
    ],
)
def test_the_seeds_are_dated_by_what_they_say(
    seeds: Corpus, number: int, published: str | None, known_from: str | None
) -> None:
    article = seeds.articles[number]
    assert article.published == (PartialDate.parse(published) if published else None)
    assert article.published_from == known_from


def test_the_seeds_name_their_outlets_and_addresses(seeds: Corpus) -> None:
    assert [article.outlet for article in seeds.articles] == [None, None, "Réseau International", "Cinktank.com", None]
    assert [article.url for article in seeds.articles] == [None, None, "http://french.almanar.com", None, None]


@pytest.mark.parametrize(
    "boilerplate",
    [
        *("Barça", "Laporta", "Pozzallo", "Sea Watch", "L'UE suspend", "Accueil", "Dernières minutes", "Cinktank"),
        *("date 20", "source :", "almanar", "Réseau International", "Article suivant", "January", "@florence_parly"),
        *("1. La priorité", "interdite en Russie", "Paris :"),
    ],
)
def test_no_boilerplate_of_the_seeds_is_left_in_a_text(seeds: Corpus, boilerplate: str) -> None:
    assert any(boilerplate in (SEEDS / str(article.path)).read_text() for article in seeds.articles)
    assert not any(boilerplate in article.text or boilerplate in article.title for article in seeds.articles)


def test_the_title_of_a_seed_is_its_header_line_or_its_first_sentence(seeds: Corpus) -> None:
    titles = [article.title for article in seeds.articles]
    assert titles[3].startswith("L’Irak confirme le retrait")
    assert titles[3].endswith("l’État islamique")
    assert titles[3] not in seeds.articles[3].text
    assert titles[2].startswith("Les forces françaises se sont retirées d’Irak")
    assert seeds.articles[2].text.startswith("Les forces françaises se sont retirées d’Irak")


@pytest.mark.parametrize("number", range(5))
def test_nothing_of_a_seed_vanishes_unreported(seeds: Corpus, number: int) -> None:
    article = seeds.articles[number]
    source = (SEEDS / str(article.path)).read_text()
    title = article.title if article.title not in article.text and "…" not in article.title else ""
    kept = "".join([title, article.text, *seeds.removed[article.id]])
    assert sorted("".join(source.split())) == sorted("".join(kept.split()))


def test_reading_twice_gives_the_same(seeds: Corpus) -> None:
    again = read_corpus(SEEDS)
    assert (again.articles, again.skipped, dict(again.removed)) == (seeds.articles, seeds.skipped, dict(seeds.removed))


def test_one_file_is_a_corpus_too(seeds: Corpus) -> None:
    corpus = read_corpus(SEEDS / str(seeds.articles[0].path))
    assert corpus.articles == seeds.articles[:1]


# Bad input


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFound, match=r"nowhere.*give the path"):
        read_corpus(tmp_path / "nowhere")


def test_an_empty_folder_says_what_to_put_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no article in .* put \.txt"):
        read_corpus(tmp_path)


def test_a_corpus_without_a_readable_article_names_the_first_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(CorpusError, match=r"a\.txt is empty"):
        read_corpus(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("bad.txt", b"", "is empty", id="0 bytes"),
        pytest.param("bad.txt", b"  \n\n ", "has no word of text", id="only spaces"),
        pytest.param("bad.txt", b"Trois petits mots.", "has 3 words of text", id="three words"),
        pytest.param("bad.txt", b"12 34 56 78 90 " * 50, "has no word of text", id="only digits"),
        pytest.param("bad.txt", bytes(range(256)) * 40, "is binary data", id="binary noise"),
        pytest.param("bad.txt", b"%PDF-1.4 " + b"x " * 100, "is a PDF document", id="a PDF"),
        pytest.param("bad.html", b"PK\x03\x04" + b"x " * 100, "is a zip archive", id="a zip"),
        pytest.param("bad.pdf", b"%PDF-1.4", "is of a kind that is not read", id="an unknown kind"),
        pytest.param("bad.txt", b"mot " * (MOST_CHARACTERS // 4 + 1), "the limit is 200000", id="too long"),
        pytest.param("bad.txt", b"a" * 5_000_000, "has 5000000 characters", id="one line of 5 MB"),
        pytest.param("bad.json", b'{"title": "x"', "invalid JSON", id="half a JSON object"),
        pytest.param("bad.json", b"[" * 100_000, "nested too deep", id="JSON nested 100 000 deep"),
        pytest.param("bad.json", b"17", "holds no object", id="JSON without an article"),
        pytest.param("bad.html", b"<html><script>x = 1</script></html>", "holds no article", id="only scripts"),
        pytest.param("bad.html", b"<div>" * 100_000 + GOOD.encode(), "holds no article", id="100 000 nested tags"),
        pytest.param("bad.jsonl.gz", b"no gzip at all", "compress it anew", id="a broken archive"),
        pytest.param("bad.jsonl.gz", gzip.compress(os.urandom(999))[:-9], "compress it anew", id="half an archive"),
    ],
)
def test_what_is_no_article_is_skipped_with_its_reason_and_the_others_go_in(
    folder: Path, name: str, content: bytes, reason: str
) -> None:
    (folder / name).write_bytes(content)
    begun = time.perf_counter()
    corpus = read_corpus(folder)
    assert time.perf_counter() - begun < 10
    assert [article.id for article in corpus.articles] == ["good"]
    assert reason in reasons(corpus)[name]
    assert "\n" not in reasons(corpus)[name]


def test_invalid_json_on_line_37_is_named_and_the_other_lines_go_in(tmp_path: Path) -> None:
    lines = [record(id=f"n{number}", text=f"{GOOD} Article numéro {number}.") for number in range(1, 41)]
    lines[36] = lines[36][:40]
    (tmp_path / "x.jsonl").write_text("\n".join(lines))
    corpus = read_corpus(tmp_path)
    assert len(corpus.articles) == 39
    assert list(reasons(corpus)) == ["x.jsonl:37"]
    assert corpus.articles[0].path == "x.jsonl:1"


def test_a_duplicate_id_in_a_file_is_skipped_and_names_both_places(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(f"{record(id='a', text=GOOD)}\n\n{record(id='a', text=OTHER)}\n")
    corpus = read_corpus(tmp_path)
    assert [article.path for article in corpus.articles] == ["x.jsonl:1"]
    assert "x.jsonl:1" in reasons(corpus)["x.jsonl:3"]


def test_one_id_in_two_files_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(record(id="a", text=GOOD))
    (tmp_path / "y.jsonl").write_text(record(id="a", text=OTHER))
    assert [article.id for article in read_corpus(tmp_path).articles] == ["a", "y.jsonl:a"]


def test_files_of_one_name_in_two_folders_are_two_articles(tmp_path: Path) -> None:
    for place, text in (("a/news.txt", GOOD), ("b/news.txt", OTHER), ("b/news.md", f"{OTHER} Et plus.")):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(text)
    corpus = read_corpus(tmp_path)
    assert [article.id for article in corpus.articles] == ["a/news", "b/news", "b/news.txt"]
    assert corpus.skipped == ()


def test_one_text_under_two_names_is_one_article_and_the_other_name_is_told(folder: Path) -> None:
    (folder / "later.txt").write_text(f"{GOOD}\n\nLire aussi : un autre titre\n")
    corpus = read_corpus(folder)
    assert [article.id for article in corpus.articles] == ["good"]
    assert reasons(corpus) == {"later.txt": "the same text as good.txt"}


def test_hidden_files_and_readme_are_not_articles(folder: Path) -> None:
    (folder / ".depeche").mkdir()
    for name in (".depeche/x.txt", ".hidden.txt", "README.md", "readme.txt"):
        (folder / name).write_text(OTHER)
    corpus = read_corpus(folder)
    assert [article.id for article in corpus.articles] == ["good"]
    assert corpus.skipped == ()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(OTHER)
    folder = tmp_path / "corpus"
    (folder / "sub").mkdir(parents=True)
    (folder / "good.txt").write_text(GOOD)
    (folder / "out.txt").symlink_to(secret)
    (folder / "up").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    corpus = read_corpus(folder)
    assert [article.id for article in corpus.articles] == ["good"]
    assert "leads out of the folder" in reasons(corpus)["out.txt"]
    assert "leads out of the folder" in reasons(corpus)["up"]
    assert set(reasons(corpus)) == {"out.txt", "up", "loop", "gone.txt"}


def test_a_pipe_is_skipped_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert "a pipe" in reasons(read_corpus(folder))["pipe.txt"]


def test_what_may_not_be_read_is_named_and_the_others_go_in(folder: Path, close: Callable[[Path, int], None]) -> None:
    for place in ("closed/news.txt", "listed/news.txt", "listed/deeper/news.txt", "closed.txt", "sub/open.txt"):
        (folder / place).parent.mkdir(exist_ok=True)
        (folder / place).write_text(f"{OTHER} {place}")
    close(folder / "closed.txt", 0o000)
    close(folder / "closed", 0o000)
    close(folder / "listed", 0o444)
    ids, told, _ = read_without_privileges(folder)
    assert ids == ["good", "sub/open"]
    assert set(told) == {"closed.txt", "closed", "listed/news.txt", "listed/deeper"}
    assert all("check its permissions" in reason for reason in told.values())
    assert "a folder of which nothing was read" in told["closed"]


@pytest.mark.parametrize("mode", [0o000, 0o444], ids=["neither listed nor entered", "listed, not entered"])
def test_a_folder_that_may_not_be_read_says_so(folder: Path, close: Callable[[Path, int], None], mode: int) -> None:
    close(folder, mode)
    ids, _, error = read_without_privileges(folder)
    assert ids == []
    assert folder.name in error
    assert "may not be read (Permission denied); check its permissions" in error


def test_a_folder_below_one_that_may_not_be_entered_says_so(folder: Path, close: Callable[[Path, int], None]) -> None:
    (folder / "sub").mkdir()
    close(folder, 0o000)
    assert "may not be read" in read_without_privileges(folder / "sub")[2]


def test_links_in_a_circle_and_to_nothing_are_named_as_such(folder: Path) -> None:
    (folder / "one.txt").symlink_to(folder / "two.txt")
    (folder / "two.txt").symlink_to(folder / "one.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    circle = "is a link that leads in a circle; remove it"
    assert reasons(read_corpus(folder)) == {
        "one.txt": circle,
        "two.txt": circle,
        "gone.txt": "is a link to nothing; remove it",
    }


def test_a_note_on_an_article_that_was_taken_in_is_told_from_what_was_skipped(folder: Path) -> None:
    (folder / "front.md").write_text(f"---\nno list\n---\n{OTHER}")
    (folder / "empty.txt").write_text("")
    corpus = read_corpus(folder)
    assert [article.id for article in corpus.articles] == ["front", "good"]
    assert {skipped.source: skipped.taken for skipped in corpus.skipped} == {"front.md": True, "empty.txt": False}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("x.txt", f"date 9999-12 {OTHER}", id="a header"),
        pytest.param("x.txt", f"date 2020-13 {OTHER}", id="a header that is no date"),
        pytest.param("x.md", f"---\ndate: 0001-01-01\n---\n{OTHER}", id="a front matter"),
        pytest.param("x.jsonl", record(id="x", text=OTHER, published="9999-12-31"), id="a record"),
        pytest.param(
            "x.html",
            f"<meta name='date' content='0999-01-01'><article><h1>Titre</h1>{f'<p>{OTHER}</p>' * 5}</article>",
            id="a web page",
        ),
    ],
)
def test_an_impossible_year_of_publication_is_unknown_and_noted(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    corpus = read_corpus(tmp_path)
    assert [(article.id, article.published) for article in corpus.articles] == [("x", None)]
    (note,) = corpus.skipped
    assert note.taken
    assert "not read; write 2020, 2020-01 or 2020-01-07, with a year from 1000 to 2100" in note.reason


@pytest.mark.parametrize(
    ("name", "id"), [(" .txt", ".txt"), ("\u200b.md", ".md"), ("sub/ .txt", "sub/ .txt"), ("  .jsonl", ".jsonl:1")]
)
def test_a_name_of_which_only_the_suffix_can_be_seen_is_the_id(tmp_path: Path, name: str, id: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(record(text=OTHER) if name.endswith("jsonl") else OTHER)
    assert [article.id for article in read_corpus(tmp_path).articles] == [id]


def test_a_file_name_that_is_no_text_has_a_printable_id(folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9\x1b[31m \xe2\x80\xae.txt")
    (folder / name).write_text(OTHER)
    corpus = read_corpus(folder)
    assert len(corpus.articles) == 2
    assert all(article.id.encode().isascii() or "\ufffd" in article.id for article in corpus.articles)
    assert not any(sign in article.id + str(article.path) for article in corpus.articles for sign in "\x1b\u202e")


def test_compressed_lines_are_read(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "x.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(record(id="é", text=GOOD))
    assert read_corpus(tmp_path).articles[0].id == "é"


def test_a_date_in_a_file_name_is_the_last_thing_believed(tmp_path: Path) -> None:
    (tmp_path / "2020-01-07-retrait.txt").write_text(GOOD)
    (tmp_path / "2020-01-08-autre.txt").write_text(f"date 2019-12 {OTHER}")
    articles = read_corpus(tmp_path).articles
    assert [(str(article.published), article.published_from) for article in articles] == [
        ("2020-01-07", "file name"),
        ("2019-12", "header"),
    ]


def test_invisible_characters_leave_the_text_and_the_title(tmp_path: Path) -> None:
    title = "Un titre\u202e trom\u200bpeur\U000e0041"
    text = f"{GOOD}\x1b[31m\u2066 Fin\u00ad du\ud800 texte"
    (tmp_path / "x.jsonl").write_text(json.dumps({"title": title, "text": text}))
    article = read_corpus(tmp_path).articles[0]
    assert article.title == "Un titre trompeur"
    assert article.text == f"{GOOD}[31m Fin du texte"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil", " java\tscript:x", "http://a b"])
def test_an_address_that_is_none_of_the_web_is_left_out(tmp_path: Path, url: str) -> None:
    (tmp_path / "x.jsonl").write_text(record(text=GOOD, url=url))
    assert read_corpus(tmp_path).articles[0].url is None


# Pasted text


def test_pasted_text_is_cleaned_and_dated_like_a_file() -> None:
    article, removed = article_from_upload(f"date 2020-01 {GOOD}\nLire aussi : un autre titre", name="note")
    assert (article.id, article.text, str(article.published)) == ("note", GOOD, "2020-01")
    assert removed == ("date 2020-01", "Lire aussi : un autre titre")


def test_pasted_text_that_is_too_short_says_so() -> None:
    with pytest.raises(CorpusError, match="2 words"):
        article_from_upload("trop court")


@given(some.text(max_size=400))
def test_any_text_is_an_article_or_a_stated_refusal(text: str) -> None:
    try:
        article, _ = article_from_upload(text)
    except CorpusError:
        return
    assert article.text.encode()
    assert article.title.strip()
    assert (article.published is None) == (article.published_from is None)


# A large corpus


@pytest.mark.skipif(not (DATA / "news_fr.jsonl.gz").exists(), reason="needs shared/data/news_fr.jsonl.gz")
def test_of_a_thousand_clean_articles_almost_nothing_is_removed(tmp_path: Path) -> None:
    with gzip.open(DATA / "news_fr.jsonl.gz") as source:
        (tmp_path / "news.jsonl").write_bytes(b"".join(line for line, _ in zip(source, range(1_000), strict=False)))
    corpus = read_corpus(tmp_path)
    kept = sum(len(article.text) for article in corpus.articles)
    removed = sum(len(piece) for pieces in corpus.removed.values() for piece in pieces)
    assert len(corpus.articles) == 1_000
    assert removed < 0.001 * kept
