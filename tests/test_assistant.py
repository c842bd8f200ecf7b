"""Tests of the front door, on the seeds and on invented articles, with the real encoder and the real index."""

from __future__ import annotations

import datetime
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import REPOSITORY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag import Answer, Article, Assistant, RagError, Settings
from rag.errors import CorpusError, CorpusNotFound, QuestionError, UsageError

FERRY = Article.from_text(
    "La compagnie Oriane a suspendu ses traversées vers l'île de Brume mardi. "
    "Elle invoque une panne du moteur principal. "
    "Quelque 340 passagers ont été logés dans des hôtels du port, selon la mairie.",
    id="ferry",
    title="Les traversées vers l'île de Brume suspendues",
    published="2022-03-08",
    outlet="Le Phare",
)
SCHOOL = Article.from_text(
    "Le collège Lucie-Aubrac ouvrira ses portes en septembre 2023 avec 412 élèves. "
    "Le bâtiment a coûté 18 millions d'euros au département.",
    id="school",
    published="2022-11",
)


@pytest.fixture(scope="module")
def invented() -> Assistant:
    return Assistant.from_articles([FERRY, SCHOOL])


def assert_proven(answer: Answer, articles: dict[str, Article]) -> None:
    """Every sentence has a quote, and every quote is what its article says there."""
    assert answer.abstained != bool(answer.claims)
    numbers = [citation.number for claim in answer.claims for citation in claim.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for claim in answer.claims:
        assert claim.citations
        for citation in claim.citations:
            article = articles[citation.article_id]
            assert article.text[citation.start : citation.end] == citation.quote
            assert citation.published == article.published
            assert f"[{citation.number}]" in answer.text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("L'armée tchèque a évacué ses 30 marins.", "Combien de marins la République tchèque avait-elle à Valmer ?"),
        ("160 marins sont affectés à la formation de la garde.", "Combien de marins sont des formateurs ?"),
    ],
    ids=["part-of-a-country-s-name", "another-word-of-the-family"],
)
def test_a_word_that_articles_have_in_another_form_is_not_missing(text: str, question: str) -> None:
    article = Article.from_text(f"{text} Il pleut depuis mardi sur le port de Valmer.", id="a", published="2022-03-08")
    answer = Assistant.from_articles([article]).ask(question)
    assert "Aucun article" not in (answer.reason or "")


@pytest.mark.parametrize(
    ("question", "words", "article"),
    [
        ("Combien de passagers ont été logés à l'hôtel ?", "340", "ferry"),
        ("Quelle panne la compagnie invoque-t-elle ?", "panne du moteur", "ferry"),
        ("Quand le collège ouvrira-t-il ?", "septembre 2023", "school"),
        ("Combien a coûté le collège ?", "18 millions", "school"),
    ],
)
def test_a_question_is_answered_in_the_words_of_the_right_article(
    invented: Assistant, question: str, words: str, article: str
) -> None:
    answer = invented.ask(question)
    assert words in answer.text
    assert answer.claims[0].citations[0].article_id == article
    assert_proven(answer, {FERRY.id: FERRY, SCHOOL.id: SCHOOL})


def test_outlet_and_date_are_in_the_text(invented: Assistant) -> None:
    assert "(Le Phare, 8 mars 2022) [1]" in invented.ask("Combien de passagers ont été logés à l'hôtel ?").text


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le prix du pain à Toulouse ?",
        "Combien de chevaux vivent en Mongolie ?",
        "Who won the chess tournament?",
        "伊拉克有多少士兵？",
        "((((",
    ],
)
def test_what_the_articles_do_not_say_is_declined_with_a_reason(invented: Assistant, question: str) -> None:
    answer = invented.ask(question)
    assert answer.abstained
    assert answer.reason
    assert not answer.claims
    assert answer.text == answer.to_dict()["text"]


def test_thanks_are_met_with_what_can_be_asked(invented: Assistant) -> None:
    answer = invented.ask("Merci !", [("Combien de chats vivent à Vorda ?", "")])
    assert answer.text.startswith("Posez une question")
    assert answer.reason is None
    assert not answer.evidence


def test_thanks_are_passed_over_in_a_conversation(invented: Assistant) -> None:
    first = ("Combien de chats vivent à Vorda ?", "Douze.")
    after = invented.ask("Et de chiens ?", [first, ("Merci !", "")])
    assert after.standalone == invented.ask("Et de chiens ?", [first]).standalone
    assert invented.ask("Perfect!", [("How many cats live in Vorda?", "12")]).text.startswith("Ask about")


