"""The commands of the harness on a corpus of two articles: what they print, keep, refuse, and end with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from eval_stand_in import question

from eval.asking import ask_all
from eval.cli import main
from eval.floors import Floor, hold, read_floors
from eval.run import chosen, plan_for
from eval.runs import as_answer, hashed, read_run
from eval.schema import Plan, Question
from eval.summary import overlap
from eval.timing import summarise
from rag import Answer, Article, Assistant
from rag.errors import StoreError, UsageError

PONT = """Le pont fermé

date 2031-03-12

Le pont de Brelan est fermé depuis lundi. Il rouvrira le 20 mars, a annoncé la mairie de Brelan.

Les travaux du pont de Brelan coûtent 1,5 million d'euros. Ils occupent quarante ouvriers.
"""
LAC = """Le lac à sec

date 2031-06-02

Le lac de Sorgue est à sec. Le préfet a interdit la pêche dans le lac de Sorgue jusqu'en septembre.
"""
ROWS: list[dict[str, Any]] = [
    {"id": "a", "question": "Combien coûtent les travaux du pont de Brelan ?", "type": "number",
     "answers": ["1,5 million"], "gold": [{"doc": "pont", "quote": "1,5 million d'euros"}]},
    {"id": "b", "question": "Qui a interdit la pêche dans le lac de Sorgue ?", "type": "fact", "split": "test",
     "answers": ["préfet"], "gold": [{"doc": "lac", "quote": "Le préfet a interdit la pêche"}]},
    {"id": "c", "question": "Qui est le maire de Trévigny ?", "type": "absent", "answerable": False,
     "answers": [], "gold": []},
]  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus, a question set, and a whole run of it."""
    folder = tmp_path_factory.mktemp("harness")
    (folder / "corpus").mkdir()
    for name, text in (("pont", PONT), ("lac", LAC)):
        (folder / "corpus" / f"{name}.txt").write_text(text, encoding="utf-8")
    known = {"split": "dev", "lang": "fr", "answerable": True}
    lines = [json.dumps(known | row, ensure_ascii=False) for row in ROWS]
    (folder / "mine.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main([*asking(folder), "--out", str(folder / "runs" / "first")]) == 0
    return folder


def asking(place: Path) -> list[str]:
    return ["run", str(place / "mine.jsonl"), "--corpus", str(place / "corpus")]


def content(folder: Path) -> dict[str, bytes]:
    names = ("metrics.json", "answers.jsonl", "scores.jsonl", "questions.jsonl")
    return {name: (folder / name).read_bytes() for name in names}


def test_two_runs_give_the_same_bytes(place: Path) -> None:
    assert main([*asking(place), "--out", str(place / "runs" / "second")]) == 0
    assert content(place / "runs" / "first") == content(place / "runs" / "second")


def test_a_run_prints_its_table(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*asking(place), "--split", "test"]) == 0
    printed = capsys.readouterr().out
    assert "ALL                       1" in printed
    assert "1 answers, 1 stories" in printed


def test_a_run_can_be_read_back(place: Path) -> None:
    run = read_run(place / "runs" / "first")
    assert [question.id for question in run.questions] == ["a", "b", "c"]
    answer = run.answers["a", 0]
    assert answer is not None
    assert "1,5 million" in answer.text
    assert as_answer(answer.to_dict()) == answer
    assert {score.id: score.outcome for score in run.scores}["c"] == "rightly declined"
    assert run.metrics["n"] == run.timings["total"]["n"] == 3
    assert run.info["test_runs"] >= 1
    assert not {"llm_api_key", "password"} & set(run.info["settings"])


