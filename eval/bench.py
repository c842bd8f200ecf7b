"""Times opening a corpus and asking it, in one run, so that the figures can be set side by side."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from eval.scoring import percentile
from rag import Assistant
from rag.schema import first_words

ROUNDS = 200  # questions asked


def bench(corpus: Path) -> int:
    """Print seconds and milliseconds: cold start, opening, asking; returns exit code 0."""
    questions = _questions(corpus)
    cold = _seconds([sys.executable, "-m", "rag", "ask", questions[0], "--corpus", str(corpus)])
    print(f"cold start, one question in a new process   {cold:8.2f} s")
    started = time.perf_counter()
    with Assistant.open(corpus) as assistant:
        print(f"open again, nothing changed                 {time.perf_counter() - started:8.2f} s")
        times = []
        for round_ in range(ROUNDS):
            started = time.perf_counter()
            assistant.ask(questions[round_ % len(questions)])
            times.append(1000 * (time.perf_counter() - started))
    print(f"ask, warm, {ROUNDS} questions: median              {percentile(times, 0.5):8.1f} ms")
    print(f"ask, warm, {ROUNDS} questions: 95th percentile     {percentile(times, 0.95):8.1f} ms")
    return 0


def _questions(corpus: Path) -> list[str]:
    """The opening words of up to 50 articles, which any corpus has."""
    with Assistant.open(corpus) as assistant:
        return [first_words(article.text, 120) for article in assistant.articles[:50]]


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own program
    return time.perf_counter() - started
