"""The bundled encoder: what ships loads, knows both languages, and is what sentence-transformers makes of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.encoder import benchmarks, evaluate, lexicon_training, meanings, release, vocabulary
from rag.index.embedding import BUNDLED_FOLDER, Encoder, open_encoder
from rag.index.static_model import StaticModel, read_static_model
from rag.settings import Settings

DATA = Path(__file__).parents[2] / "shared" / "data"
SETS = Path(__file__).parents[1] / "eval" / "sets"
LEAST_RIGHT = 0.93  # share of sentences; the model card tells what was measured

FRENCH = [
    "Le gouvernement a annoncé une hausse du salaire minimum.",
    "Deux soldats ont été tués dans une explosion près de la frontière.",
    "Les enseignants sont en grève contre la réforme des retraites.",
    "La banque centrale a baissé ses taux d'intérêt.",
]
ENGLISH = [
    "The government announced an increase in the minimum wage.",
    "Two soldiers were killed in an explosion near the border.",
    "Teachers are on strike against the pension reform.",
    "The central bank has cut its interest rates.",
]
TRANSLATED = [
    ("La rivière a débordé après une semaine de pluie.", "The river burst its banks after a week of rain."),
    ("Son nouveau roman paraîtra à l'automne.", "Her new novel will be published in the autumn."),
    ("L'équipe a gagné la finale aux tirs au but.", "The team won the final on penalties."),
    ("Un incendie a détruit le toit de l'église.", "A fire destroyed the roof of the church."),
    ("Le patient est sorti de l'hôpital lundi.", "The patient left the hospital on Monday."),
    (
        "Des scientifiques ont découvert de l'eau sur une planète lointaine.",
        "Scientists found water on a distant planet.",
    ),
    ("Le musée rouvrira ses portes au printemps.", "The museum will reopen its doors in the spring."),
    ("Un train a déraillé sans faire de blessés.", "A train derailed without causing any injuries."),
    ("La chanteuse a annulé toutes les dates de sa tournée.", "The singer cancelled all the dates of the tour."),
    ("Les agriculteurs craignent une mauvaise récolte.", "Farmers fear that the harvest will be poor."),
    ("Le tribunal l'a condamné à trois ans de prison.", "The court sentenced him to three years in prison."),
    ("L'entreprise va fermer sa plus ancienne usine.", "The company will close its oldest factory."),
    ("Des milliers de supporteurs attendaient devant le stade.", "Thousands of fans waited outside the stadium."),
    ("La maire a inauguré hier une nouvelle bibliothèque.", "The mayor opened a new library yesterday."),
    ("Le film a reçu le prix du jury.", "The film received the prize of the jury."),
    ("La neige a bloqué les routes de montagne.", "Snow blocked the roads in the mountains."),
    ("Le vaccin sera testé sur des volontaires.", "The vaccine will be tested on volunteers."),
    ("Un nouvel aéroport est en construction dans le sud.", "A new airport is being built in the south."),
    ("Le cours du pétrole a baissé pour le troisième jour.", "The price of oil fell for the third day."),
    ("Le témoin n'a pas reconnu l'accusé.", "The witness did not recognise the accused."),
    ("Le président est arrivé à Pékin pour une visite.", "The president arrived in Beijing for a visit."),
    ("Un chien a été retrouvé vivant sous les décombres.", "A dog was found alive under the rubble."),
    ("Les loyers ont doublé en dix ans dans la capitale.", "Rents have doubled in the capital in ten years."),
    ("Le satellite a été lancé depuis un navire.", "The satellite was launched from a ship."),
    ("Les parents se plaignent de la nourriture à l'école.", "Parents complain about the food at school."),
    ("Le cycliste a été exclu pour dopage.", "The cyclist was disqualified for doping."),
    ("Le bac était en retard à cause de la tempête.", "The ferry was late because of the storm."),
    ("Des archéologues ont mis au jour une villa romaine.", "Archaeologists discovered a Roman villa."),
    ("La ministre a démissionné après le scandale.", "The minister resigned after the scandal."),
    ("Le pont sera fermé pour travaux.", "The bridge will be closed for repairs."),
    ("Les abeilles disparaissent des campagnes.", "Bees are disappearing from the countryside."),
    ("L'opposition a réclamé de nouvelles élections.", "The opposition called for new elections."),
    ("La police a interpellé quatre personnes dans la nuit.", "The police arrested four people overnight."),
    ("Un volcan est entré en éruption sur l'île.", "A volcano erupted on the island."),
    ("L'orchestre a joué dans une salle vide.", "The orchestra played in an empty hall."),
    ("Des réfugiés ont traversé la mer sur une petite embarcation.", "Refugees crossed the sea in a small boat."),
    ("La joueuse de tennis s'est blessée à l'épaule.", "The tennis player injured her shoulder."),
    ("Le Parlement a voté le budget.", "The parliament adopted the budget."),
    ("Le vieux théâtre a été vendu aux enchères.", "The old theatre was sold at auction."),
    ("Les médecins alertent sur le manque de lits.", "Doctors warn of a lack of beds."),
    ("Le festival a attiré une foule record.", "The festival attracted a record crowd."),
    ("Le pêcheur a attrapé un énorme thon.", "The fisherman caught a huge tuna."),
    ("Les voitures électriques se vendent mieux que jamais.", "Electric cars are selling better than ever."),
    ("Le traité a été signé à Genève.", "The treaty was signed in Geneva."),
    ("Le cuisinier a ouvert un second restaurant.", "The chef opened a second restaurant."),
    ("Une erreur de logiciel a retardé les vols.", "A software error delayed the flights."),
    ("La forêt se remet des incendies.", "The forest is recovering after the fires."),
    ("Le peintre a légué ses œuvres à la ville.", "The painter gave his works to the city."),
    ("Les otages ont été libérés à l'aube.", "The hostages were freed at dawn."),
    ("L'université a baissé ses droits d'inscription.", "The university lowered its fees."),
]
OTHERS = [english for _, english in TRANSLATED]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder(Settings())


def test_the_shipped_weights_have_their_shape_and_their_fingerprint(encoder: Encoder) -> None:
    assert 256 <= encoder.dimension <= 512
    assert len(encoder.fingerprint) == 16
    assert encoder.fingerprint == open_encoder(Settings()).fingerprint


def test_the_shipped_files_are_small_enough_for_a_repository() -> None:
    assert sum(path.stat().st_size for path in BUNDLED_FOLDER.iterdir() if path.suffix != ".py") <= 25_000_000


@pytest.mark.parametrize("number", range(len(FRENCH)), ids=["wages", "soldiers", "strike", "rates"])
def test_a_french_sentence_is_nearer_to_its_translation_than_to_50_others(encoder: Encoder, number: int) -> None:
    assert len(OTHERS) == 50
    candidates = encoder.embed_passages([ENGLISH[number], *OTHERS])
    assert np.argmax(candidates @ encoder.embed_queries([FRENCH[number]])[0]) == 0


@pytest.mark.parametrize("number", range(len(FRENCH)), ids=["wages", "soldiers", "strike", "rates"])
def test_an_english_sentence_is_nearest_to_its_french_translation(encoder: Encoder, number: int) -> None:
    assert np.argmax(encoder.embed_passages(FRENCH) @ encoder.embed_queries([ENGLISH[number]])[0]) == number


def test_each_of_50_sentences_is_nearest_to_its_own_translation(encoder: Encoder) -> None:
    french, english = zip(*TRANSLATED, strict=True)
    asked_in_french = encoder.embed_queries(french) @ encoder.embed_passages([*english, *ENGLISH]).T
    assert np.argmax(asked_in_french, axis=1).tolist() == list(range(50))
    asked_in_english = encoder.embed_queries(english) @ encoder.embed_passages([*french, *FRENCH]).T
    assert np.argmax(asked_in_english, axis=1).tolist() == list(range(50))


@pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not beside the repository")
def test_of_2000_sentences_of_a_year_kept_out_most_are_nearest_to_their_translation(encoder: Encoder) -> None:
    measured = {benchmark.name: benchmark for benchmark in benchmarks.benchmarks(benchmarks.Corpora(DATA), SETS)}
    kept_out = measured["French sentence to English translation"]
    scores = encoder.embed_queries(kept_out.queries) @ encoder.embed_passages(kept_out.passages).T
    assert evaluate.right(evaluate.ranks(scores, np.array(kept_out.gold))).mean() > LEAST_RIGHT


def test_accents_and_case_and_inflection_matter_little(encoder: Encoder) -> None:
    first, folded, plural, other = encoder.embed_passages(
        ["Le Député élu", "le depute elu", "les députés élus", "la pluie"]
    )
    assert first @ folded == pytest.approx(1, abs=1e-5)
    assert first @ plural > 0.5 > first @ other


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "😀🎉",
        "。。。",
        "日本語",
        "x" * 100_000,
        "mot " * 25_000,
        "\ud800",
        "\0",
        "?!",
        "5 200",
        "e\u0301" * 500,
    ],
    ids=[
        "empty",
        "spaces",
        "emoji",
        "stops",
        "Japanese",
        "a long word",
        "many words",
        "surrogate",
        "nul",
        "marks",
        "number",
        "combining",
    ],
)
def test_any_text_gives_a_finite_vector_of_length_1(encoder: Encoder, text: str) -> None:
    for row in (encoder.embed_queries([text])[0], encoder.embed_passages([text])[0]):
        assert np.linalg.norm(row) == pytest.approx(1, abs=1e-4)


@given(st.text(alphabet=st.characters(), max_size=200))
def test_reading_word_by_word_gives_the_tokens_of_the_whole_text(text: str) -> None:
    model = read_static_model(BUNDLED_FOLDER)
    sendable = text.encode("utf-8", "replace").decode("utf-8")
    whole = model.tokenizer.encode(sendable, add_special_tokens=False).ids
    expected = np.zeros(model.dimension)
    for token in whole:
        expected += model.weights[token] * model.rows[model.row_of_token[token]].astype(np.float64)
    np.testing.assert_allclose(model.embed([sendable])[0], expected, atol=1e-3)


@given(st.lists(st.sampled_from(FRENCH + ENGLISH + ["", "😀"]), min_size=1, max_size=5))
def test_a_text_has_the_same_vector_in_any_company(texts: list[str]) -> None:
    encoder = open_encoder(Settings())
    together = encoder.embed_passages(texts)
    for text, row in zip(texts, together, strict=True):
        np.testing.assert_allclose(encoder.embed_passages([text])[0], row, atol=1e-6)


def test_opening_the_bundled_encoder_imports_no_torch() -> None:
    script = (
        "import sys; from rag.index.embedding import open_encoder; from rag.settings import Settings;"
        "open_encoder(Settings()).embed_queries(['bonjour']);"
        "print(sorted({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)))"
    )
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert printed.stdout.strip() == "[]"


@pytest.mark.slow
def test_sentence_transformers_gives_the_same_vectors(encoder: Encoder) -> None:
    texts = [
        *FRENCH,
        *ENGLISH,
        *OTHERS,
        "Où sont les 5 200 soldats — aujourd'hui ?",
        "ŒUVRE œuvre İstanbul ﬁn",
        "mot " * 500,
    ]
    script = (
        "import json, sys; from sentence_transformers import SentenceTransformer;"
        f"model = SentenceTransformer({str(BUNDLED_FOLDER)!r}, device='cpu');"
        "print(json.dumps(model.encode(json.load(sys.stdin)).tolist()))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=110
    )
    np.testing.assert_allclose(np.array(json.loads(finished.stdout)), encoder.embed_passages(texts), atol=1e-3)


# What trains and measures it


@pytest.fixture(scope="module")
def tiny() -> vocabulary.Vocabulary:
    french = ["les soldats français sont partis", "le soldat est parti", "une ville française"] * 30
    english = ["the soldiers have left the city", "a soldier left", "the city is old"] * 30
    return vocabulary.build_vocabulary(french, english, tokens=400, rows=300)


def test_words_of_one_stem_share_a_row(tiny: vocabulary.Vocabulary) -> None:
    row = {token: tiny.rows[place] for token, place in tiny.tokenizer.get_vocab().items()}
    assert row["soldat"] == row["soldats"]
    assert row["soldier"] == row["soldiers"]
    assert row["soldat"] != row["soldier"]


def test_the_same_texts_give_the_same_tokens() -> None:
    rare = [f"mot{chr(letter)} mot{chr(letter)}" for letter in range(0x430, 0x450)]  # more letters than are kept
    rare += [f"mot{chr(letter)} mot{chr(letter)}" for letter in range(0x4E00, 0x4EB0)]
    built = [vocabulary.build_vocabulary(rare, rare, tokens=300, rows=300) for _ in range(4)]
    assert len({found.tokenizer.to_str() for found in built}) == 1


def test_a_row_remembers_how_its_words_are_spelt(tiny: vocabulary.Vocabulary) -> None:
    spelt = meanings.spellings(tiny, ["Le Soldat est français.", "des soldats français"], ["a soldier left"])
    row = {token: int(tiny.rows[place]) for token, place in tiny.tokenizer.get_vocab().items()}
    assert {word for word, _ in spelt[row["soldat"]]} == {"Soldat", "soldats"}
    assert spelt[row["francais"]] == [("français", pytest.approx(2 / 7))]


def test_a_released_encoder_is_read_back_within_the_rounding(tiny: vocabulary.Vocabulary, tmp_path: Path) -> None:
    vectors = np.random.default_rng(1).normal(size=(tiny.row_count, 16)).astype(np.float32)
    vectors[0] = 0
    release.release(tiny, vectors, tmp_path)
    model = read_static_model(tmp_path)
    tokens = tiny.tokenizer.encode("le soldat est parti").ids
    expected = vectors[tiny.rows[tokens]].sum(axis=0)
    np.testing.assert_allclose(model.embed(["le soldat est parti"])[0], expected, atol=0.1)
    assert isinstance(model, StaticModel)
    assert not list(tmp_path.glob(".release*"))


@pytest.mark.slow
def test_training_brings_partners_together(tiny: vocabulary.Vocabulary) -> None:
    from rag.encoder import pairs, training

    translations = [("le soldat est parti", "a soldier left"), ("la ville française", "the city is old")]
    source = pairs.Source("translations", 1.0, pairs.aligned(translations, tiny))
    shares = np.full(tiny.row_count, 1 / tiny.row_count)
    recipe = training.Recipe(steps=60, dimension=8, batch=2)
    vectors = training.fit([source], shares, recipe)
    french, english = (
        np.array([vectors[tiny.rows[tiny.tokenizer.encode(text).ids]].sum(axis=0) for text in side])
        for side in zip(*translations, strict=True)
    )
    assert np.argmax(french @ english.T, axis=1).tolist() == [0, 1]
    np.testing.assert_array_equal(training.fit([source], shares, recipe), vectors)


def test_alignment_finds_the_translations_of_a_handful_of_sentences() -> None:
    sentences = [
        (["chat", "noir"], ["black", "cat"]),
        (["chat", "dort"], ["cat", "sleep"]),
        (["chien", "noir"], ["black", "dog"]),
    ]
    alignment = lexicon_training.align(sentences * 10)
    assert lexicon_training.translations(alignment, "fr")["chat"][0] == "cat"
    assert lexicon_training.translations(alignment, "en")["black"][0] == "noir"


def test_a_tie_counts_as_half_a_better_passage() -> None:
    scores = np.array([[0.9, 0.5, 0.1], [0.2, 0.2, 0.1], [0.0, 0.1, 0.7]], dtype=np.float32)
    ranks = evaluate.ranks(scores, np.array([0, 0, 0]))
    assert ranks.tolist() == [1, 1.5, 3]
    assert evaluate.reciprocal(ranks).tolist() == pytest.approx([1, 1 / 1.5, 1 / 3])
    assert evaluate.reciprocal(np.array([11.0])).tolist() == [0]
    assert evaluate.right(ranks).tolist() == [1, 0, 0]


def test_a_convex_combination_with_all_weight_on_one_side_ranks_like_it() -> None:
    dense = np.array([[0.3, 0.9, -0.2]], dtype=np.float32)
    lexical = np.array([[7.0, 0.0, 3.0]], dtype=np.float32)
    assert np.argsort(-evaluate.convex(dense, lexical, 1.0)).tolist() == [[1, 0, 2]]
    assert np.argsort(-evaluate.convex(dense, lexical, 0.0)).tolist() == [[0, 2, 1]]
    assert evaluate.convex(dense, lexical, 0.5)[0].max() <= 1


@pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not beside the repository")
def test_nothing_measured_on_is_trained_on() -> None:
    corpora = benchmarks.Corpora(DATA)
    training = {row["title"] for row in corpora.training_news}
    assert not training & {row["title"] for row in corpora.held_out_news}
    for name in ("qa_fr_piaf", "qa_fr_afriqa", "qa_en_afriqa"):
        contexts = {row["context"] for row in corpora.questions(name, held_out=False)}
        assert not contexts & {row["context"] for row in corpora.questions(name, held_out=True)}
    trained = {row["fr"] for row in corpora.parallel_news(held_out=False)}
    assert not trained & {row["fr"] for row in corpora.parallel_news(held_out=True)}