def test_an_interrupted_run_goes_on_where_it_stopped(place: Path) -> None:
    whole, cut = place / "runs" / "first", place / "runs" / "cut"
    assert main([*asking(place), "--out", str(cut)]) == 0
    lines = (cut / "answers.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (cut / "answers.jsonl").write_text(lines[0] + lines[1][:40], encoding="utf-8")
    for name in ("metrics.json", "scores.jsonl", "timings.json"):
        (cut / name).unlink()
    kept = json.loads((cut / "timings.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert main([*asking(place), "--out", str(cut)]) == 0
    assert content(cut) == content(whole)
    assert json.loads((cut / "timings.jsonl").read_text(encoding="utf-8").splitlines()[0]) == kept  # not asked again


def test_a_folder_of_another_run_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*asking(place), "--split", "dev", "--out", str(place / "runs" / "first")]) == 1
    assert "split differ" in capsys.readouterr().err
    assert main([*asking(place), "--out", str(place / "corpus")]) == 1
    assert "no run" in capsys.readouterr().err


def test_scoring_anew_gives_the_same_scores(place: Path) -> None:
    before = content(place / "runs" / "first")
    assert main(["score", str(place / "runs" / "first")]) == 0
    assert content(place / "runs" / "first") == before


def test_a_changed_corpus_cannot_be_scored(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pont.txt").write_text(PONT.replace("1,5", "1,6"), encoding="utf-8")
    assert main(["score", str(place / "runs" / "first"), "--corpus", str(tmp_path)]) == 1
    assert "changed since the run" in capsys.readouterr().err


def test_one_question_is_shown_with_all_that_was_found(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(place / "runs" / "first"), "a"]) == 0
    printed = capsys.readouterr().out
    assert "a number right: Combien" in printed
    assert "* 1 " in printed  # the first passage holds the gold span
    assert main(["show", str(place / "runs" / "first"), "z"]) == 1


def test_two_runs_are_compared(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    worse = place / "runs" / "worse"
    if not worse.exists():
        assert main([*asking(place), "--out", str(worse)]) == 0
        scores = (worse / "scores.jsonl").read_text(encoding="utf-8")
        (worse / "scores.jsonl").write_text(
            scores.replace('"outcome": "right"', '"outcome": "wrong"'), encoding="utf-8"
        )
    capsys.readouterr()
    assert main(["compare", str(place / "runs" / "first"), str(worse), "--fail-on-regression"]) == 0
    printed = capsys.readouterr().out
    assert "outcome changed for 2 questions" in printed
    assert "a: right -> wrong" in printed


def test_a_run_of_another_format_is_refused(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "run.json").write_text('{"format": 0}', encoding="utf-8")
    assert main(["score", str(tmp_path)]) == 1
    assert "format 0" in capsys.readouterr().err
    assert main(["show", str(place), "a"]) == 1
    assert "holds no run" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param(["run", "nothing"], 1, "no question set", id="unknown-set"),
        pytest.param(["run", "news"], 1, "--corpus PATH", id="set-without-its-articles"),
        pytest.param(["run", "--sample", "0"], 1, "no whole number", id="sample-of-none"),
        pytest.param(["run", "seeds", "--only", "mood=sad"], 1, "'mood'", id="unknown-field"),
        pytest.param(["run", "seeds", "--only", "type"], 1, "no field and value", id="no-value"),
        pytest.param(["run", "seeds", "--only", "type=list", "--only", "lang=de"], 1, "no question", id="none-left"),
        pytest.param(["fly"], 1, "fly", id="unknown-command"),
    ],
)
def test_a_wrong_command_ends_with_1(
    arguments: list[str], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(arguments) == code
    assert told in capsys.readouterr().err


def ended(arguments: list[str]) -> int:
    """The exit code, also of a command that cannot be read."""
    try:
        return main(arguments)
    except SystemExit as error:
        return int(error.code or 0)


def test_an_invalid_set_ends_with_2(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text((place / "mine.jsonl").read_text(encoding="utf-8").replace("1,5 million d'euros", "2 millions"))
    for command in ("validate", "run"):
        assert main([command, str(broken), "--corpus", str(place / "corpus")]) == 2
        assert "broken.jsonl:1: gold quote '2 millions' is not in article 'pont'" in capsys.readouterr().err
    assert main(["validate", str(place / "mine.jsonl"), "--corpus", str(place / "corpus")]) == 0


def test_a_floor_that_does_not_hold_ends_with_100(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.toml"
    for least, code, told in ((0.1, 0, "ok"), (1.1, 100, "BELOW")):
        floors.write_text(f'[[floor]]\nset = "mine"\nmetric = "right"\nmin = {least}\n', encoding="utf-8")
        assert main([*asking(place), "--floors", str(floors)]) == code
        assert f"{told} right of all" in " ".join(capsys.readouterr().out.split())
    assert main([*asking(place), "--split", "dev", "--floors", str(floors)]) == 0  # half a set holds no floor


METRICS = {
    "metrics": {"right": {"value": 0.8, "low": 0.7, "high": 0.9, "n": 200}},
    "slices": {"type": {"date": {"right": {"value": 0.8, "low": 0.4, "high": 0.95, "n": 20}}}},
}


@pytest.mark.parametrize(
    ("floor", "well"),
    [
        pytest.param(Floor("s", "right", min=0.7), True, id="bound-reaches"),
        pytest.param(Floor("s", "right", min=0.75), False, id="bound-does-not"),
        pytest.param(Floor("s", "right", max=0.85), False, id="upper-bound-passes"),
        pytest.param(Floor("s", "right", "type=date", min=0.75), True, id="few-answers-hold-the-value"),
        pytest.param(Floor("s", "right", "type=list", min=0.1), False, id="nothing-was-scored"),
    ],
)
def test_from_150_answers_on_the_bound_must_hold(floor: Floor, well: bool) -> None:
    (held,) = hold([floor, Floor("other", "right", min=1)], "s", METRICS)
    assert held.well is well


def test_the_floors_that_ship_can_be_read(tmp_path: Path) -> None:
    assert {floor.set for floor in read_floors()} <= {"seeds", "chronique", "regions", "affaires"}
    for text in ("[[floor]]\nset = 's'\nmetric = 'm'", "[[floor]]\nset = 's'\nmin = 1", "floor ="):
        (tmp_path / "floors.toml").write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match="floor"):
            read_floors(tmp_path / "floors.toml")


def test_a_floor_on_a_judge_needs_its_kappa(tmp_path: Path) -> None:
    floor = '[[floor]]\nset = "s"\nmetric = "cite_recall"\nmin = 0.9\n'
    for kappa in ("", "kappa = 0.39\n"):
        (tmp_path / "floors.toml").write_text(floor + kappa, encoding="utf-8")
        with pytest.raises(UsageError, match="judge-check"):
            read_floors(tmp_path / "floors.toml")
    (tmp_path / "floors.toml").write_text(floor + "kappa = 0.6", encoding="utf-8")
    assert len(read_floors(tmp_path / "floors.toml")) == 1


class Failing:
    """An assistant that fails on some questions."""

    def __init__(self, fails: Callable[[str], bool]) -> None:
        self.fails = fails

    def ask(self, question: str, history: object, as_of: object) -> Answer:
        if self.fails(question):
            raise StoreError("the index\ncannot be read; build it anew")
        return Answer(question, "fr", abstained=True)


def questions(place: Path, count: int = 3) -> list[Question]:
    known = read_run(place / "runs" / "first").questions
    return [known[number % 3] for number in range(count)]


def test_a_question_that_fails_is_noted_and_the_rest_is_asked(place: Path) -> None:
    asked = list(ask_all(Failing(lambda text: "lac" in text), questions(place)))  # type: ignore[arg-type]
    assert [one.error for one in asked] == [None, "the index cannot be read; build it anew", None]
    assert asked[1].row["answer"] is None


def test_after_five_failures_in_a_row_the_rest_is_not_asked(place: Path) -> None:
    asked = list(ask_all(Failing(lambda text: True), questions(place, 9)))  # type: ignore[arg-type]
    assert len(asked) == 5


def test_quotes_in_the_place_of_prose_count_as_a_failure_of_the_model(place: Path) -> None:
    class Fallback(Failing):
        def ask(self, question: str, history: object, as_of: object) -> Answer:
            return Answer(question, "fr", abstained=True, notice="the model cannot be reached")

    (asked,) = ask_all(Fallback(lambda text: False), questions(place, 1), with_model=True)  # type: ignore[arg-type]
    assert asked.error == "the model cannot be reached"


@pytest.mark.slow  # importing the client of an endpoint takes seconds
def test_failures_end_with_3_and_keep_what_came(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAG_LLM", "endpoint")
    monkeypatch.setenv("RAG_LLM_URL", "http://127.0.0.1:9/v1")  # nobody listens there
    monkeypatch.setenv("RAG_LLM_MODEL", "none")
    monkeypatch.setenv("RAG_LLM_DEADLINE", "1")
    out = place / "runs" / "failed"
    assert main([*asking(place), "--only", "id=a", "--out", str(out)]) == 3
    assert "FAILED" in capsys.readouterr().out
    assert read_run(out).metrics["outcomes"]["error"] >= 1


def test_questions_are_chosen_by_field_and_sample(place: Path) -> None:
    every = read_run(place / "runs" / "first").questions
    plan = Plan(place / "mine.jsonl", place / "corpus")
    assert [question.id for question in chosen(every, replace(plan, only=(("type", "fact"),)))] == ["b"]
    some = chosen(every, replace(plan, sample=2, seed=7))
    assert len(some) == 2
    assert some == chosen(every, replace(plan, sample=2, seed=7))
    assert plan.whole
    assert not replace(plan, sample=2).whole


def test_repeating_asks_each_question_again(place: Path) -> None:
    asked = list(ask_all(Failing(lambda text: False), questions(place), 2, known=[("a", 0)]))  # type: ignore[arg-type]
    assert [(one.id, one.repeat) for one in asked] == [("b", 0), ("c", 0), ("a", 1), ("b", 1), ("c", 1)]


def test_several_runs_are_told_apart_from_one_another(place: Path, tmp_path: Path) -> None:
    assert main([*asking(place), "--only", "id=a", "--repeat", "2", "--out", str(tmp_path / "twice")]) == 0
    metrics = read_run(tmp_path / "twice").metrics
    assert (metrics["n"], metrics["repeats"], metrics["between_runs"]) == (2, 2, 0)
    assert read_run(place / "runs" / "first").metrics["between_runs"] is None


def test_tokens_have_their_price() -> None:
    rows = [
        {"seconds": 0.1, "stages": {"find": 0.05}, "tokens": [1000, 100]},
        {"seconds": 0.3, "stages": {}, "tokens": None},
    ]
    summed = summarise(rows, (2.0, 10.0))  # 0.002 and 0.001 for two questions
    assert (summed["tokens"], summed["cost_per_1000"]) == ([1000, 100], 1.5)
    assert summed["total"] == {"p50": 0.1, "p95": 0.3, "mean": 0.2, "n": 2}
    assert summed["stages"]["find"]["n"] == 1
    assert summarise(rows)["cost_per_1000"] is None
    assert summarise([])["total"] == {"n": 0}


def test_sets_that_ship_know_their_articles() -> None:
    assert plan_for("seeds").corpus.name == "seeds"
    assert plan_for("news", Path("elsewhere")).corpus == Path("elsewhere")


def test_a_corpus_has_one_hash_in_any_order() -> None:
    one, other = (Article.from_text(text, id=text) for text in ("un", "deux"))
    assert hashed([one, other]) == hashed([other, one])
    assert hashed([one]) != hashed([other])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Il rouvrira mardi ?", "high"), ("Rouvrira-t-il bientôt ?", "middle"), ("Quand finira la fermeture ?", "low")],
)
def test_questions_are_sliced_by_how_much_they_share_with_their_gold(tmp_path: Path, text: str, expected: str) -> None:
    assert overlap(question(tmp_path, question=text)) == expected
    unanswerable = question(tmp_path, type="absent", answerable=False, answers=[], gold=[])
    assert overlap(unanswerable) is None


def test_an_assistant_is_asked_with_history_and_day(assistant: Assistant, place: Path) -> None:
    (asked,) = ask_all(assistant, questions(place, 1))
    assert asked.seconds > 0
    assert "seconds" not in asked.row["answer"]
