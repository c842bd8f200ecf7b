"""What readers think of answers stays on their machine, whole and bounded, and becomes proposals, never gold."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from ui_stand_in import ARTICLES, cite

from eval.candidates import candidates, list_candidates
from eval.questions import read_questions
from rag.errors import CorpusError, CorpusNotFound, StoreError, UsageError
from rag.index import feedback_file as file_of_corpus
from rag.index import index_folder
from rag.schema import Answer, Claim
from rag.settings import Settings
from ui.feedback import LARGEST_FILE, feedback_file, keep
from ui.turns import Turn

DEPOT = ARTICLES[0]
QUOTE = "Il compte désormais 42 rames neuves."
TURN = Turn(
    1,
    "Et combien ?",
    Answer(
        question="Et combien ?",
        standalone="Combien de rames ?",
        language="fr",
        short="42 rames",
        claims=(
            Claim(QUOTE, (cite(DEPOT, QUOTE),), "quoted"),
            Claim("Il y en avait 43.", (), "unsupported", guard="numbers"),
        ),
    ),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".depeche" / "news.feedback.jsonl"


def kept(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_an_opinion_is_kept_with_the_answer_it_is_about(file: Path) -> None:
    keep(file, TURN, liked=False, why="  pas\nle bon \x1b[31mdépôt\u202e ")
    [opinion] = kept(file)
    assert (opinion["liked"], opinion["why"], opinion["short"]) == (False, "pas le bon [31mdépôt", "42 rames")
    assert (opinion["question"], opinion["standalone"]) == ("Et combien ?", "Combien de rames ?")
    assert opinion["claims"] == [QUOTE]
    [cited] = opinion["citations"]  # type: ignore[misc]
    assert DEPOT.text[cited["start"] : cited["end"]] == cited["quote"] == QUOTE


def test_nobody_else_can_read_it(file: Path) -> None:
    keep(file, TURN, liked=True, why="")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_it_lies_beside_the_index_and_outlives_it(tmp_path: Path) -> None:
    corpus = tmp_path / "news"
    found = feedback_file(corpus, Settings())
    assert found == file_of_corpus(corpus, Settings()) == tmp_path / ".depeche" / "news.feedback.jsonl"
    assert found.parent == index_folder(corpus, Settings()).parent
    elsewhere = replace(Settings(), index_dir=tmp_path / "indexes")
    assert feedback_file(corpus, elsewhere).parent == tmp_path / "indexes"  # type: ignore[union-attr]
    assert feedback_file(None, Settings()) is None


def test_lines_of_many_threads_do_not_mix(file: Path) -> None:
    def like() -> None:
        for _ in range(20):
            keep(file, TURN, liked=True, why="w" * 400)

    threads = [threading.Thread(target=like) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept(file)) == 120


def test_a_full_file_is_told_and_left_as_it_is(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\n" * LARGEST_FILE)
    with pytest.raises(StoreError, match="move that file away"):
        keep(file, TURN, liked=True, why="")
    assert file.stat().st_size == LARGEST_FILE


def test_a_link_in_its_place_is_not_followed(file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    target = tmp_path / "precious"
    target.write_text("mine")
    file.symlink_to(target)
    with pytest.raises(StoreError, match="check the folder"):
        keep(file, TURN, liked=True, why="")
    assert target.read_text() == "mine"


def test_huge_words_are_cut(file: Path) -> None:
    long = replace(TURN, question="q" * 100_000, answer=replace(TURN.answer, short="s" * 100_000))
    keep(file, long, liked=True, why="w" * 100_000)
    assert file.stat().st_size < 10_000


def test_a_turn_without_an_answer_is_not_kept(file: Path) -> None:
    keep(file, Turn(1, "?", trouble="raté"), liked=True, why="")
    assert not file.exists()


def test_feedback_becomes_proposals_the_most_disliked_first(file: Path) -> None:
    keep(file, TURN, liked=True, why="juste")
    refused = Turn(2, "Où ?", Answer(question="Où ?", language="fr", abstained=True, reason="rien"))
    keep(file, refused, liked=False, why="c’est à Valmont")
    where, how_many = (one.to_dict(number) for number, one in enumerate(candidates(file), 1))
    assert (where["question"], where["disliked"], where["why"]) == ("Où ?", 1, ["c’est à Valmont"])
    assert (where["answerable"], where["answers"], where["gold"]) == (False, [], [])
    assert (how_many["question"], how_many["liked"], how_many["answers"]) == ("Combien de rames ?", 1, ["42 rames"])
    assert how_many["gold"] == [{"doc": "depot", "quote": QUOTE}]


def test_the_last_opinion_on_an_answer_counts(file: Path) -> None:
    keep(file, TURN, liked=True, why="")
    keep(file, TURN, liked=False, why="à y bien penser, non")
    [one] = candidates(file)
    assert (one.liked, len(one.opinions)) == (0, 1)


def test_no_run_takes_a_proposal_for_gold(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(file, TURN, liked=True, why="")
    assert list_candidates(file) == 0
    proposals = tmp_path / "set.jsonl"
    line = capsys.readouterr().out
    proposals.write_text(line)
    with pytest.raises(CorpusError, match="disliked"):
        read_questions(proposals, {DEPOT.id: DEPOT})
    bare = {name: value for name, value in json.loads(line).items() if name not in ("liked", "disliked", "why")}
    proposals.write_text(json.dumps(bare))
    with pytest.raises(CorpusError, match="proposal"):
        read_questions(proposals, {DEPOT.id: DEPOT})


def test_a_damaged_line_is_passed_over(file: Path) -> None:
    keep(file, TURN, liked=True, why="")
    with file.open("a") as opened:
        opened.write('{"question": "Et\n[]\nnull\n' + "[" * 100_000 + "\n")
    assert len(candidates(file)) == 1


def test_no_feedback_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFound, match="depeche chat"):
        candidates(tmp_path / "none.jsonl")


def test_a_file_that_cannot_be_feedback_is_not_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.jsonl"
    with huge.open("wb") as file:
        os.truncate(file.fileno(), 60_000_000)
    with pytest.raises(UsageError, match="more than"):
        candidates(huge)
