"""Trains the bundled reader: `python -m rag.reader.train --data FOLDER --teacher FOLDER --work FOLDER`.

Four stages, each kept in the work folder, so that a run that was stopped goes on where it was: the vocabulary, French,
reading, and calibration with release. On a processor the network computes in bfloat16; a GPU is used when there is one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from rag.encoder.corpora import Corpora, Row
from rag.reader.calibration import calibrate
from rag.reader.corpora import questions
from rag.reader.examples import ExampleMaker, example_batches
from rag.reader.lexicon import Lexicon, build_lexicon, parallel
from rag.reader.network import Network, Teacher, beginning, read_network, write_network
from rag.reader.release import release
from rag.reader.teaching import pair_batches, teach
from rag.reader.training import train
from rag.reader.vocabulary import Vectors, bert_tokenizer, build_vocabulary
from rag.settings import prepare_environment

FRENCH_SHARE = 0.16  # of the time, to learn French; the rest goes into reading
SHORT, LONG = 15, 75  # characters of an everyday sentence; longer ones are news and captions, of which all are used
BATCH = 1_800  # tokens
FROZEN = 2  # layers that stay as they are while it learns to read; with a GPU, 0 may be better
KEPT_EVERY = 300  # seconds from one checkpoint to the next


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
    def taught(self) -> Path:
        return self.folder / "taught.pt"

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
    lexicon = build_lexicon(corpora)
    if not work.begun.exists():
        begin(corpora, arguments.teacher, lexicon, work)
    if not work.taught.exists():
        learn_french(corpora, arguments.teacher, lexicon, work, minutes=arguments.minutes * FRENCH_SHARE)
    if not arguments.release_only:
        learn_to_read(corpora, lexicon, work, minutes=arguments.minutes * (1 - FRENCH_SHARE))
    network, tokenizer = read_network(work.reading), Tokenizer.from_file(str(work.tokenizer))
    release(network, tokenizer, arguments.output)
    print(calibrate(arguments.output, corpora))


def begin(corpora: Corpora, folder: Path, lexicon: Lexicon, work: Work) -> None:
    """Make the vocabulary and a network that starts from the English one."""
    teacher = Teacher(folder)
    vectors: Vectors = teacher.body.embeddings.word_embeddings.weight.detach().numpy()
    made = build_vocabulary(corpora, _pieces(folder), vectors, lexicon)
    made.tokenizer.save(str(work.tokenizer))
    write_network(beginning(teacher, torch.from_numpy(made.vectors)), work.begun)
    print(f"{len(made.vectors)} tokens")


def learn_french(corpora: Corpora, folder: Path, lexicon: Lexicon, work: Work, *, minutes: float) -> None:
    """Teach the network French from translations."""
    network, teacher = read_network(work.begun).to(_device()), Teacher(folder).to(_device())
    pairs = [pair for pair in parallel(corpora) if len(pair[0]) > SHORT]
    long = [pair for pair in pairs if len(pair[0]) > LONG]
    everyday = [pair for pair in pairs if len(pair[0]) <= LONG]
    some = everyday[:: max(1, len(everyday) // len(long))]
    tokenizers = Tokenizer.from_file(str(work.tokenizer)), bert_tokenizer(_pieces(folder))
    batches = pair_batches([*long, *long, *some], *tokenizers, lexicon)
    _followed(network, teach(network, teacher, batches, minutes=minutes), work.taught.with_suffix(".unfinished"))
    write_network(network, work.taught)


def learn_to_read(corpora: Corpora, lexicon: Lexicon, work: Work, *, minutes: float) -> None:
    """Teach the network to read, from where the last training was stopped."""
    network = read_network(work.reading if work.reading.exists() else work.taught).to(_device())
    network.freeze(FROZEN)
    maker = ExampleMaker(Tokenizer.from_file(str(work.tokenizer)), lexicon, seed=0)
    began = time.monotonic()
    shares = _shares(lambda: min((time.monotonic() - began) / 60 / minutes, 1.0))
    batches = example_batches(_sets(corpora), shares, maker, tokens=BATCH, seed=0)
    _followed(network, train(network, batches, minutes=minutes), work.reading)
    write_network(network, work.reading)


def _sets(corpora: Corpora) -> dict[str, list[Row]]:
    """The questions to learn from; those on encyclopaedia articles count for more than those on online talk."""
    shifted = questions(corpora, "qa_en_shifts", held_out=False)
    named = {name: questions(corpora, name, held_out=False) for name in ("qa_fr_piaf", "qa_fr_afriqa", "qa_en_afriqa")}
    wiki = [row for row in shifted if row["id"].startswith("new_wiki")]
    return {**named, "wiki": wiki, "talk": [row for row in shifted if not row["id"].startswith("new_wiki")]}


def _shares(gone: Callable[[], float]) -> Callable[[], Mapping[str, float]]:
    """How much each set is drawn from: more and more French, less and less talk."""

    def shares() -> Mapping[str, float]:
        share = gone()
        return {
            "qa_fr_piaf": 0.28 + 0.17 * share,
            "qa_fr_afriqa": 0.06 + 0.02 * share,
            "qa_en_afriqa": 0.16 - 0.03 * share,
            "wiki": 0.36 - 0.07 * share,
            "talk": 0.14 - 0.09 * share,
        }

    return shares


def _followed(network: Network, learning: Iterator[tuple[float, float]], checkpoint: Path) -> None:
    """Run a training, print its loss now and then, and keep what it has reached."""
    kept, losses = time.monotonic(), []
    for share, loss in learning:
        losses.append(loss)
        if time.monotonic() - kept > KEPT_EVERY:
            write_network(network, checkpoint)
            print(f"{share:.0%} of the time, loss {sum(losses) / len(losses):.3f}", flush=True)
            kept, losses = time.monotonic(), []


def _pieces(folder: Path) -> dict[str, int]:
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return {piece: row for row, piece in enumerate(lines) if piece}


def _device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training sets (*.jsonl.gz)")
    parser.add_argument("--teacher", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--work", type=Path, default=Path("build/reader"), help="folder for checkpoints")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent, help="folder of the reader")
    parser.add_argument("--minutes", type=float, default=100, help="time to learn in (default 100)")
    parser.add_argument("--release-only", action="store_true", help="calibrate and release the last checkpoint")
    return parser.parse_args()


if __name__ == "__main__":
    main()
