import time

import pytest
from conftest import REPOSITORY
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.verify import support
from rag.answering.verifying.likeness import Likeness
from rag.index.embedding import open_encoder
from rag.index.passages import split
from rag.language.sentences import sentence_spans
from rag.schema import Article
from rag.settings import Settings

COUNTS = (
    "La Norvège, membre de l’alliance (OTAN), compte quelque 200 militaires au Mali, dont 160 sont affectés à la "
    "formation de l’armée malienne. La coalition compte entre autres 500 soldats canadiens, 400 britanniques et "
    "200 norvégiens."
)
SPEECH = (
    "Les forces norvégiennes ont quitté le Mali, a déclaré lundi le général Paul Martin. Selon la ministre Anne Berg, "
    "Oslo n’a pas l’intention de retirer ses conseillers militaires de Bamako. Le colonel aurait tué deux otages le "
    "3 janvier 2020, avant le vote du parlement."
)
ENGLISH = (
    "Norway has about 5,200 soldiers in Mali, officials said Monday. Paul Martin met Anne Berg in Oslo on March 3. "
    "The government did not confirm the report. The rebels may have left the town before the vote."
)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("La Norvège compte quelque 200 militaires au Mali.", COUNTS),
        ("Oslo compte 200 militaires au Mali.", COUNTS),
        ("La Norvège compte deux cents militaires au Mali.", COUNTS),
        ("Au Mali, la Norvège compte 200 militaires, membre de l'Alliance atlantique.", COUNTS),
        ("La coalition compte 400 soldats britanniques.", COUNTS),
        ("Les forces norvégiennes ont quitté le Mali, selon le général Martin.", SPEECH),
        ("Le général Paul Martin a déclaré que les forces norvégiennes ont quitté le Mali.", SPEECH),
        ("Oslo n'a pas l'intention de retirer ses conseillers de Bamako, selon Anne Berg.", SPEECH),
        ("Le colonel aurait tué deux otages en janvier 2020.", SPEECH),
        ("Officials said Norway has 5200 soldiers in Mali.", ENGLISH),
        ("Martin met Berg in Oslo.", ENGLISH),
        ("The government did not confirm the report.", ENGLISH),
    ],
)
def test_a_true_rewording_is_supported(claim: str, passage: str) -> None:
    found = support(claim, [passage])
    assert (found.verdict, found.guard) == ("supported", None)
    assert found.score >= 0.5
    assert found.quote in passage
    assert len(sentence_spans(found.quote)) <= 2


@pytest.mark.parametrize(
    ("claim", "passage", "guard"),
    [
        ("La Norvège compte quelque 300 militaires au Mali.", COUNTS, "numbers"),
        ("La Norvège compte moins de 200 militaires au Mali.", COUNTS.replace("quelque", "plus de"), "numbers"),
        ("La Norvège compte 160 militaires au Mali.", COUNTS, "roles"),
        ("La coalition compte 400 soldats canadiens.", COUNTS, "roles"),
        ("La Suède compte quelque 200 militaires au Mali.", COUNTS, "names"),
        ("Le Mali compte quelque 200 militaires au Canada.", COUNTS, "roles"),
        ("Les forces norvégiennes ont quitté le Mali.", SPEECH, "attribution"),
        ("Oslo a l'intention de retirer ses conseillers de Bamako, selon Anne Berg.", SPEECH, "polarity"),
        ("Les forces norvégiennes n'ont pas quitté le Mali, selon le général Martin.", SPEECH, "polarity"),
        ("Le colonel a tué deux otages le 3 janvier 2020.", SPEECH, "hedges"),
        ("Le colonel aurait tué deux otages le 3 février 2020.", SPEECH, "dates"),
        ("Le colonel aurait tué deux otages le 3 janvier 2020, après le vote du parlement.", SPEECH, "opposites"),
        ("Norway has about 5,200 soldiers in Mali.", ENGLISH, "attribution"),
        ("Anne Berg met Paul Martin in Oslo on May 3.", ENGLISH, "dates"),
        ("The government did confirm the report.", ENGLISH, "polarity"),
        ("The rebels have left the town before the vote.", ENGLISH, "hedges"),
        ("Des pommes cuites au four avec du miel.", COUNTS, "evidence"),
    ],
)
def test_a_changed_fact_is_refused_by_its_guard(claim: str, passage: str, guard: str) -> None:
    found = support(claim, [passage])
    assert (found.verdict, found.guard) == ("unsupported", guard)
    assert found.score < 0.5
    assert found.quote in passage


def test_a_town_is_a_government_but_a_country_is_no_town() -> None:
    assert (
        support("Oslo retire ses soldats du Mali.", ["La Norvège retire ses soldats du Mali."]).verdict == "supported"
    )
    found = support("Le ministre a signé le traité à Oslo.", ["Le ministre a signé le traité en Norvège."])
    assert found.guard == "names"


def test_names_that_changed_places_are_refused() -> None:
    found = support("L’Iran a frappé l’Irak dimanche soir.", ["L’Irak a frappé l’Iran dimanche soir."])
    assert found.guard == "roles"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Norway has 200 soldiers in Mali.", "supported"),
        ("Norway has 300 soldiers in Mali.", "unsupported"),
        ("Sweden has 200 soldiers in Mali.", "unsupported"),
        ("Norway has no soldiers in Mali.", "unsupported"),
    ],
)
def test_an_english_claim_is_checked_against_french_words(claim: str, verdict: str) -> None:
    assert support(claim, ["La Norvège compte quelque 200 soldats au Mali."]).verdict == verdict


