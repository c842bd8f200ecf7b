"""Answers and their proof become HTML: calm, complete, and inert whatever the articles hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui_parsed import Parsed
from ui_stand_in import ARTICLES, HOSTILE_TITLE, StandIn, cite

from rag.schema import Answer, Article, Claim, Evidence, PartialDate, Passage
from ui.claims import when_and_who
from ui.reader import reader, reading_of_citation
from ui.render import conversation, masthead
from ui.sources import earlier_sources, latest_sources
from ui.texts import ENGLISH, FRENCH
from ui.turns import Turn

BY_ID = {article.id: article for article in ARTICLES}
DEPOT, GREVE, HOSTILE = ARTICLES


def answered(*articles: Article, number: int = 1, **changes: object) -> Turn:
    """A turn whose answer quotes the first sentence of each article."""
    claims = tuple(
        Claim(text=quote, citations=(cite(article, quote, rank),), verdict="quoted")
        for rank, article in enumerate(articles, start=1)
        for quote in [article.text.split(". ")[0]]
    )
    return Turn(number, "Une question ?", replace(Answer("Une question ?", "fr", claims=claims), **changes))  # type: ignore[arg-type]


def shown(*turns: Turn, language: str = "fr") -> Parsed:
    """The whole page's HTML for these turns, with the first article that the last one cites opened."""
    reading = reading_of_citation(turns[-1], 1)
    article = BY_ID.get(reading.article_id) if reading else None
    opened = reader(reading, article, ("<b>removed</b>",), language, opened=1) if reading else ""  # type: ignore[arg-type]
    return Parsed(
        conversation(turns, language)  # type: ignore[arg-type]
        + latest_sources(turns[-1], BY_ID, language)  # type: ignore[arg-type]
        + earlier_sources(turns[:-1], BY_ID, language)  # type: ignore[arg-type]
        + opened
    )


def test_the_bare_answer_comes_before_the_quotes() -> None:
    text = shown(answered(DEPOT, short="42 rames")).text
    assert text.index("42 rames") < text.index("«\u202fLe dépôt de tramways de Valmont a rouvert mardi")
    assert "(Le Courrier, 7 mai 2019)" in text


def test_a_source_that_agrees_in_words_of_its_own_stands_apart_from_the_quote() -> None:
    quote = DEPOT.text.split(". ")[0]
    claim = Claim(quote, (cite(DEPOT, quote, 1), cite(GREVE, GREVE.text.split(". ")[0], 2)), "quoted")
    turn = answered(DEPOT, claims=(claim,))
    assert f"(Le Courrier, 7 mai 2019)1, et dans le même sens ({GREVE.outlet}" in shown(turn).text
    dated = answered(DEPOT, claims=(claim, *answered(GREVE, number=3).answer.claims), differing="change")  # type: ignore[union-attr]
    assert f"et dans le même sens ({GREVE.outlet}" in shown(dated).text


def test_who_says_a_quote_that_leaves_it_out_stands_before_its_source() -> None:
    quote = DEPOT.text.split(". ")[0]
    claim = Claim(quote, (cite(DEPOT, quote, 1),), "quoted", speaker="<b>la préfète</b> Lemaire")
    page = shown(answered(DEPOT, claims=(claim,)))
    assert "(selon <b>la préfète</b> Lemaire, Le Courrier, 7 mai 2019)1" in page.text
    named = replace(claim, speaker=" ".join(quote.split()[:3]))
    assert "selon" not in shown(answered(DEPOT, claims=(named,))).text


def test_a_quote_is_not_led_by_the_outlet_of_a_source_with_other_words() -> None:
    quote = DEPOT.text.split(". ")[0]
    first = replace(cite(DEPOT, quote, 1), outlet=None)
    claim = Claim(quote, (first, cite(GREVE, GREVE.text.split(". ")[0], 2)), "quoted")
    assert GREVE.outlet not in when_and_who(claim, "fr")
    assert when_and_who(replace(claim, citations=claim.citations[1:], text=claim.citations[1].quote), "fr")[1] == (
        GREVE.outlet
    )


def test_what_is_less_sure_stands_below_the_answer_under_a_word_that_says_so() -> None:
    turn = answered(DEPOT, GREVE)
    assert turn.answer is not None
    first, other = turn.answer.claims
    text = shown(replace(turn, answer=replace(turn.answer, claims=(first, replace(other, aside=True))))).text
    assert text.index(first.text) < text.index("Réponse moins sûre") < text.index(other.text)
    assert "Réponse moins sûre" not in shown(turn).text


