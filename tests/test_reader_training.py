"""Tests of what the reader learns from, and of the way from a network to the files that ship."""

from __future__ import annotations

import gzip
import json
import random
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from conftest import REPOSITORY
from tokenizers import Tokenizer

from rag.encoder.corpora import Corpora, Row
from rag.encoder.written import documents_of, is_news_held_out, written_questions
from rag.reader.base import unigram_tokenizer
from rag.reader.corpora import MEASURED, likeliest, news_questions, with_others
from rag.reader.decoding import Calibration, spans_inside
from rag.reader.evaluate import token_f1, told_with_interval, with_neighbours
from rag.reader.examples import ExampleMaker, marked, noisy, without_answer
from rag.reader.swapping import names_by_kind, swapped
from rag.reader.windows import QUESTION_TOKENS, STRIDE, WINDOW_TOKENS, Signs, windows

if TYPE_CHECKING:
    from rag.reader.network import Network

SETS = REPOSITORY / "eval" / "sets"
TEXT = "Le pont a été ouvert en 1932. Il mesure 500 mètres. La ville en a payé la moitié."
TEXT_OF_WINDOW = "Le pont  de l’Irak\nmesure 500 m."
OTHER = "Il pleut à Rome. Le marché est fermé."


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(REPOSITORY / "rag" / "reader" / "tokenizer.json"))


def small_network(tokenizer: Tokenizer, *, layers: int) -> Network:
    """A reader that knows nothing yet, the same each time."""
    import torch
    from transformers import BertConfig

    from rag.reader.network import Network

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=32, num_hidden_layers=layers, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=512,
    )  # fmt: skip
    return Network(config)


def row(**changes: object) -> Row:
    whole = {
        "id": "1", "lang": "fr", "title": "Pont", "question": "Combien de mètres mesure le pont ?",
        "context": TEXT, "answers": ["500 mètres"], "answer_start": TEXT.index("500"),
    }  # fmt: skip
    return {**whole, **changes}


def test_an_example_points_at_its_answer_or_at_nothing(tokenizer: Tokenizer) -> None:
    maker = ExampleMaker(tokenizer, seed=1)
    said = set()
    for _ in range(80):
        example = maker.example(row(others=[OTHER]))
        told = tokenizer.decode(example.ids[example.start : example.end + 1], skip_special_tokens=False)
        said.add(told.strip())
        assert len(example.ids) == len(example.kinds) == len(example.sentence)
        assert example.gold == (0 if example.start == 0 else example.sentence[example.end])
    assert said == {"500 mètres", "<s>"}


def test_a_question_without_an_answer_points_at_nothing(tokenizer: Tokenizer) -> None:
    maker = ExampleMaker(tokenizer, seed=1)
    assert {maker.example(row(answers=[], answer_start=0)).gold for _ in range(20)} == {0}


def test_a_question_without_an_answer_is_mostly_read_where_one_would_be_looked_for(tokenizer: Tokenizer) -> None:
    dull = "La halle de Brest vend des fruits, des fleurs et du poisson chaque matin. " * 20
    maker = ExampleMaker(tokenizer, seed=1)
    asked = row(context=dull + TEXT + dull, answers=[], answer_start=0, near=[len(dull) + TEXT.index("Il mesure")])
    held = sum("500" in tokenizer.decode(maker.example(asked).ids) for _ in range(100))
    assert 60 <= held < 100


