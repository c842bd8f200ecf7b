"""Asks every question of a set that ships and prints how many answers are right, by type."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from eval.questions import SETS, Question, read_questions
from eval.scoring import right, verbatim, wilson
from rag import Answer, Assistant


def run(corpus: Path, name: str, split: str | None, *, show: bool = False) -> int:
    """Ask the questions of the set `name`; returns exit code 1 when a quote is not verbatim, else 0."""
    with Assistant.open(corpus, progress=True) as assistant:
        articles = {article.id: article for article in assistant.articles}
        questions = [q for q in read_questions(SETS / f"{name}.jsonl", articles) if split in (None, q.split)]
        answered = [
            (question, assistant.ask(question.question, question.history, question.as_of)) for question in questions
        ]
    _print_table(answered)
    if show:
        for question, answer in answered:
            if not right(question, answer):
                print(f"\n{question.id} {question.type}: {question.question}\n{answer.text}  {answer.reason or ''}")
    exact = sum(verbatim(answer, articles) for _, answer in answered)
    print(f"answers whose quotes are all verbatim: {exact} of {len(answered)}")
    return 0 if exact == len(answered) else 1


def _print_table(answered: list[tuple[Question, Answer]]) -> None:
    by_type: dict[str, list[bool]] = defaultdict(list)
    for question, answer in answered:
        hit = right(question, answer)
        for name in (question.type, "answerable" if question.answerable else "unanswerable", "ALL"):
            by_type[name].append(hit)
    print(f"{'type':<16}{'n':>4}{'right':>8}   95 % interval")
    for name, hits in by_type.items():
        low, high = wilson(sum(hits), len(hits))
        print(f"{name:<16}{len(hits):>4}{sum(hits) / len(hits):>8.2f}   {low:.2f}-{high:.2f}")