def test_a_quote_that_leans_on_the_sentence_before_takes_it_in(invented: Assistant) -> None:
    answer = invented.ask("Qu'invoque la compagnie, une panne du moteur principal ?")
    quote = next(claim.citations[0].quote for claim in answer.claims if "panne" in claim.text)
    assert quote.startswith("La compagnie Oriane")


def test_a_stream_grows_and_ends_complete(invented: Assistant) -> None:
    answers = list(invented.stream("Combien de passagers ont été logés à l'hôtel ?"))
    sizes = [len(answer.claims) for answer in answers]
    assert sizes == sorted(sizes)
    assert [answer.complete for answer in answers] == [False] * (len(answers) - 1) + [True]
    assert answers[-1] == invented.ask("Combien de passagers ont été logés à l'hôtel ?")


@pytest.mark.parametrize("as_of", ["2022-10", datetime.date(2022, 10, 31)])
def test_later_articles_are_hidden(invented: Assistant, as_of: str | datetime.date) -> None:
    assert invented.ask("Quand le collège ouvrira-t-il ?", as_of=as_of).abstained


def test_answers_are_the_same_from_many_threads(invented: Assistant) -> None:
    question = "Combien de passagers ont été logés à l'hôtel ?"
    expected, found = invented.ask(question), []
    threads = [threading.Thread(target=lambda: found.append(invented.ask(question))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_only_articles_of_the_outlets_named_are_looked_at(invented: Assistant) -> None:
    question = "Combien de passagers ont été logés à l'hôtel ?"
    assert "340" in invented.ask(question, outlets=["Le Phare"]).text
    elsewhere = invented.ask(question, outlets=["La Vigie", "L'Écho"])
    assert elsewhere.abstained
    assert elsewhere.evidence == ()


def test_as_many_passages_are_found_as_are_asked_for(invented: Assistant) -> None:
    question = "Combien a coûté le collège des passagers ?"
    assert len(invented.ask(question, passages=1).evidence) == 1
    assert len(invented.ask(question, passages=50).evidence) > 1
    for number in (0, -1, 51, 10**9):
        with pytest.raises(UsageError, match="passages"):
            invented.ask(question, passages=number)


@pytest.mark.parametrize("question", ["", "  \n ", "x" * 2_001])
def test_an_empty_or_endless_question_is_refused(invented: Assistant, question: str) -> None:
    with pytest.raises(QuestionError, match="question"):
        invented.ask(question)


def test_a_day_that_is_none_is_refused(invented: Assistant) -> None:
    with pytest.raises(UsageError, match="hier"):
        invented.ask("Qui ?", as_of="hier")


@pytest.mark.parametrize("as_of", [2020, 1.5, (2020, 1)], ids=str)
def test_what_is_no_day_at_all_is_refused(invented: Assistant, as_of: object) -> None:
    with pytest.raises(UsageError, match="not a date"):
        invented.ask("Qui ?", as_of=as_of)  # type: ignore[arg-type]


def test_articles_given_by_hand_must_be_some_and_distinct() -> None:
    with pytest.raises(CorpusError, match="no articles"):
        Assistant.from_articles([])
    with pytest.raises(CorpusError, match="'ferry'"):
        Assistant.from_articles([FERRY, FERRY])


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFound, match="nowhere"):
        Assistant.open(tmp_path / "nowhere")


def test_opening_again_changes_nothing_and_an_edit_is_noticed(tmp_path: Path) -> None:
    corpus = tmp_path / "news"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Le maire Paul Dorval inaugure la piscine samedi. Elle compte 50 mètres de bassin.")
    with Assistant.open(corpus) as opened:
        assert opened.synced.new == ("a",)
        assert "Dorval" in opened.ask("Quel maire inaugure la piscine ?").text
    with Assistant.open(corpus) as opened:
        assert (opened.synced.unchanged, opened.synced.embedded) == (("a",), 0)
    (corpus / "a.txt").write_text("Le maire Paul Delmas inaugure la piscine samedi. Elle compte 50 mètres de bassin.")
    with Assistant.open(corpus) as opened:
        assert opened.synced.changed == ("a",)
        text = opened.ask("Quel maire inaugure la piscine ?").text
        assert "Delmas" in text
        assert "Dorval" not in text
    (corpus / "a.txt").unlink()
    (corpus / "b.txt").write_text("Une autre nouvelle du port de Valmer, sans rapport avec la mairie.")
    with Assistant.open(corpus) as opened:
        assert (opened.synced.new, opened.synced.removed) == (("b",), ("a",))


def test_a_reopened_assistant_knows_the_new_articles_and_embeds_only_them(tmp_path: Path) -> None:
    corpus = tmp_path / "news"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Le maire Paul Dorval inaugure la piscine samedi. Elle compte 50 mètres de bassin.")
    with Assistant.open(corpus) as older:
        (corpus / "b.txt").write_text("Le collège de Valmer ouvrira ses portes en septembre 2023 avec 412 élèves.")
        with older.reopened() as newer:
            assert (newer.synced.new, newer.synced.unchanged, newer.synced.embedded) == (("b",), ("a",), 1)
            assert newer.passage_counts == {"a": 1, "b": 1}
            assert "412" in newer.ask("Combien d'élèves au collège de Valmer ?").text
            assert older.ask("Combien d'élèves au collège de Valmer ?").abstained
        assert "Dorval" in older.ask("Quel maire inaugure la piscine ?").text  # the index is closed by the last one


def test_questions_are_answered_while_the_corpus_is_reopened(tmp_path: Path) -> None:
    corpus = tmp_path / "news"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Le maire Paul Dorval inaugure la piscine samedi. Elle compte 50 mètres de bassin.")
    with Assistant.open(corpus) as older:
        for number in range(200):
            (corpus / f"b{number}.txt").write_text(f"Le refuge numéro {number} du col de Valmer a rouvert dimanche.")
        reopened: list[Assistant] = []
        thread = threading.Thread(target=lambda: reopened.append(older.reopened()))
        thread.start()
        answered = 0
        while thread.is_alive():
            assert "Dorval" in older.ask("Quel maire inaugure la piscine ?").text
            answered += 1
        thread.join()
        assert answered > 0
        with reopened[0] as newer:
            assert len(newer.synced.new) == 200


def test_articles_given_by_hand_cannot_be_read_again(invented: Assistant) -> None:
    assert invented.place is None
    with pytest.raises(UsageError, match="by hand"):
        invented.reopened()


def test_a_corpus_that_is_empty_now_leaves_the_assistant_as_it_was(tmp_path: Path) -> None:
    corpus = tmp_path / "news"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Le maire Paul Dorval inaugure la piscine samedi. Elle compte 50 mètres de bassin.")
    with Assistant.open(corpus) as opened:
        (corpus / "a.txt").unlink()
        with pytest.raises(CorpusError, match="no article"):
            opened.reopened()
        assert "Dorval" in opened.ask("Quel maire inaugure la piscine ?").text


def test_an_assistant_quotes_its_own_articles_whatever_another_one_does_to_the_index(tmp_path: Path) -> None:
    corpus = tmp_path / "news"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Le maire Paul Dorval inaugure la piscine samedi. Elle compte 50 mètres de bassin.")
    with Assistant.open(corpus) as older:
        (corpus / "a.txt").write_text(
            "Après des mois de travaux, le maire Paul Dorval inaugure enfin la piscine samedi."
        )
        (corpus / "b.txt").write_text("Le maire Paul Dorval inaugure aussi une seconde piscine au nord de la ville.")
        with Assistant.open(corpus) as newer:
            assert newer.synced.changed == ("a",)
            assert_proven(newer.ask("Quel maire inaugure la piscine ?"), {a.id: a for a in newer.articles})
            assert_proven(older.ask("Quel maire inaugure la piscine ?"), {a.id: a for a in older.articles})


def test_a_sentence_wrapped_over_lines_is_quoted_whole() -> None:
    text = "La piscine de Valmer, fermée\ndepuis l'incendie de mars, rouvrira ses\nbassins le 12 juin au public."
    with Assistant.from_articles([Article.from_text(text, published="2021-05")]) as assistant:
        answer = assistant.ask("Quand la piscine de Valmer rouvrira-t-elle ?")
    assert answer.claims[0].text == text
    assert answer.short == "le 12 juin"
    assert len(answer.text.splitlines()) == 2


def test_a_follow_up_keeps_its_question_and_shows_what_was_searched_for(invented: Assistant) -> None:
    history = [("Combien de passagers ont été logés à l'hôtel ?", "340"), ("Et pourquoi ?", "...")]
    answer = invented.ask("Et où ?", history)
    assert answer.question == "Et où ?"
    assert answer.standalone == "Et où ? (Combien de passagers ont été logés à l'hôtel ?)"
    assert invented.ask("Combien a coûté le collège ?", history).standalone is None


def test_a_line_far_less_likely_than_the_best_sentence_does_not_stand_before_it(assistant: Assistant) -> None:
    answer = assistant.ask("Combien de soldats canadiens sont en Irak ?")
    assert answer.short in (None, "500 soldats canadiens")
    assert answer.claims[0].text.startswith("La coalition compte entre autres 500 soldats canadiens")


def test_every_answer_over_the_seeds_is_proven(assistant: Assistant) -> None:
    articles = {article.id: article for article in assistant.articles}
    for article in assistant.articles:
        for sentence in article.text.split(". ")[:4]:
            assert_proven(assistant.ask(sentence[:300]), articles)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_question_gets_a_proven_answer_a_no_or_one_error(assistant: Assistant, question: str) -> None:
    try:
        answer = assistant.ask(question)
    except RagError:
        return
    assert_proven(answer, {article.id: article for article in assistant.articles})


def test_a_query_engine_for_llamaindex_gives_the_same_text(invented: Assistant) -> None:
    question = "Combien de passagers ont été logés à l'hôtel ?"
    response = invented.as_query_engine().query(question)
    assert str(response) == invented.ask(question).text
    assert response.source_nodes[0].node.metadata["article_id"] == "ferry"


@pytest.mark.parametrize("question", ["Quelle heure est-il au collège ?", "Qui est le pharaon du collège ?"])
def test_a_noun_that_no_article_has_is_named_when_a_short_question_is_declined(
    invented: Assistant, question: str
) -> None:
    answer = invented.ask(question)
    assert answer.abstained
    assert answer.reason is not None
    assert ("heure" in answer.reason) or ("pharaon" in answer.reason)


def test_courtesies_are_no_part_of_the_question(invented: Assistant) -> None:
    point = "Combien de passagers ont été logés à l'hôtel ?"
    polite = invented.ask("Bonjour, pourriez-vous me dire combien de passagers ont été logés à l'hôtel, svp ?")
    assert polite.standalone == point
    assert polite.claims == invented.ask(point).claims


@pytest.mark.parametrize(
    ("told", "abstained"), [("L'an dernier, ", False), ("", True)], ids=["last year", "no word of it"]
)
def test_an_article_tells_of_the_year_before_only_where_it_says_so(told: str, abstained: bool) -> None:
    text = f"{told}le port de Valmer a vendu 412 bateaux. Le maire Paul Dorval s'en félicite."
    port = Article.from_text(text, title="Le port de Valmer", published="2031-03-08", language="fr")
    with Assistant.from_articles([port], replace(Settings(), answer_floor=0.0)) as assistant:
        answer = assistant.ask("Combien de bateaux le port de Valmer a-t-il vendus en 2030 ?")
    assert answer.abstained == abstained


FETE = Article.from_text(
    "La fête du village a réuni 300 personnes samedi sur la place. Le maire a remercié les bénévoles.",
    title="Fête à Valmy",
)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Combien de personnes la fête du village a-t-elle réunies ?", "300 personnes"),
        ("Combien de personnes travaillent à la mairie de Valmy ?", None),
    ],
    ids=["told", "not told"],
)
def test_a_bare_answer_is_shown_only_where_it_is_sure(question: str, short: str | None) -> None:
    settings = replace(Settings(), answer_floor=0.0)  # whatever is nearest is quoted
    with Assistant.from_articles([FETE], settings) as assistant:
        answer = assistant.ask(question)
    assert "300 personnes" in answer.text
    assert answer.short == short


