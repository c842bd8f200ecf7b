"""Trains the bundled reader: `python -m rag.reader.train --data FOLDER --base FOLDER --work FOLDER`.

Without a base, the reader in the output folder learns on. Each stage is kept in the work folder, so that a run that was
stopped goes on where it was: the network cut down to two languages, reading, and calibration with release. It computes
in bfloat16 where the machine has instructions for it, on a GPU when there is one.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from rag.encoder.corpora import Corpora, Row
from rag.errors import UsageError
from rag.reader.base import unigram_tokenizer
from rag.reader.calibration import calibrate
from rag.reader.corpora import news_passages, news_questions, questions, with_others
from rag.reader.examples import ExampleMaker, example_batches
from rag.reader.network import Network, averaged, beginning, read_network, write_network
from rag.reader.reading import TOKENIZER
from rag.reader.release import release
from rag.reader.restoring import restored
from rag.reader.together import batches_together, loss_together, read_rows
from rag.reader.training import loss_alone, train
from rag.reader.vocabulary import kept_pieces
from rag.settings import prepare_environment

BATCH, TOGETHER = 1_800, 2_400  # tokens of a batch, and of one of whole questions
COMPARING = 7e-5  # the rate of learning to compare
OLD = 0.4  # share of its weights that the reader which learns on keeps: what it forgets is then half forgotten
OLD_COMPARING = 0.3  # the same, where it learns to compare
NEW = 0.5  # share of what it has not learned from yet among our own questions, when it learns on
KEPT_EVERY = 300  # seconds from one checkpoint to the next
SHARES = {"qa_fr_piaf": 0.13, "qa_fr_afriqa": 0.03, "qa_en_afriqa": 0.05, "wiki": 0.08, "talk": 0.01, "news": 0.70}


@dataclass(frozen=True, slots=True)
class Work:
    """The folder in which a training keeps what it has reached."""

    folder: Path

    @property
    def tokenizer(self) -> Path:
        return self.folder / "tokenizer.json"

    @property
    def begun(self) -> Path:
        return self.folder / "begun.pt"

    @property
    def reading(self) -> Path:
        return self.folder / "reading.pt"


def main() -> None:
    """Train, calibrate, and write the reader over the one in the output folder."""
    arguments = _arguments()
    prepare_environment()
    torch.manual_seed(0)
    corpora, work = Corpora(arguments.data), Work(arguments.work)
    work.folder.mkdir(parents=True, exist_ok=True)
    if not work.begun.exists():
        if arguments.base:
            begin(corpora, arguments.base, work)
        else:
            go_on(arguments.output, work)
    if not arguments.release_only:
        if arguments.shown:
            learn_to_compare(arguments.shown, work, minutes=arguments.minutes, still=arguments.still)
        else:
            learn_to_read(
                corpora, arguments.sets, work, minutes=arguments.minutes, new=arguments.new, still=arguments.still
            )
    network, tokenizer = read_network(work.reading), Tokenizer.from_file(str(work.tokenizer))
    if not arguments.base:
        share = OLD_COMPARING if arguments.shown else OLD
        network = averaged(read_network(work.begun), network, share=share)
    release(network, tokenizer, arguments.output)
    print(calibrate(arguments.output, corpora, arguments.sets))


def begin(corpora: Corpora, base: Path, work: Work) -> None:
    """Keep the pieces that both languages use and the first layers of the base."""
    stored = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    pieces = [(piece, score) for piece, score in stored["model"]["vocab"]]
    kept = kept_pieces(corpora, pieces)
    unigram_tokenizer([pieces[number] for number in kept]).save(str(work.tokenizer), pretty=False)
    write_network(beginning(base, kept), work.begun)
    print(f"{len(kept)} pieces")


def go_on(released: Path, work: Work) -> None:
    """Begin with the reader that was released into a folder."""
    shutil.copyfile(released / TOKENIZER, work.tokenizer)
    write_network(restored(released), work.begun)


def learn_to_read(
    corpora: Corpora, sets: Path, work: Work, *, minutes: float, new: Sequence[str] = (), still: int = 0
) -> None:
    """Teach the network to read, from where the last training was stopped.

    Args:
        new: sets of our own questions that it has not learned from yet, as in their ids: "train-15".
        still: lowest layers that stay as they are.
    """
    network = read_network(work.reading if work.reading.exists() else work.begun).to(_device())
    learned, shares = training_sets(corpora, sets), dict(SHARES)
    if new:
        every = learned["news"]
        known, fresh = ([row for row in every if (_set_of(row) in new) == is_new] for is_new in (False, True))
        if not known or not fresh:
            raise UsageError(f"--new {' '.join(new)!r} parts {len(every)} questions into none and all; name other sets")
        learned |= {"news": known, "new": fresh}
        shares |= {"new": NEW * SHARES["news"], "news": (1 - NEW) * SHARES["news"]}
    maker = ExampleMaker(Tokenizer.from_file(str(work.tokenizer)), seed=0)
    batches = example_batches(learned, shares, maker, tokens=BATCH, seed=0)
    _followed(network, train(network, batches, loss_alone, minutes=minutes, compiled=_compiles(), still=still), work)


def learn_to_compare(shown: Path, work: Work, *, minutes: float, still: int = 0) -> None:
    """Teach the network to tell which of all passages that are read for a question answers it.

    Args:
        shown: a file that `rag.answering.choosing.showing` wrote.
    """
    network = read_network(work.reading if work.reading.exists() else work.begun).to(_device())
    rows = list(read_rows(shown, Tokenizer.from_file(str(work.tokenizer))))
    batches = batches_together(rows, tokens=TOGETHER, seed=0)
    learning = train(
        network, batches, loss_together, minutes=minutes, rate=COMPARING, fresh=1.0, compiled=_compiles(), still=still
    )
    _followed(network, learning, work)


def _compiles() -> bool:
    return shutil.which("c++") is not None


def _set_of(row: Row) -> str:
    return str(row["id"]).rpartition("-")[0]


def training_sets(corpora: Corpora, sets: Path) -> dict[str, list[Row]]:
    """The questions to learn from; those on encyclopaedia articles count for more than those on online talk."""
    named = {name: questions(corpora, name, held_out=False) for name in ("qa_fr_piaf", "qa_fr_afriqa", "qa_en_afriqa")}
    shifted = questions(corpora, "qa_en_shifts", held_out=False)
    parts = {
        **named,
        "wiki": [row for row in shifted if row["id"].startswith("new_wiki")],
        "talk": [row for row in shifted if not row["id"].startswith("new_wiki")],
    }
    news = with_others(news_questions(corpora, sets, held_out=False), among=news_passages(corpora, sets))
    return {name: with_others(rows) for name, rows in parts.items()} | {"news": news}


def _followed(network: Network, learning: Iterator[tuple[float, float]], work: Work) -> None:
    """Run a training, print its loss now and then, and keep what it has reached, and the network at its end."""
    kept, losses = time.monotonic(), []
    for share, loss in learning:
        losses.append(loss)
        if time.monotonic() - kept > KEPT_EVERY:
            write_network(network, work.reading.with_suffix(".unfinished"))
            print(f"{share:.0%} of the time, {len(losses)} batches, loss {sum(losses) / len(losses):.3f}", flush=True)
            kept, losses = time.monotonic(), []
    write_network(network, work.reading)


def _device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training sets (*.jsonl.gz)")
    parser.add_argument("--base", type=Path, help="folder that rag.reader.base has written (default: learn on)")
    parser.add_argument("--sets", type=Path, default=Path("eval/sets"), help="folder with training/*.jsonl")
    parser.add_argument("--work", type=Path, default=Path("build/reader"), help="folder for checkpoints")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent, help="folder of the reader")
    parser.add_argument("--minutes", type=float, default=85, help="time to learn to read in (default 85)")
    parser.add_argument("--new", nargs="*", default=(), help="sets of our own questions that are new to it: train-15")
    parser.add_argument("--shown", type=Path, help="learn to compare, from what rag.answering.choosing.showing wrote")
    parser.add_argument("--still", type=int, default=0, help="lowest layers that stay as they are (default 0)")
    parser.add_argument("--release-only", action="store_true", help="calibrate and release the last checkpoint")
    return parser.parse_args()


if __name__ == "__main__":
    main()