def test_every_mark_leads_to_its_card() -> None:
    page = shown(answered(DEPOT, GREVE), answered(GREVE, number=2), answered(DEPOT, HOSTILE, number=3))
    anchors = page.values("id")
    marks = [attributes["href"] for tag, attributes in page.elements if attributes.get("class") == "mark"]
    assert len(marks) == 5
    assert all(str(href).removeprefix("#") in anchors for href in marks)
    assert len(anchors) == len(set(anchors))


def test_every_link_inside_the_page_has_a_target_and_every_label_a_text() -> None:
    page = shown(answered(DEPOT, GREVE), declined(), answered(DEPOT, number=3))
    anchors = page.values("id")
    assert all(href.removeprefix("#") in anchors for href in page.values("href") if href.startswith("#"))
    assert all(label in anchors for label in page.values("aria-labelledby"))
    assert all(label.strip() for label in page.values("aria-label"))


def test_a_card_shows_title_outlet_date_how_it_is_known_and_the_quote_and_opens_the_article() -> None:
    page = Parsed(latest_sources(answered(DEPOT), BY_ID, "fr"))
    quote = "Le dépôt de tramways de Valmont a rouvert mardi"
    for part in ("1 ", DEPOT.title, "Le Courrier, 7 mai 2019", "(date lue dans l’en-tête)", quote):
        assert part in page.text
    (button,) = [attributes for tag, attributes in page.elements if tag == "button"]
    assert (button["data-act"], button["data-turn"], button["data-number"]) == ("read", "1", "1")


def test_a_link_to_the_original_tells_its_host_and_nothing_about_us() -> None:
    links = [
        attributes for tag, attributes in Parsed(latest_sources(answered(DEPOT), BY_ID, "fr")).elements if tag == "a"
    ]
    (original,) = [link for link in links if not str(link["href"]).startswith("#")]
    assert original["href"] == DEPOT.url
    assert original["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil", " java\tscript:x"])
def test_a_dangerous_address_is_text_only(url: str) -> None:
    article = replace(DEPOT, url=url)
    page = Parsed(latest_sources(answered(article), {article.id: article}, "fr"))
    assert all(href.startswith("#") for href in page.values("href"))
    assert "Adresse indiquée" in page.text


def test_hostile_text_stays_text_everywhere() -> None:
    hostile = answered(HOSTILE, short="<b>short</b>", reason="<i>x</i>")
    page = shown(replace(hostile, question="<script>alert(1)</script>?"), answered(HOSTILE, number=2))
    assert page.inert()
    assert "<script>alert(4)</script>" in page.text
    assert "![x](http://evil.example/p)" in page.text
    assert "<b>short</b>" in page.text
    assert HOSTILE_TITLE.replace("\u202e", "") in page.text
    assert "\u202e" not in page.text


@pytest.mark.parametrize(
    "reply",
    [
        "![x](http://evil.example/?q=1)",
        "[a]: http://evil.example\n![][a]",
        '<form action="http://evil.example"><iframe src=x></iframe><style>*{}</style><a href="http://evil.example">x</a>',
        "[click](javascript:alert(1)) **bold** `code`",
    ],
    ids=["image", "reference", "html", "markdown"],
)
def test_a_models_reply_is_literal_text(reply: str) -> None:
    claim = Claim(text=reply, citations=(cite(DEPOT, "42 rames"),), verdict="supported")
    page = Parsed(
        conversation((Turn(1, "?", Answer("?", "fr", claims=(claim,), short=reply, mode="generative")),), "fr")
    )
    assert page.text.count(reply) == 2
    assert page.inert()
    assert page.values("href") == ["#source-1-1"]


def test_an_unsupported_sentence_is_struck_through_in_a_fold_with_the_reason_and_has_no_card() -> None:
    turn = answered(DEPOT, GREVE)
    assert turn.answer is not None
    first, second = turn.answer.claims
    false = replace(second, verdict="unsupported", guard="numbers")
    page = shown(replace(turn, answer=replace(turn.answer, claims=(first, false))))
    assert "1 phrase retirée" in page.text
    assert f"{second.text} ({FRENCH.guards['numbers']})" in page.text
    assert [tag for tag, _ in page.elements].count("s") == 1
    assert "source-1-2" not in page.values("id")


def test_a_long_token_and_a_long_title_are_bounded() -> None:
    article = replace(DEPOT, title="x" * 1_000_000, text="y" * 5_000 + ". " + "z" * 1_000_000)
    page = latest_sources(answered(article), {article.id: article}, "fr")
    assert len(page) < 20_000
    assert "x…" in page


def declined() -> Turn:
    passage = Passage("p", GREVE.id, 0, 68, GREVE.text[:68])
    evidence = (Evidence(passage, score=0.3, lexical=1.0, dense=0.2),)
    answer = Answer("?", "fr", evidence=evidence, abstained=True, reason="Trop loin du sujet.")
    return Turn(2, "Et la météo ?", answer)