def test_what_another_country_does_is_not_quoted_beside_the_one_asked_about() -> None:
    text = "Le Danemark compte 90 soldats au Mali. Le Canada compte 250 soldats au Mali. Les pluies ont commencé."
    with Assistant.from_articles([Article.from_text(text, title="Des soldats au Mali")]) as assistant:
        answer = assistant.ask("Combien de soldats danois sont au Mali ?")
    assert "90 soldats" in answer.text
    assert "Canada" not in answer.text


def test_no_bare_answer_stands_where_another_quote_tells_another_amount(tmp_path: Path) -> None:
    chronicle = REPOSITORY / "eval" / "corpora" / "chronique"
    with Assistant.open(chronicle, replace(Settings(), index_dir=tmp_path)) as assistant:
        answer = assistant.ask("Combien de pompiers luttent contre l'incendie des Arbrettes ?")
    assert sum(amount in answer.text for amount in ("450 sapeurs", "Six cents pompiers", "Neuf cents sapeurs")) > 1
    assert answer.short is None


def test_a_name_that_is_shown_is_not_said_to_be_missing() -> None:
    articles = [
        Article.from_text("La mairie de Brenne a fermé son musée. Il rouvrira en mai.", id="a", published="2031-02-03"),
        Article.from_text("Le maire de Valmer a démissionné lundi.", id="b", published="2031-02-04"),
    ]
    with Assistant.from_articles(articles) as assistant:
        refused = assistant.ask("Quel maire de Brenne a démissionné ?")
    assert refused.abstained
    assert "Brenne" not in (refused.reason or "")
