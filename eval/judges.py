"""Says what a judge of support is worth: its verdicts against those of people, and rates corrected for its errors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from eval.statistics import ROUNDS, Array, wilson
from rag.answering.verify import support
from rag.errors import UsageError
from rag.language.folding import fold

Judge = Callable[[str, tuple[str, ...]], bool | None]  # does this claim follow from these passages? None: no verdict
GATE = 0.4  # kappa from which a judge may fail a build


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim, what it cites, and whether a person found it borne out."""

    claim: str
    passages: tuple[str, ...]
    supported: bool
    kind: str = ""  # what is wrong with it, or how it was made


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True)
class Worth:
    """How a judge did against people; str() is the table."""

    name: str
    labels: tuple[bool, ...]
    verdicts: tuple[bool, ...]
    kinds: tuple[str, ...]
    unjudged: int
    seed: int = 0

    @property
    def sensitivity(self) -> Rate:
        """The share of what people found borne out that the judge accepts."""
        return self._accepted(of=True)

    @property
    def specificity(self) -> Rate:
        """The share of what people found not borne out that the judge refuses."""
        accepted = self._accepted(of=False)
        return Rate(1 - accepted.value, 1 - accepted.high, 1 - accepted.low)

    @property
    def kappa(self) -> Rate:
        """Agreement beyond chance (Cohen, 1960), with a bootstrap interval."""
        pairs = np.array([self.labels, self.verdicts], dtype=np.float64)
        drawn = np.random.default_rng(self.seed).integers(0, pairs.shape[1], size=(ROUNDS // 5, pairs.shape[1]))
        draws = kappa(pairs[0][drawn], pairs[1][drawn])
        low, high = np.quantile(draws[np.isfinite(draws)], (0.025, 0.975)) if np.isfinite(draws).any() else (0, 0)
        return Rate(float(kappa(pairs[:1], pairs[1:])[0]), float(low), float(high))

    @property
    def may_gate(self) -> bool:
        """Whether the judge agrees with people well enough to fail a build."""
        return self.kappa.value >= GATE

    def _accepted(self, *, of: bool) -> Rate:
        verdicts = [verdict for label, verdict in zip(self.labels, self.verdicts, strict=True) if label is of]
        return Rate(sum(verdicts) / len(verdicts), *wilson(sum(verdicts), len(verdicts)))

    def __str__(self) -> str:
        balanced = (self.sensitivity.value + self.specificity.value) / 2
        lines = [
            f"judge {self.name} against people, {len(self.labels)} pairs ({self.unjudged} without a verdict)",
            f"kappa             {self.kappa}",
            f"sensitivity       {self.sensitivity}",
            f"specificity       {self.specificity}",
            f"balanced accuracy {balanced:.3f}",
            f"it may {'' if self.may_gate else 'not '}fail a build (kappa of {GATE} is needed)",
        ]
        for kind in sorted(set(self.kinds) - {""}):
            rows = [place for place, name in enumerate(self.kinds) if name == kind]
            right = sum(self.labels[place] is self.verdicts[place] for place in rows)
            lines.append(f"  {kind:<24}{len(rows):>5}{right / len(rows):>8.3f} right")
        return "\n".join(lines)


def judge_check(name: str, judge: Judge, labelled: Sequence[Labelled], seed: int = 0) -> Worth:
    """Compare a judge with people.

    Raises:
        UsageError: there is not a pair of both kinds that the judge gives a verdict on.
    """
    verdicts = [judge(pair.claim, pair.passages) for pair in labelled]
    known = [(pair, verdict) for pair, verdict in zip(labelled, verdicts, strict=True) if verdict is not None]
    if {pair.supported for pair, _ in known} != {True, False}:
        raise UsageError(
            "the labels need pairs that are supported and pairs that are not; add the kind that is missing"
        )
    return Worth(
        name,
        tuple(pair.supported for pair, _ in known),
        tuple(verdict for _, verdict in known),
        tuple(pair.kind for pair, _ in known),
        len(labelled) - len(known),
        seed,
    )


def read_labels(path: Path) -> tuple[Labelled, ...]:
    """Read labels, one JSON object a line: `claim`, `passages` (or `passage`), `supported`, and `kind` if you like.

    Raises:
        UsageError: a line that cannot be right, named by its number.
    """
    return tuple(_labels(path))


def _labels(path: Path) -> Iterator[Labelled]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the labels {str(path)!r} cannot be read ({error}); name a file of JSON lines") from error
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            passages = tuple(row["passages"]) if "passages" in row else (row["passage"],)
            pair = Labelled(row["claim"], passages, row["supported"], row.get("kind", ""))
        except (ValueError, TypeError, KeyError) as error:
            raise UsageError(f"{path.name}:{number} is no label ({error!r}); mend the line") from error
        texts = (pair.claim, *pair.passages, pair.kind)
        if not isinstance(pair.supported, bool) or not all(isinstance(text, str) for text in texts):
            raise UsageError(
                f"{path.name}:{number}: claim and passages are text, supported true or false; mend the line"
            )
        yield pair


def kappa(labels: Array, verdicts: Array) -> Array:
    """Cohen's kappa of each row of two tables of 0 and 1."""
    observed = (labels == verdicts).mean(axis=1)
    one, other = labels.mean(axis=1), verdicts.mean(axis=1)
    chance = one * other + (1 - one) * (1 - other)
    with np.errstate(invalid="ignore", divide="ignore"):
        agreement: Array = (observed - chance) / (1 - chance)
    return agreement


def corrected(rate: float, sensitivity: float, specificity: float) -> float | None:
    """The rate behind one that a fallible judge saw (Rogan and Gladen, 1978); None from a judge that sees nothing."""
    seen = sensitivity + specificity - 1
    return None if seen <= 0 else min(1.0, max(0.0, (rate + specificity - 1) / seen))


def corrected_interval(verdicts: Sequence[bool], worth: Worth, rounds: int = ROUNDS) -> Rate | None:
    """The corrected rate of some verdicts; its interval draws both the verdicts and the labels anew."""
    dice = np.random.default_rng(worth.seed)
    positives, negatives = sum(worth.labels), len(worth.labels) - sum(worth.labels)
    n, rate = len(verdicts), sum(verdicts) / len(verdicts)
    value = corrected(rate, worth.sensitivity.value, worth.specificity.value)
    rates = dice.binomial(n, rate, rounds) / n
    sensitivities = dice.binomial(positives, worth.sensitivity.value, rounds) / positives
    specificities = dice.binomial(negatives, worth.specificity.value, rounds) / negatives
    drawn = [corrected(*row) for row in zip(rates, sensitivities, specificities, strict=True)]
    known = [one for one in drawn if one is not None]
    if value is None or len(known) < rounds / 2:
        return None
    low, high = np.quantile(known, (0.025, 0.975))
    return Rate(value, float(low), float(high))


def by_copying(claim: str, passages: tuple[str, ...]) -> bool:
    """Tier 0: nine tenths of the claim stand in one piece in a passage."""
    said = " ".join(fold(claim).split())[:2_000]
    for passage in passages:
        text = " ".join(fold(passage).split())[:20_000]
        longest = SequenceMatcher(None, said, text, autojunk=False).find_longest_match().size
        if said and (said in text or longest >= 0.9 * len(said)):
            return True
    return False


def by_rule(claim: str, passages: tuple[str, ...]) -> bool:
    """Tier 1: the verifier that the answers pass through."""
    return support(claim, passages).verdict == "supported"


JUDGES: Mapping[str, Judge] = {"t0": by_copying, "t1": by_rule}
