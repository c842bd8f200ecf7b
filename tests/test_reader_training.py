"""Tests of what the reader learns from, and of the way from a network to the files that ship."""

from __future__ import annotations

import random
import time
from pathlib import Path

import numpy as np
import pytest
from conftest import REPOSITORY
from tokenizers import Tokenizer

from rag.encoder.corpora import Row
from rag.reader.decoding import Calibration, best_span
from rag.reader.evaluate import token_f1, told_with_interval, with_neighbours
from rag.reader.examples import ExampleMaker, Marked, marked, switched, without_answer
from rag.reader.lexicon import Lexicon, mixed
from rag.reader.windows import QUESTION_TOKENS, STRIDE, WINDOW_TOKENS, Signs, windows

TEXT = "Le pont a été ouvert en 1932. Il mesure 500 mètres. La ville en a payé la moitié."
LEXICON = Lexicon(french={"pont": (("bridge", 0.9),)}, english={"bridge": (("pont", 0.9),)})


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(REPOSITORY / "rag" / "reader" / "tokenizer.json"))


def row(**changes: object) -> Row:
    whole = {
        "id": "1", "lang": "fr", "title": "Pont", "question": "Combien de mètres mesure le pont ?",
        "context": TEXT, "answers": ["500 mètres"], "answer_start": TEXT.index("500"),
    }  # fmt: skip
    return {**whole, **changes}


def test_an_example_points_at_its_answer_or_at_nothing(tokenizer: Tokenizer) -> None:
    maker = ExampleMaker(tokenizer, LEXICON, seed=1)
    said = set()
    for _ in range(60):
        example = maker.example(
            row(), row(context="Il pleut à Rome. Le marché est fermé.", answer_start=0, answers=["Il"])
        )
        told = tokenizer.decode(example.ids[example.start : example.end + 1], skip_special_tokens=False)
        said.add(told.replace(" ", ""))
        assert len(example.ids) == len(example.kinds) == len(example.sentence)
        assert example.gold == (0 if example.start == 0 else example.sentence[example.end])
    assert said == {"500metres", "[CLS]"}


def test_mixing_leaves_sentences_and_answer_in_place() -> None:
    passage = Marked("The bridge is old. A bridge of steel.", ((0, 18), (19, 37)), (21, 27))
    for seed in range(20):
        changed = switched(passage, LEXICON.english, random.Random(seed))
        begin, end = changed.answer
        assert changed.text[begin:end] in {"bridge", "pont"}
        assert [changed.text[a:b][-1] for a, b in changed.sentences] == [".", "."]


def test_a_word_without_translation_stays() -> None:
    assert mixed("Le pont neuf", LEXICON.french, 1.0, random.Random(0)) == "Le bridge neuf"


def test_the_passage_without_its_answer_keeps_the_rest() -> None:
    left = without_answer(row())
    assert left is not None
    assert left["context"] == "Le pont a été ouvert en 1932. La ville en a payé la moitié."
    assert without_answer(row(context="Il mesure 500 mètres.", answer_start=10)) is None


def test_windows_cover_a_passage_and_cut_a_long_question(tokenizer: Tokenizer) -> None:
    passage = "Le pont mesure 500 mètres. " * 100
    found = windows("combien " * 500, [passage, ""], tokenizer, Signs.of(tokenizer))
    tokens = len(tokenizer.encode(passage, add_special_tokens=False).ids)
    assert all(len(window.head) == QUESTION_TOKENS + 2 and len(window.tokens) <= WINDOW_TOKENS for window in found)
    assert {window.passage for window in found} == {0}
    assert found[-1].offsets[-1][1] == len(passage.rstrip())
    assert (len(found) - 1) * STRIDE + len(found[-1].tokens) == tokens


@pytest.mark.parametrize("sign", ["9", "(", "a", "é ", "l'"])
def test_windows_take_time_in_step_with_the_text(tokenizer: Tokenizer, sign: str) -> None:
    began = time.process_time()
    windows(sign * 10_000, [sign * 10_000], tokenizer, Signs.of(tokenizer))
    assert time.process_time() - began < 6