def test_a_question_without_an_answer_knows_the_fact_before_it_in_its_own_article_and_its_likeliest_sentence(
    tmp_path: Path,
) -> None:
    names = [name for name in map(str, range(40)) if not is_news_held_out(name)][:2]
    news = [{"id": name, "title": "Pont", "heading": "", "article": f"{TEXT} Article {name}."} for name in names]
    for language, articles in (("fr", news), ("en", [])):
        with gzip.open(tmp_path / f"news_{language}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("".join(json.dumps(one) + "\n" for one in articles))
    twin = {"type": "absent", "question": "Qui a payé le pont de la ville ?", "answers": [], "gold": []}
    written = [
        {
            "type": "number",
            "question": "Combien mesure le pont ?",
            "answers": ["500"],
            "gold": [{"doc": names[0], "quote": "500 mètres"}],
        },
        twin,
        {
            "type": "fact",
            "question": "Qui mesure ?",
            "answers": ["?"],
            "gold": [{"doc": names[1], "quote": "not there"}],
        },
        twin,
    ]
    (tmp_path / "training").mkdir()
    lines = "".join(json.dumps({"id": f"train-1-{place}", **one}) + "\n" for place, one in enumerate(written))
    (tmp_path / "training" / "news-1.jsonl").write_text(lines, encoding="utf-8")
    found = news_questions(Corpora(tmp_path), tmp_path, held_out=False)
    text = found[0]["context"]
    assert [row["near"] for row in found] == [[], [text.index("500"), text.index("La ville")], [text.index("La ville")]]


def test_what_other_sides_say_is_neither_the_answer_nor_a_passage_without_one(tokenizer: Tokenizer) -> None:
    disputed = "Le pont mesure 500 mètres, dit la ville. Il en mesure 300, dit l'État. Il pleut à Rome."
    maker = ExampleMaker(tokenizer, seed=1)
    asked = row(context=disputed, answer_start=disputed.index("500"), also=[disputed.index("Il en")])
    examples = [maker.example(asked) for _ in range(80)]
    assert {one.gold for one in examples} == {0, 1}
    for one in examples:
        there = {tokenizer.decode([token]).strip(): at for token, at in zip(one.ids, one.sentence, strict=True)}
        assert there.get("300", -1) == -1
        assert one.gold == 1 or "300" not in there
    assert any("300" in tokenizer.decode(one.ids) for one in examples)
    rest = without_answer(asked)
    assert rest is not None
    assert rest["context"] == "Il pleut à Rome."


def test_a_question_to_which_sources_give_several_answers_is_learned_with_each(tmp_path: Path) -> None:
    name = next(name for name in map(str, range(40)) if not is_news_held_out(name))
    article = {"id": name, "title": "Pont", "heading": "", "article": TEXT}
    for language, articles in (("fr", [article]), ("en", [])):
        with gzip.open(tmp_path / f"news_{language}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("".join(json.dumps(one) + "\n" for one in articles))
    gold = [{"doc": name, "quote": quote} for quote in ("ouvert en 1932", "La ville en a payé")]
    asked = {"id": "train-1-1", "question": "Et le pont ?", "answers": ["1932", "La ville"], "gold": gold}
    (tmp_path / "training").mkdir()
    lines = "".join(json.dumps(asked | {"type": kind}) + "\n" for kind in ("conflict", "fact"))
    (tmp_path / "training" / "news-1.jsonl").write_text(lines, encoding="utf-8")
    found = news_questions(Corpora(tmp_path), tmp_path, held_out=False)
    places = [TEXT.index("1932"), TEXT.index("La ville")]
    assert [one["answers"] for one in found] == [["1932"], ["La ville"], ["1932"]]
    assert [one["also"] for one in found] == [places[1:], places[:1], places[1:]]


def test_an_answer_would_be_looked_for_in_the_sentence_with_the_words_of_the_question() -> None:
    assert likeliest("Quelle ville a payé le pont ?", TEXT, "fr") == TEXT.index("La ville")
    assert likeliest("Qui a ouvert le pont ?", TEXT, "fr") == 0


def test_a_question_typed_in_a_hurry_keeps_its_words_but_one() -> None:
    question = "Quelle est la hauteur du château de Chambord ?"
    forms = {noisy(question, random.Random(seed)) for seed in range(200)}
    assert {question, "quelle est la hauteur du chateau de chambord"} <= forms
    assert len(forms) > 5
    for form in forms - {question}:
        changed = set(form.lower().split()) - set(question.lower().split())
        assert len(changed - {"chateau"}) <= 1


@pytest.mark.parametrize(
    ("question", "text", "kept", "changed"),
    [
        ("Combien de soldats danois en 2019 ?", "Les 200 Danois sont là.", "Combien de soldats ", {"danois", "2019"}),
        ("How many French troops left?", "The French left.", " troops left?", {"French"}),
        ("Que dit le maire d'Alep ?", "Le maire d'Alep parle.", "Que dit le maire d'", {"Alep"}),
    ],
)
def test_a_swapped_question_asks_about_somebody_else_whom_the_text_does_not_name(
    question: str, text: str, kept: str, changed: set[str]
) -> None:
    language = "en" if question.startswith("How") else "fr"
    names = names_by_kind(["Le train d'Oran part de Rome.", "Le Danois d'Alep."])
    forms = {swapped(question, text, language, names=names, lot=random.Random(seed)) for seed in range(40)}
    for form in forms:
        assert form is not None
        assert form != question
        assert kept in form
        assert any(word not in form for word in changed)


def test_a_question_that_names_nobody_cannot_be_swapped() -> None:
    names = names_by_kind(["Il part de Rome."])
    assert swapped("Quand est-il parti ?", "Il part.", "fr", names=names, lot=random.Random(0)) is None


def test_an_example_of_a_swapped_question_has_the_sentence_but_no_answer(tokenizer: Tokenizer) -> None:
    maker = ExampleMaker(tokenizer, seed=1)
    asked = row(question="Combien de mètres mesure le pont de Rome ?", names=names_by_kind(["Le pont de Brest."]))
    told = {tokenizer.decode(one.ids): one.gold for one in (maker.example(asked) for _ in range(200))}
    swaps = [gold for text, gold in told.items() if "Brest" in text and "500" in text]
    assert swaps
    assert set(swaps) == {0}


def test_other_texts_do_not_hold_the_answer() -> None:
    other = row(context="Le pont de fer mesure 500 mètres.", answer_start=22)
    found = with_others([row(), other, row(context=OTHER, answers=["Rome"])])
    assert [set(one["others"]) for one in found] == [{OTHER}, {OTHER}, {TEXT, other["context"]}]


def test_other_texts_may_be_searched_elsewhere() -> None:
    unread = {"lang": "fr", "context": "Le pont de Rome est long de cinq cents mètres, dit-on."}
    near = {"lang": "fr", "context": "Le pont de Brest mesure 205 mètres."}
    own = {"lang": "fr", "context": TEXT.split(".", maxsplit=1)[0] + "."}
    asked = row(answers=["long de cinq cents mètres"])
    answered, without = with_others([asked, row(answers=[])], among=[unread, near, own])
    assert answered["others"] == [near["context"]]  # neither words of the answer nor a part of its own text
    assert without["others"] == []


def test_a_question_without_gold_belongs_to_the_article_before_it() -> None:
    rows = [{"gold": [{"doc": "a"}]}, {"gold": []}, {"gold": [{"doc": "b"}]}]
    assert documents_of(rows) == ["a", "a", "b"]


def test_what_is_learned_from_is_not_what_is_measured_with() -> None:
    learned = written_questions(SETS)
    texts = [(SETS / f"{name}.jsonl").read_text(encoding="utf-8") for name in MEASURED]
    measured = [json.loads(line) for text in texts for line in text.splitlines()]
    documents, questions = ({gold["doc"] for row in rows for gold in row["gold"]} for rows in (learned, measured))
    assert not documents & questions
    assert not {row["question"] for row in learned} & {row["question"] for row in measured}


def test_a_text_cannot_spell_a_sign() -> None:
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    pieces += [(sign, -5.0) for sign in "▁<s>/pad"]
    assert unigram_tokenizer(pieces).encode("<s></s>", add_special_tokens=False).tokens == [*"▁<s></s>"]


def test_an_elided_word_is_cut_from_the_next() -> None:
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁Irak", -1.0), ("▁l", -1.0), ("'", -1.0)]
    cut = unigram_tokenizer(pieces).encode("l’Irak", add_special_tokens=False)
    assert cut.tokens == ["▁l", "'", "▁Irak"]


def test_the_passage_without_its_answer_keeps_the_rest() -> None:
    left = without_answer(row())
    assert left is not None
    assert left["context"] == "Le pont a été ouvert en 1932. La ville en a payé la moitié."
    assert without_answer(row(context="Il mesure 500 mètres.", answer_start=10)) is None


def test_windows_cover_a_passage_and_cut_a_long_question(tokenizer: Tokenizer) -> None:
    passage = "Le pont mesure 500 mètres. " * 100
    found = windows(["combien " * 500] * 2, [passage, ""], tokenizer, Signs.of(tokenizer))
    tokens = len(tokenizer.encode(passage, add_special_tokens=False).ids)
    assert all(len(window.head) == QUESTION_TOKENS + 2 and len(window.tokens) <= WINDOW_TOKENS for window in found)
    assert {window.passage for window in found} == {0}
    assert found[-1].offsets[-1][1] >= len(passage.rstrip())
    assert (len(found) - 1) * STRIDE + len(found[-1].tokens) == tokens


@pytest.mark.parametrize("sign", ["9", "(", "a", "é ", "l'"])
def test_windows_take_time_in_step_with_the_text(tokenizer: Tokenizer, sign: str) -> None:
    began = time.process_time()
    windows([sign * 10_000], [sign * 10_000], tokenizer, Signs.of(tokenizer))
    assert time.process_time() - began < 6


def test_a_token_starts_with_its_word_and_not_with_the_space_before_it(tokenizer: Tokenizer) -> None:
    window = windows(["Combien ?"], [TEXT_OF_WINDOW], tokenizer, Signs.of(tokenizer))[0]
    told = [TEXT_OF_WINDOW[start:end] for start, end in window.offsets]
    assert "".join(told) == "".join(TEXT_OF_WINDOW.split())


def test_each_sentence_gets_the_span_with_the_highest_edges(tokenizer: Tokenizer) -> None:
    window = windows(["Combien ?"], [TEXT], tokenizer, Signs.of(tokenizer))[0]
    numbers = np.zeros((window.size, 3), dtype=np.float32)
    place = len(window.head) + [TEXT[a:b] for a, b in window.offsets].index("500")
    numbers[place, 0] = numbers[place + 1, 1] = 5
    found = spans_inside(window, numbers, 0.0, [*marked(row()).sentences, (len(TEXT), len(TEXT))])
    best = found[1]
    assert best is not None
    assert TEXT[best.start : best.end] == "500 mètres"
    assert [one.margin if one else None for one in found] == [0, 5, 0, None]


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

    from rag.reader.network import padded, read_network, write_network
    from rag.reader.reading import open_session
    from rag.reader.release import release

    network = small_network(tokenizer, layers=3).eval()
    write_network(network, tmp_path / "network.pt")
    release(read_network(tmp_path / "network.pt"), tokenizer, tmp_path / "out", Calibration(0.0, 1.0, 1.0, 1.0))
    window = windows(["Combien ?"], [TEXT], tokenizer, Signs.of(tokenizer))[0]
    ids = [[*window.head, *window.tokens, Signs.of(tokenizer).between]]
    kinds = [[0] * len(window.head) + [1] * (len(window.tokens) + 1)]
    with torch.no_grad():
        logits = network(*padded(ids, torch.device("cpu")), padded(kinds, torch.device("cpu"))[0])
    exact = torch.stack([logits.start, logits.end, logits.evidence], dim=2)[0].numpy()[: len(ids[0])]
    run = open_session((tmp_path / "out" / "reader.onnx").read_bytes())
    numbers, whole = run(np.array(ids), np.array(kinds))
    assert np.abs(numbers - exact).max() < 0.1
    assert abs(whole - float(logits.answerable[0])) < 0.1


def test_weights_are_averaged_and_rows_are_padded_to_a_step() -> None:
    torch = pytest.importorskip("torch")
    from transformers import BertConfig

    from rag.reader.network import STEP, Network, averaged, padded

    config = BertConfig(vocab_size=20, hidden_size=12, num_hidden_layers=1, num_attention_heads=3, intermediate_size=8)
    one, other = Network(config), Network(config)
    name = "tokens.weight"
    expected = 0.25 * one.state_dict()[name] + 0.75 * other.state_dict()[name]
    assert torch.allclose(averaged(one, other, share=0.25).state_dict()[name], expected)
    array, mask = padded([[1, 2, 3], [4]], torch.device("cpu"))
    assert array.shape == mask.shape == (2, STEP)
    assert mask.sum() == 4


def test_vectors_of_four_bits_come_out_as_they_went_in() -> None:
    torch = pytest.importorskip("torch")
    from rag.reader.half_bytes import packed, unpacked

    whole = torch.randint(-8, 8, (5, 2, 32), generator=torch.Generator().manual_seed(1)).float()
    whole[:, :, 3] = -8
    vectors = (whole * torch.tensor([0.25, -0.5]).reshape(1, 2, 1)).reshape(5, 64)
    vectors[4] = 0
    halves, scales = packed(vectors)
    assert halves.shape == (5, 32)
    assert torch.equal(unpacked(halves, scales), vectors)
    others = torch.randn(5, 64, generator=torch.Generator().manual_seed(2))
    assert (unpacked(*packed(others)) - others).abs().max() < 0.07 * others.abs().max()  # half a step of sixteen


@pytest.mark.slow
def test_the_released_reader_can_learn_on(tokenizer: Tokenizer) -> None:
    import torch

    from rag.reader.network import padded
    from rag.reader.reading import open_session
    from rag.reader.restoring import restored

    folder = REPOSITORY / "rag" / "reader"
    window = windows(["Combien ?"], [TEXT], tokenizer, Signs.of(tokenizer))[0]
    ids = [[*window.head, *window.tokens, Signs.of(tokenizer).between]]
    kinds = [[0] * len(window.head) + [1] * (len(window.tokens) + 1)]
    with torch.no_grad():
        (array, mask), (marks, _) = (padded(rows, torch.device("cpu")) for rows in (ids, kinds))
        logits = restored(folder).eval()(array, mask, marks)
    exact = torch.stack([logits.start, logits.end, logits.evidence], dim=2)[0].numpy()[: len(ids[0])]
    numbers, _ = open_session((folder / "reader.onnx").read_bytes())(np.array(ids), np.array(kinds))
    assert np.abs(numbers - exact).mean() < 0.01 * np.abs(exact).max()  # its activations are rounded to 7 bits


@pytest.mark.slow
def test_training_lowers_the_loss(tokenizer: Tokenizer) -> None:

    from rag.reader.examples import example_batches
    from rag.reader.training import loss_alone, train

    network = small_network(tokenizer, layers=1)
    maker = ExampleMaker(tokenizer, seed=0)
    batches = example_batches({"one": [row()]}, {"one": 1.0}, maker, tokens=1_000, seed=0)
    losses = [loss for _, loss in train(network, batches, loss_alone, minutes=0.2, rate=3e-3)]
    assert np.mean(losses[-5:]) < np.mean(losses[:5]) / 2


def written_for_the_reader(folder: Path) -> Path:
    """A file as the answerer writes it: a question with two passages, the second of which answers."""
    text = f"Pont – {TEXT}"
    spots = [[text.index(start), text.index(start) + 20, label] for start, label in (("Le pont", 0), ("Il mesure", 1))]
    right = {
        "question": "Combien mesure le pont ?",
        "text": text,
        "sentences": spots,
        "answer": [text.index("500"), text.index("500") + 10],
    }
    other = {
        "question": "Combien mesure le pont ?",
        "text": OTHER,
        "sentences": [[0, 16, 0], [17, 37, 2]],
        "answer": None,
    }
    file = folder / "shown.jsonl"
    file.write_text(json.dumps({"id": "1", "answered": True, "passages": [other, right]}), encoding="utf-8")
    return file


def test_what_is_shown_together_points_at_the_sentence_and_the_words_that_answer(
    tokenizer: Tokenizer, tmp_path: Path
) -> None:
    from rag.reader.together import read_rows

    (asked,) = read_rows(written_for_the_reader(tmp_path), tokenizer)
    other, right = asked.seen
    assert asked.answered
    assert right.answers
    assert not other.answers
    tokens = right.ids[right.first :]
    start, end = right.answer or (0, 0)
    assert tokenizer.decode(tokens[start : end + 1]).strip() == "500 mètres"
    said = tokenizer.decode([token for token, number in zip(tokens, right.sentences, strict=False) if number == 1])
    assert said.strip().startswith("Il mesure 500")
    assert "Pont" not in said


def test_a_question_is_read_with_what_answers_it_and_the_likeliest_of_what_does_not(
    tokenizer: Tokenizer, tmp_path: Path
) -> None:
    from rag.reader.together import batches_together, read_rows

    (asked,) = read_rows(written_for_the_reader(tmp_path), tokenizer)
    long = type(asked)(True, (asked.seen[0],) * 9 + (asked.seen[1],))
    (batch,) = (next(batches_together([long], tokens=500, seed=0)),)
    assert [one.answers for one in batch[0].seen].count(True) == 1
    assert 3 < len(batch[0].seen) < 7


@pytest.mark.slow
def test_what_is_read_together_is_learned_by_comparing(tokenizer: Tokenizer, tmp_path: Path) -> None:

    from rag.reader.together import Together, batches_together, loss_together, read_rows
    from rag.reader.training import train

    network = small_network(tokenizer, layers=1)
    rows = list(read_rows(written_for_the_reader(tmp_path), tokenizer))
    before = float(loss_together(network, rows).detach())
    for _ in train(network, batches_together(rows, tokens=500, seed=0), loss_together, minutes=0.2, rate=3e-3):
        pass
    assert float(loss_together(network.eval(), rows).detach()) < before / 2
    unproven = tuple(replace(one, labels=[0] * len(one.labels), answer=None) for one in rows[0].seen)
    assert float(loss_together(network, [Together(False, unproven)]).detach()) > before / 2