def test_a_likeness_makes_up_for_other_words_but_not_for_other_facts() -> None:
    passage = "La Norvège maintient ses 200 militaires dans le nord du Mali."
    claim = "La Norvège garde ses 200 soldats dans le nord du Mali."
    alike = Likeness(open_encoder(Settings()))
    assert support(claim, [passage]).guard == "evidence"
    assert support(claim, [passage], similarity=alike).verdict == "supported"
    assert support(claim, [passage], similarity=lambda *_: 0.1).guard == "evidence"
    assert support(claim.replace("200", "300"), [passage], similarity=alike).verdict == "unsupported"


REFUSAL = "La Norvège a refusé de retirer ses soldats du Mali."
NO_INTENTION = "La Norvège n’a pas l’intention de retirer ses soldats du Mali."


@pytest.mark.parametrize(
    ("claim", "passage", "guard"),
    [
        ("La Norvège va retirer ses soldats du Mali.", NO_INTENTION, "polarity"),
        ("La Norvège retire ses soldats du Mali.", REFUSAL, "polarity"),
        ("La Norvège a accepté de retirer ses soldats du Mali.", REFUSAL, "polarity"),
        ("La Norvège a refusé de retirer ses soldats du Mali.", REFUSAL + " Oslo le confirme.", None),
        ("La Norvège ne frappe pas le Mali.", "La Norvège ne frappe pas seulement le Mali.", "polarity"),
        ("La Norvège frappe le Mali.", "La Norvège ne frappe pas seulement le Mali.", None),
        ("Norway plans to leave Mali.", "Norway has no plans to leave Mali.", "polarity"),
        ("Norway will leave Mali.", "Norway does not intend to leave Mali.", "polarity"),
        ("Norway left Mali.", "Norway refused to leave Mali.", "polarity"),
        ("Norway left Mali with Spain.", "Norway left Mali not only with Spain.", None),
    ],
)
def test_what_is_not_intended_or_refused_is_negated(claim: str, passage: str, guard: str | None) -> None:
    assert support(claim, [passage]).guard == guard


def test_what_is_counted_must_be_said() -> None:
    claim, passage = "La coalition compte entre autres 500 {} canadiens.", COUNTS
    assert support(claim.format("soldats"), [passage]).verdict == "supported"
    assert support(claim.format("chars"), [passage]).guard == "numbers"


def test_words_of_one_meaning_are_the_same_and_opposites_are_not() -> None:
    alike = Likeness(open_encoder(Settings()))
    passage = "La Norvège a commencé le retrait de ses soldats."
    claim = "La Norvège a débuté le retrait de ses militaires."
    assert support(claim, [passage]).guard == "evidence"
    assert support(claim, [passage], similarity=alike).verdict == "supported"
    assert support(claim.replace("débuté", "terminé"), [passage], similarity=alike).guard == "opposites"
    assert alike("soldats", "soldiers") > alike("soldats", "fromage")


def test_words_gathered_from_all_over_do_not_make_a_claim() -> None:
    passage = (
        "Le passeport est une feuille rose qui contient le numéro de la puce et que signe un vétérinaire. Il ne doit "
        "pas être confondu avec la pochette violette, beaucoup plus petite, que délivrent couramment les communes, et "
        "où se trouve l’historique complet des vaccins de l’animal."
    )
    assert support("Le passeport contient l’historique complet des vaccins.", [passage]).guard == "evidence"
    assert support("Le passeport contient le numéro de la puce.", [passage]).verdict == "supported"


def test_the_title_before_a_speaker_is_no_hearsay() -> None:
    passage = "La ministre de la santé Anne Berg a déclaré que tout allait bien."
    assert support("Anne Berg est la ministre de la santé.", [passage]).verdict == "supported"
    assert support("Tout allait bien à la santé.", [passage]).guard == "attribution"


def test_the_quote_comes_from_the_passage_that_says_so() -> None:
    found = support("The government did not confirm the report.", [COUNTS, SPEECH, ENGLISH])
    assert found.quote == "The government did not confirm the report."


@pytest.mark.parametrize("claim", ["", " ", "?", "Il l'a.", "x" * 10_000])
def test_a_claim_that_says_nothing_is_not_supported(claim: str) -> None:
    assert support(claim, [COUNTS]) == support(claim, [])
    assert support(claim, []).quote == ""


def test_every_sentence_of_the_seeds_supports_itself() -> None:
    for path in sorted((REPOSITORY / "seeds").glob("*.txt")):
        for passage in split(Article.from_text(path.read_text(encoding="utf-8"))):
            for start, end in sentence_spans(passage.text):
                sentence = passage.text[start:end]
                if any(character.isalpha() for character in sentence):
                    assert support(sentence, [passage.text], "fr").verdict == "supported", sentence


@given(
    st.text() | st.text("aLe né pas 5.2,«»()' Iran"), st.text() | st.just(COUNTS), st.sampled_from(["fr", "en", None])
)
def test_any_text_gets_a_verdict_with_a_verbatim_quote(claim: str, passage: str, language: str | None) -> None:
    found = support(claim, [passage], language)
    assert found.quote in passage
    assert (found.verdict == "supported") == (found.score >= 0.5) == (found.guard is None)


@pytest.mark.parametrize(
    "passage",
    [
        "Paul Martin a dit que le Mali ne compte pas 200 soldats, " * 5_000,
        "Le Mali compte 200 soldats, selon Paul Martin. " * 5_000,
        "(" * 100_000,
        "Paul " * 50_000,
    ],
    ids=["one endless sentence", "many sentences", "brackets", "names"],
)
def test_hostile_passages_take_linear_time(passage: str) -> None:
    started = time.process_time()
    support("Le Mali compte 200 soldats, selon Paul Martin.", [passage])
    assert time.process_time() - started < 15