def test_a_declined_answer_says_why_and_offers_the_nearest_passages() -> None:
    page = shown(declined())
    assert "Les articles ne répondent pas à cette question." in page.text
    assert "Trop loin du sujet." in page.text
    assert FRENCH.one_nearest in page.text
    assert GREVE.text[:68] in page.text


def test_an_answer_on_its_way_is_busy_and_a_failed_one_is_not() -> None:
    pending = Parsed(conversation((Turn(1, "?"),), "fr"))
    assert pending.values("aria-busy") == ["true"]
    assert FRENCH.searching in pending.text
    failed = Parsed(conversation((Turn(1, "?", trouble=FRENCH.failed),), "fr"))
    assert failed.values("aria-busy") == ["false"]
    assert FRENCH.failed in failed.text


def test_the_masthead_counts_the_articles_and_their_days() -> None:
    assert "3 articles · 7 mai 2019 → février 2020" in Parsed(masthead(ARTICLES, "fr")).text
    assert "1 article · 7 May 2019" in Parsed(masthead([DEPOT], "en")).text


def test_the_interface_speaks_english_too() -> None:
    page = shown(answered(DEPOT), declined(), language="en")
    assert ENGLISH.one_nearest in page.text
    assert ENGLISH.date_known["dateline"] in page.text


def test_a_date_without_provenance_claims_none() -> None:
    article = replace(GREVE, published=PartialDate(2020), published_from="an oracle")
    page = Parsed(latest_sources(answered(article), {article.id: article}, "fr"))
    assert "AFP, 2020" in page.text
    assert "oracle" not in page.text


def test_a_follow_up_shows_the_question_that_was_asked_and_can_be_corrected() -> None:
    page = shown(answered(DEPOT, standalone="Combien de <rames> ?"))
    assert "Question comprise ainsi\u00a0: « Combien de <rames> ? »" in page.text
    (correct,) = [attributes for tag, attributes in page.elements if attributes.get("data-act") == "correct"]
    assert correct["data-question"] == "Combien de <rames> ?"


def test_under_an_answer_stand_its_articles_their_days_the_mode_and_the_time() -> None:
    page = shown(replace(answered(DEPOT, GREVE), seconds=0.0123))
    assert "2 articles · 7 mai 2019 → février 2020 · extractif (sans LLM) · 12\u00a0ms" in page.text
    slow = shown(replace(answered(DEPOT, mode="generative", seconds=(("model", 2.04),)), seconds=9.0))
    assert "1 article · 7 mai 2019 · rédigé par un LLM, vérifié · 2,0\u00a0s" in slow.text


def test_how_an_answer_came_about_is_told() -> None:
    assert "Le modèle n’a pas répondu." in shown(answered(DEPOT, notice="Le modèle n’a pas répondu.")).text


def test_copying_takes_the_answer_and_its_sources() -> None:
    page = shown(answered(DEPOT, short="mardi"))
    (copied,) = page.values("data-text")
    assert copied.splitlines()[0] == "mardi"
    assert "[1] Le dépôt de tramways rouvre ses portes à Valmont (Le Courrier, 7 mai 2019)" in copied


def test_an_opinion_can_be_given_then_explained_then_stands() -> None:
    turn = answered(DEPOT)
    acts = [Parsed(conversation((each,), "fr")).values("data-act").count("judge") for each in (
        turn, replace(turn, liked=False), replace(turn, liked=True, why="clair"))]  # fmt: skip
    assert acts == [2, 3, 2]
    assert "input" in [tag for tag, _ in Parsed(conversation((replace(turn, liked=False),), "fr")).elements]
    assert Parsed(conversation((replace(turn, liked=True),), "fr")).values("aria-pressed") == ["true", "false"]
    assert "judge" not in Parsed(conversation((turn,), "fr", judging=False)).values("data-act")


def test_the_bare_answer_is_bold_inside_its_sentence() -> None:
    start = DEPOT.text.index("42 rames")
    cited = replace(cite(DEPOT, "Il compte désormais 42 rames neuves."), bare=(start, start + 8))
    claim = Claim(cited.quote, (cited,), "quoted")
    turn = Turn(1, "?", Answer("?", "fr", (claim,)))
    assert '<strong class="bare tight">42 rames</strong>' in conversation((turn,), "fr")


def test_the_stand_in_answers_as_the_assistant_does() -> None:
    answer = StandIn().ask("Combien de rames compte le dépôt de tramways de Valmont ?")
    assert answer.complete
    for citation in answer.citations:
        assert BY_ID[citation.article_id].text[citation.start : citation.end] == citation.quote
