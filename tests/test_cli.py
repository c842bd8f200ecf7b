"""Tests of the command line as a user runs it: other processes, real files, exit codes, one line for each error."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, SEEDS

from rag.cli import in_terminal
from rag.schema import Answer, Citation, Claim

GUARDED = "import sys, socket_guard; socket_guard.install(); from rag.cli import main; sys.exit(main(sys.argv[1:]))"
CAPITAL = "Quelle est la capitale du Kurdistan irakien ?"


def depeche(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in `cwd` with no way out to the network."""
    path = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")])
    return subprocess.run(
        [sys.executable, "-c", GUARDED, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        errors="replace",  # a child may write in another encoding
        timeout=100,
    )


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with the seeds in it, indexed once."""
    folder = tmp_path_factory.mktemp("newsroom")
    shutil.copytree(SEEDS, folder / "seeds")
    first = depeche("index", "seeds", cwd=folder)
    assert first.returncode == 0, first.stderr
    assert "5 articles: 5 new" in first.stdout
    return folder


def test_help_names_every_command() -> None:
    told = depeche("--help", cwd=REPOSITORY).stdout
    for command in ("index", "articles", "ask", "chat", "eval", "doctor"):
        assert f"  {command} " in told


def test_a_second_index_embeds_nothing(newsroom: Path) -> None:
    again = depeche("index", "seeds", cwd=newsroom)
    assert again.returncode == 0
    assert "0 new, 0 changed, 0 removed, 5 unchanged; 0 passages embedded" in again.stdout


def test_an_answer_in_the_terminal_shows_words_mark_and_date(newsroom: Path) -> None:
    told = depeche("ask", CAPITAL, "--corpus", "seeds", cwd=newsroom)
    assert told.returncode == 0, told.stderr
    assert "Erbil" in told.stdout
    assert "[1]" in told.stdout
    assert "janvier 2020" in told.stdout or "décembre 2021" in told.stdout


def test_the_words_of_a_source_that_agrees_in_its_own_stand_beside_its_place() -> None:
    first = Citation(1, "a", "Titre", "Le Phare", None, None, 0, 24, "La grève dure dix jours.")
    other = Citation(2, "b", "Autre titre", "La Dune", None, None, 5, 40, "Dix jours de grève, et pas de train")
    told = in_terminal(Answer("?", "fr", (Claim(first.quote, (first, other), "quoted"),))).splitlines()
    assert told[1] == "[1] Titre | Le Phare, date inconnue | a, characters 0-24"
    assert told[2] == (
        "[2] Autre titre | La Dune, date inconnue | b, characters 5-40: « Dix jours de grève, et pas de train »"
    )


def test_an_answer_as_json_can_be_checked_against_the_articles(newsroom: Path) -> None:
    answer = json.loads(depeche("ask", CAPITAL, "--json", cwd=newsroom).stdout)
    assert not answer["abstained"]
    for claim in answer["claims"]:
        assert claim["verdict"] == "quoted"
        assert claim["citations"]


def test_a_headline_in_the_boilerplate_answers_nothing(newsroom: Path) -> None:
    told = depeche("ask", "Avec quels pays l'UE a-t-elle suspendu sa coopération ?", cwd=newsroom)
    assert told.returncode == 0
    assert told.stdout.startswith("Les articles ne répondent pas à cette question.")


def test_articles_are_listed_with_their_dates_and_how_they_are_known(newsroom: Path) -> None:
    rows = depeche("articles", "seeds", cwd=newsroom).stdout.splitlines()
    assert len(rows) == 5
    assert "2020-01 (header)" in rows[0]
    assert "2020-01-07 (dateline)" in rows[1]
    assert "date unknown" in rows[2]
    assert "2021-12-31 (dateline)" in rows[3]
    assert all("passages" in row and "characters dropped" in row for row in rows)


def test_doctor_finds_a_fresh_index_sound(newsroom: Path) -> None:
    told = depeche("doctor", cwd=newsroom)
    assert told.returncode == 0, told.stdout
    assert "MEND" not in told.stdout
    assert "encoder: bundled" in told.stdout
    assert "reader: bundled" in told.stdout


def test_a_reader_that_is_not_there_is_one_line_with_the_way_out(newsroom: Path, tmp_path: Path) -> None:
    told = depeche("ask", "Combien de soldats ?", cwd=newsroom, RAG_READER=str(tmp_path / "nowhere"))
    assert told.returncode != 0
    assert "RAG_READER=none" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


def test_doctor_reports_all_the_rest_when_one_thing_cannot_be_used(newsroom: Path) -> None:
    told = depeche("doctor", cwd=newsroom, RAG_INDEX_DIR=str(newsroom / "seeds" / "index"))
    assert told.returncode == 1
    assert "MEND index" in told.stdout
    assert "ok   encoder" in told.stdout


def test_doctor_names_what_mends_a_missing_index(newsroom: Path, tmp_path: Path) -> None:
    told = depeche("doctor", cwd=newsroom, RAG_INDEX_DIR=str(tmp_path / "elsewhere"))
    assert told.returncode == 1
    assert "depeche index" in told.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_knows_no_accents_gets_escapes(newsroom: Path, encoding: str) -> None:
    told = depeche(
        "ask", "Avec quels pays l'UE a-t-elle suspendu sa coopération ?", cwd=newsroom, PYTHONIOENCODING=encoding
    )
    assert told.returncode == 0, told.stderr
    assert "Traceback" not in told.stderr


def test_a_reader_that_goes_away_is_no_error(newsroom: Path) -> None:
    command = [sys.executable, "-m", "rag", "articles", "seeds"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": ""}
    with subprocess.Popen(
        command, cwd=newsroom, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_what_is_asked_is_checked_before_anything_is_indexed(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    assert depeche("ask", "", cwd=tmp_path).returncode == 2
    assert depeche("ask", "Qui ?", "--as-of", "2020-13", cwd=tmp_path).returncode == 2
    assert not (tmp_path / ".depeche").exists()


def test_the_harness_has_its_own_help() -> None:
    told = depeche("eval", "--help", cwd=REPOSITORY)
    assert told.returncode == 0
    assert "bench" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["ask", "   "], 2, "empty"),
        (["ask", ""], 2, "empty"),
        (["ask", "soldat " * 15_000], 2, "104999 characters"),
        (["ask", "Qui ?", "--corpus", "nowhere"], 2, "nowhere"),
        (["ask", "Qui ?", "--as-of", "hier"], 2, "hier"),
        (["index", "empty"], 1, "empty"),
        (["chat", "--corpus", "nowhere"], 2, "nowhere"),
        (["ask", "Qui ?", "--corpus", ""], 2, "empty"),
        (["ask", "Qui ?", "quand ?"], 2, "unrecognized"),
        (["frobnicate"], 2, "invalid choice"),
        ([], 2, "required"),
    ],
    ids=[
        *("spaces", "nothing", "100 000 characters", "missing folder", "no date", "empty folder", "chat"),
        *("empty path", "too much", "no such command", "no command"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_an_exit_code(
    newsroom: Path, arguments: list[str], code: int, said: str
) -> None:
    (newsroom / "empty").mkdir(exist_ok=True)
    told = depeche(*arguments, cwd=newsroom)
    assert told.returncode == code
    assert said in told.stderr
    assert "Traceback" not in told.stderr
    assert len(told.stderr.strip().splitlines()[-1]) < 400


@pytest.mark.parametrize(
    "question", ["伊拉克有多少士兵？", '"; DROP TABLE articles; --', "((((", "😀", "\x00\x1b[31m?"]
)
def test_a_strange_question_is_data(newsroom: Path, question: str) -> None:
    if "\x00" in question:
        question = question.replace("\x00", "")  # no argument of a process may hold NUL
    told = depeche("ask", question, cwd=newsroom)
    assert told.returncode == 0, told.stderr
    assert "Traceback" not in told.stderr
    assert "\x1b" not in told.stdout


def test_good_articles_go_in_beside_bad_ones(tmp_path: Path) -> None:
    corpus = tmp_path / "news"
    corpus.mkdir()
    (corpus / "good.txt").write_text("Le pont de Valmer rouvre lundi. La mairie le confirme aux habitants.")
    (corpus / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (corpus / "nothing.txt").write_bytes(b"")
    lines = [
        json.dumps({"id": f"n{n}", "title": "T", "text": f"Le port numéro {n} a fermé hier soir."}) for n in range(3)
    ]
    (corpus / "list.jsonl").write_text("\n".join([lines[0], "{broken", lines[1], lines[2]]))
    told = depeche("index", "news", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "4 articles: 4 new" in told.stdout
    for name in ("noise.txt", "nothing.txt", "list.jsonl:2"):
        assert name in told.stderr
    assert "Traceback" not in told.stderr