@pytest.mark.parametrize(
    ("question", "shared"),
    [
        ("Combien de mètres mesure le pont ?", {"pont", "mesure", "mètres"}),
        ("How long is the bridge?", {"pont"}),
        ("Qui ?", set()),
    ],
    ids=["French", "English", "nothing to share"],
)
def test_words_that_question_and_passage_share_are_marked(
    tokenizer: Tokenizer, question: str, shared: set[str]
) -> None:
    window = windows(question, [TEXT], tokenizer, Signs.of(tokenizer))[0]
    marks = zip(window.offsets, window.strengths, strict=True)
    assert {TEXT[start:end] for (start, end), strength in marks if strength > 0} == shared
    assert all(0 <= strength <= 1 for strength in window.strengths)


def test_the_best_span_is_the_one_with_the_highest_edges_and_evidence(tokenizer: Tokenizer) -> None:
    window = windows("Combien ?", [TEXT], tokenizer, Signs.of(tokenizer))[0]
    numbers = np.zeros((window.size, 3), dtype=np.float32)
    place = len(window.head) + [TEXT[a:b] for a, b in window.offsets].index("500")
    numbers[place, 0] = numbers[place + 1, 1] = 5
    found = best_span(window, numbers, 0.0, marked(row()).sentences)
    assert found is not None
    assert TEXT[found.start : found.end] == "500 mètres"
    assert found.margin == 5
    assert best_span(window, numbers, 0.0, []) is None


def test_a_sentence_is_read_with_its_neighbours() -> None:
    texts, within = with_neighbours(marked(row()))
    assert [text[a:b] for text, (a, b) in zip(texts, within, strict=True)] == TEXT.replace(". ", ".|").split("|")
    assert texts[1] == TEXT


@pytest.mark.parametrize(
    ("given", "wanted", "score"),
    [("les 500 mètres", "500 metres", 1.0), ("500", "500 mètres", 2 / 3), ("Rome", "Paris", 0.0), ("la", "le", 1.0)],
)
def test_shared_words_are_counted_without_articles_and_accents(given: str, wanted: str, score: float) -> None:
    assert token_f1(given, wanted) == pytest.approx(score)


def test_an_interval_stands_around_the_mean() -> None:
    assert told_with_interval([1.0] * 10) == "1.000 (1.000-1.000)"
    assert told_with_interval([0.0, 1.0] * 50).startswith("0.500 (0.4")


@pytest.mark.slow
def test_a_random_network_says_the_same_after_release(tmp_path: Path, tokenizer: Tokenizer) -> None:
    import torch
    from transformers import BertConfig

    from rag.reader.network import Network, padded, read_network, write_network
    from rag.reader.reading import open_session
    from rag.reader.release import release

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=32, num_hidden_layers=3, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=512,
    )  # fmt: skip
    network = Network(config).eval()
    write_network(network, tmp_path / "network.pt")
    release(read_network(tmp_path / "network.pt"), tokenizer, tmp_path / "out", Calibration(0.0, 1.0, 1.0, 1.0))
    window = windows("Combien ?", [TEXT], tokenizer, Signs.of(tokenizer))[0]
    ids = [[*window.head, *window.tokens, Signs.of(tokenizer).between]]
    kinds = [[0] * len(window.head) + [1] * (len(window.tokens) + 1)]
    shared = [[0.0] * len(window.head) + [*window.strengths, 0.0]]
    with torch.no_grad():
        logits = network(*padded(ids, torch.device("cpu")), torch.tensor(kinds), torch.tensor(shared))
    exact = torch.stack([logits.start, logits.end, logits.evidence], dim=2)[0].numpy()
    run = open_session((tmp_path / "out" / "reader.onnx").read_bytes())
    numbers, whole = run(np.array(ids), np.array(kinds), np.array(shared, dtype=np.float32))
    assert np.abs(numbers - exact).max() < 0.1
    assert abs(whole - float(logits.answerable[0])) < 0.1


@pytest.mark.slow
def test_training_lowers_the_loss(tokenizer: Tokenizer) -> None:
    import torch
    from transformers import BertConfig

    from rag.reader.examples import example_batches
    from rag.reader.network import Network
    from rag.reader.training import train

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=32, num_hidden_layers=1, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=512,
    )  # fmt: skip
    maker = ExampleMaker(tokenizer, LEXICON, seed=0)
    batches = example_batches({"one": [row()]}, lambda: {"one": 1.0}, maker, tokens=1_000, seed=0)
    losses = [loss for _, loss in train(Network(config), batches, minutes=0.2, rates=(3e-3, 3e-3))]
    assert np.mean(losses[-5:]) < np.mean(losses[:5]) / 2
