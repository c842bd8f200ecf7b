"""Tests of composing an answer: agreement on one line, disagreement side by side, lists gathered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from rag import Article
from rag.answering.asking.question import analyse
from rag.answering.choosing.sentences import Candidate, candidates
from rag.answering.composing.composition import Composition, compose
from rag.answering.composing.quoting import quoted
from rag.schema import Evidence, Passage


def article(id: str, published: str | None, text: str, outlet: str = "Le Phare") -> Article:
    return Article.from_text(text, id=id, published=published, outlet=outlet, title="Le port", language="fr")


def sentences(articles: Sequence[Article]) -> list[Candidate]:
    """All sentences of the articles, each article one passage."""
    passages = [Passage(one.id, one.id, 0, len(one.text), one.text) for one in articles]
    return candidates([Evidence(passage, 1.0, 1.0, 1.0) for passage in passages], {one.id: one for one in articles})


def composed(
    question: str,
    articles: Sequence[Article],
    scores: Sequence[float] | None = None,
    further: Sequence[float] | None = None,
    *,
    limit: int = 2,
    confidence: float = 1.0,
) -> Composition:
    """The answer when the sentences are equally good, or as good as `scores` and `further` say."""
    found = sentences(articles)
    if further:
        found = [replace(one, further=chance) for one, chance in zip(found, further, strict=True)]
    asked = analyse(question, lambda stem: 1, 10)
    weighed = np.asarray(scores or [0.9] * len(found), dtype=np.float32)
    *_, last = compose(asked, found, weighed, {one.id: one for one in articles}, limit, confidence=confidence)
    return last


def test_every_quote_and_bare_answer_is_verbatim() -> None:
    articles = [
        article("a", "2031-01-07", "Le port de Valmer emploie 300 marins. Il est ouvert."),
        article("b", "2031-01-08", "Le port de Valmer emploie 300 marins, dit le maire Paul Dorval."),
    ]
    shown = composed("Combien de marins le port de Valmer emploie-t-il ?", articles)
    texts = {one.id: one.text for one in articles}
    for claim in shown.claims:
        for citation in claim.citations:
            assert texts[citation.article_id][citation.start : citation.end] == citation.quote
            if citation.bare:
                assert citation.start <= citation.bare[0] < citation.bare[1] <= citation.end
    assert shown.short == "300 marins"


def test_a_brief_sentence_goes_before_a_long_one_that_is_hardly_better() -> None:
    long = "Le maire, qui revenait de Brenne avec trente élus, deux pêcheurs et un orchestre, " * 4 + "aime le port."
    articles = [article("a", "2031-01-07", f"{long} Le maire veut vendre la jetée.")]
    question = "Que veut le maire ?"
    assert composed(question, articles, [0.9, 0.8]).claims[0].text == "Le maire veut vendre la jetée."
    assert composed(question, articles, [0.9, 0.7]).claims[0].text == long


def test_the_number_on_which_sources_agree_stays_first() -> None:
    long = (
        "Le maire, qui revenait de Brenne avec trente élus et un orchestre, " * 4 + "aime les marins du port de Valmer."
    )
    number = "Le port de Valmer emploie 300 marins, dit le maire lors de la première réunion publique de l'année."
    articles = [article("a", "2031-01-07", f"{long} {number} Le port emploie des marins.")]
    shown = composed("Combien de marins le port de Valmer emploie-t-il ?", articles, [0.9, 0.8, 0.85])
    assert shown.claims[0].text == number
    assert shown.short == "300 marins"


def test_sources_that_agree_share_a_line_and_do_not_differ() -> None:
    articles = [
        article("a", "2031-01-07", "Le port de Valmer emploie 1 300 marins."),
        article("b", "2031-01-08", "Le port de Valmer emploie mille trois cents marins.", "La Vigie"),
    ]
    shown = composed("Combien de marins le port de Valmer emploie-t-il ?", articles)
    assert shown.differing is None
    assert {citation.article_id for citation in shown.claims[0].citations} == {"a", "b"}
    assert [citation.number for claim in shown.claims for citation in claim.citations] == [1, 2]


def test_a_mistake_that_an_article_mends_is_quoted_with_what_is_right() -> None:
    text = "Nous avons écrit mardi que le pont de Valmer mesure 500 mètres. Il fallait lire 50 mètres. La foire dure."
    shown = composed("Quelle est la longueur du pont de Valmer ?", [article("a", "2031-01-07", text)], [0.9, 0.1])
    assert shown.claims[0].text.endswith("Il fallait lire 50 mètres.")
    assert "500 mètres. Il fallait" in shown.claims[0].text


def test_what_somebody_else_says_against_a_statement_is_no_mending_of_it() -> None:
    text = "« Nous avons annoncé que le pont de Valmer mesure 500 mètres », dit le maire. En réalité, le vent se lève."
    shown = composed("Quelle est la longueur du pont de Valmer ?", [article("a", "2031-01-07", text)], [0.9, 0.1])
    assert "500 mètres" in shown.claims[0].text
    assert "vent" not in shown.claims[0].text


def test_of_two_numbers_that_a_sentence_sets_against_each_other_neither_is_bare() -> None:
    question = "Combien de personnes ont été évacuées du port de Valmer ?"
    told = "Les pompiers parlent de 34 personnes évacuées du port de Valmer"
    assert composed(question, [article("a", "2031-01-07", f"{told}, quand le maire en compte 31.")]).short is None
    assert (
        composed(question, [article("a", "2031-01-07", f"{told}, dont 31 enfants.")]).short == "34 personnes évacuées"
    )


def test_what_a_plan_came_to_is_told_first_when_the_end_is_asked_for() -> None:
    articles = [
        article("a", "2031-01-07", "Le pont de Valmer coûtera 30 millions d'euros."),
        article("b", "2033-01-07", "Le pont de Valmer a coûté 42 millions d'euros."),
    ]
    shown = composed("Combien le pont de Valmer a-t-il coûté au bout du compte ?", articles, [0.9, 0.5])
    assert shown.short == "42 millions d'euros"
    assert composed("Combien le pont de Valmer coûtera-t-il ?", articles, [0.9, 0.5]).short == "30 millions d'euros"


def test_a_value_that_changed_is_shown_oldest_first_and_neither_is_the_bare_answer() -> None:
    articles = [
        article("new", "2032-06-07", "Le port de Valmer emploie désormais 250 marins."),
        article("old", "2031-01-07", "Le port de Valmer emploie 300 marins."),
    ]
    shown = composed("Combien de marins le port de Valmer emploie-t-il ?", articles)
    assert shown.differing == "change"
    assert [str(claim.as_of) for claim in shown.claims] == ["2031-01-07", "2032-06-07"]
    assert shown.short is None


def test_who_asks_for_the_latest_gets_the_latest_alone() -> None:
    articles = [
        article("old", "2031-01-07", "Le port de Valmer emploie 300 marins."),
        article("new", "2032-06-07", "Le port de Valmer emploie désormais 250 marins."),
    ]
    shown = composed("Combien de marins le port de Valmer emploie-t-il aujourd'hui ?", articles)
    assert shown.differing is None
    assert shown.short == "250 marins"
    assert shown.claims[0].citations[0].article_id == "new"


def test_two_sides_of_one_day_contradict_each_other_and_neither_is_the_bare_answer() -> None:
    articles = [
        article("a", "2031-01-07", "Selon la préfecture, 900 personnes ont manifesté à Valmer."),
        article("b", "2031-01-07", "Selon les syndicats, 2 500 personnes ont manifesté à Valmer.", "La Vigie"),
    ]
    shown = composed("Combien de personnes ont manifesté à Valmer ?", articles)
    assert shown.differing == "contradiction"
    assert {claim.speaker for claim in shown.claims} == {"la préfecture", "les syndicats"}
    assert shown.short is None


def test_a_list_is_gathered_from_all_sentences_each_item_once() -> None:
    articles = [
        article("a", "2031-01-07", "La Grèce et Malte participent à la manœuvre."),
        article("b", "2031-01-08", "Malte participe à la manœuvre de mai.", "La Vigie"),
        article("c", "2031-01-09", "Le Portugal participe aussi à cette manœuvre navale.", "La Vigie"),
    ]
    shown = composed("Quels pays participent à la manœuvre ?", articles)
    assert shown.short is not None
    assert [country in shown.short for country in ("Grèce", "Malte", "Portugal")] == [True] * 3
    assert shown.short.count("Malte") == 1


def test_a_much_worse_sentence_is_not_shown() -> None:
    articles = [article("a", "2031-01-07", "Le maire ouvre la foire du port. La pluie tombe sur la ville de Valmer.")]
    shown = composed("Que fait le maire ?", articles, [0.9, 0.1])
    assert [claim.text for claim in shown.claims] == ["Le maire ouvre la foire du port."]


def test_what_likely_answers_too_goes_before_what_only_scores_better() -> None:
    text = "Le maire accuse la pluie. Le port avait ouvert à midi. La faute est au vent, dit le préfet."
    articles = [article("a", "2031-01-07", text)]
    question, scores = "Pourquoi le port a-t-il fermé ?", [0.9, 0.75, 0.5]
    best, better, likely = text.split(". ")
    shown = composed(question, articles, scores, further=[0.0, 0.01, 0.2])
    assert [claim.text.rstrip(".") for claim in shown.claims] == [best, likely.rstrip(".")]
    shown = composed(question, articles, scores)
    assert [claim.text.rstrip(".") for claim in shown.claims] == [best, better]


def test_what_is_less_likely_is_shown_last_and_aside() -> None:
    text = "Le maire accuse la pluie. Le port avait ouvert à midi. La faute est au vent, dit le préfet."
    articles = [article("a", "2031-01-07", text)]
    shown = composed("Pourquoi le port a-t-il fermé ?", articles, [0.9, 0.75, 0.8], further=[0.0, 0.0, 0.15], limit=3)
    assert [(claim.text.split()[1], claim.aside) for claim in shown.claims] == [
        ("maire", False),
        ("faute", False),
        ("port", True),
    ]


def test_all_of_an_answer_is_less_sure_where_its_confidence_is_low() -> None:
    articles = [article("a", "2031-01-07", "Le maire accuse la pluie. La faute est au vent, dit le préfet.")]
    for confidence, aside in ((0.5, True), (0.7, False)):
        shown = composed("Que dit le maire ?", articles, [0.9, 0.9], confidence=confidence)
        assert {claim.aside for claim in shown.claims} == {aside}


def test_the_sentence_before_is_left_out_where_it_pushes_the_number_too_far_down() -> None:
    long = "Le maire " + "et le préfet " * 20 + "ont parlé du port."
    for before in ("Le maire a parlé du port.", long):
        articles = [article("a", "2031-01-07", f"{before} Il emploie 300 marins.")]
        shown = composed("Combien de marins le port emploie-t-il ?", articles, [0.1, 0.9])
        assert shown.claims[0].text.startswith("Il emploie" if before == long else "Le maire")


def test_a_reply_to_what_is_less_sure_stands_with_it() -> None:
    articles = [
        article("a", "2031-01-07", "Le maire accuse la pluie du matin."),
        article("b", "2031-01-08", "Le maire parle du vent de mer. La direction du port dément ses propos."),
    ]
    shown = composed("Que dit le maire ?", articles, [0.9, 0.8, 0.1])
    assert [(claim.text.split()[1], claim.aside) for claim in shown.claims] == [
        ("maire", False),
        ("maire", True),
        ("direction", True),
    ]


def test_a_denial_of_what_is_asked_the_reason_of_is_shown_first() -> None:
    text = "Le préfet a expliqué que le port coûte cher. Le maire n'a pas l'intention de fermer le port."
    articles = [article("a", "2031-01-07", text)]
    shown = composed("Pourquoi le maire ferme-t-il le port ?", articles, [0.9, 0.8])
    assert shown.claims[0].text.startswith("Le maire n'a pas")


def test_beside_a_sure_bare_answer_only_what_likely_answers_too_is_shown() -> None:
    text = "Le port de Valmer emploie 300 marins. Les marins du port de Brenne chantent bien."
    articles = [article("a", "2031-01-07", text)]
    counted, told = "Combien de marins le port de Valmer emploie-t-il ?", "Que fait le port de Valmer ?"
    assert len(composed(counted, articles, [0.9, 0.5], further=[0.0, 0.1]).claims) == 1
    assert len(composed(counted, articles, [0.9, 0.5], further=[0.0, 0.2]).claims) == 2
    assert len(composed(told, articles, [0.9, 0.5], further=[0.0, 0.1]).claims) == 2


@pytest.mark.parametrize("question", ["Combien ?", "Quels pays ?", "Le port est-il ouvert ?", "?"])
def test_any_question_gets_something_from_any_sentence(question: str) -> None:
    assert composed(question, [article("a", None, "La pluie tombe sur la ville de Valmer.")]).claims


def test_a_yes_or_no_question_is_met_with_the_reply_too() -> None:
    text = (
        "Selon le maire Paul Dorval, les secours sont arrivés bien trop tard à Valmer. "
        "La nuit était claire et la mer était calme ce soir-là. Le port était plein. "
        "« Tout est parti à l'heure », répond la préfète Anne Lemaire."
    )
    shown = composed(
        "Les secours sont-ils arrivés trop tard ?", [article("a", "2031-01-07", text)], [0.9, 0.5, 0.4, 0.1]
    )
    assert [claim.speaker for claim in shown.claims[:2]] == ["le maire Paul Dorval", "la préfète Anne Lemaire"]


def test_a_number_is_met_with_the_one_that_the_next_sentence_sets_against_it() -> None:
    text = (
        "Le cortège a réuni 4 200 personnes à Valmer, d'après la préfecture. Les organisateurs en revendiquent 9 000. "
        "Le maire, lui, est parti tôt. La pluie n'est pas tombée."
    )
    question = "Combien de personnes ont défilé à Valmer ?"
    shown = composed(question, [article("a", "2031-01-07", text)], [0.9, 0.1, 0.1, 0.1])
    assert [claim.text for claim in shown.claims] == [
        "Le cortège a réuni 4 200 personnes à Valmer, d'après la préfecture.",
        "Les organisateurs en revendiquent 9 000.",
    ]
    assert (shown.differing, shown.short) == ("contradiction", None)


def test_a_number_of_something_else_disputes_nothing() -> None:
    text = "L'épave de Valmer gît par 42 mètres de fond. Le journal, qui avait identifié 33 marins, en compte 36."
    shown = composed("À quelle profondeur gît l'épave de Valmer ?", [article("a", "2031-01-07", text)], [0.9, 0.1])
    assert shown.differing is None


def test_a_sentence_that_an_article_prints_twice_is_shown_once() -> None:
    said = "Un pilote assure que le port de Valmer est sûr."
    text = f"{said} Le vent souffle fort et la mer reste grise devant la jetée. Le maire, lui, le conteste. {said}"
    shown = composed("Le port de Valmer est-il sûr ?", [article("a", "2031-01-07", text)], [0.9, 0.1, 0.8, 0.9])
    told = [claim.text for claim in shown.claims]
    assert sum(said in one for one in told) == 1
    assert any("conteste" in one for one in told)


def test_a_sentence_that_another_article_prints_alone_is_not_shown_again() -> None:
    articles = [
        article("a", "2031-01-07", "«Nous fermons le port de Valmer la nuit.» Cela protège les marins, dit le maire."),
        article(
            "b", "2031-01-08", "«Nous fermons le port de Valmer la nuit. La mer est haute devant la jetée.", "La Vigie"
        ),
    ]
    shown = composed("Que fait le maire de Valmer ?", articles, [0.1, 0.9, 0.8, 0.1])
    assert [claim.text for claim in shown.claims] == [articles[0].text]


def test_who_asks_for_the_number_of_one_source_gets_it_bare() -> None:
    text = (
        "Le cortège a réuni 4 200 personnes à Valmer, d'après la préfecture. Les organisateurs en revendiquent 9 000."
    )
    question = "Combien de personnes ont défilé à Valmer, selon la préfecture ?"
    shown = composed(question, [article("a", "2031-01-07", text)], [0.9, 0.1])
    assert (shown.differing, shown.short) == (None, "4 200 personnes")


def test_a_reply_takes_no_place_from_the_best_sentences() -> None:
    text = (
        "Selon le maire Paul Dorval, la digue a cédé sous la houle. La préfète Anne Lemaire dément et accuse la ville. "
        "La houle était de six mètres et la digue de Valmer avait cent ans."
    )
    shown = composed("Pourquoi la digue a-t-elle cédé ?", [article("a", "2031-01-07", text)], [0.9, 0.1, 0.8])
    assert len(shown.claims) == 3
    assert "dément" in shown.claims[1].text


def test_a_reply_that_leans_on_what_is_shown_is_quoted_with_it() -> None:
    text = "Le port de Valmer ferme le quai, dit le maire Paul Dorval. Anne Lemaire soutient le contraire."
    found = article("a", "2031-01-07", text)
    shown = composed("Le port de Valmer ferme-t-il le quai ?", [found], [0.9, 0.1])
    assert [claim.text for claim in shown.claims] == [text]
    assert shown.claims[0].speaker is None  # two say it
    assert shown.claims[0].citations[0].quote == text


def test_each_of_the_sides_has_its_reply() -> None:
    articles = [
        article(
            "a", "2031-01-07", "Le port de Valmer emploie 300 marins. « Nous en sommes à 260 », répond Anne Lemaire."
        ),
        article("b", "2031-06-07", "Le port de Valmer emploie désormais 200 marins."),
    ]
    shown = composed("Combien de marins le port de Valmer emploie-t-il ?", articles, [0.9, 0.02, 0.8])
    assert shown.differing == "change"
    assert [number for claim in shown.claims for number in ("300", "260", "200") if number in claim.text] == [
        "300",
        "260",
        "200",
    ]


def test_each_sentence_that_is_shown_has_its_reply() -> None:
    text = (
        "La grève de Valmer coûte 3 millions. Le port a fermé trois jours en mars dernier, au plus fort de la grève. "
        "En juin, la direction parle de 9 millions pour la grève de Valmer. Le syndicat s'en tient à 5 millions."
    )
    shown = composed("Combien coûte la grève de Valmer ?", [article("a", "2031-01-07", text)], [0.9, 0.1, 0.8, 0.1])
    assert "s'en tient à 5 millions" in shown.claims[-1].text


def test_what_a_distant_reply_answers_is_shown_with_it() -> None:
    text = (
        "Le quai de Valmer pouvait-il être fermé ? Les navires y entraient encore lundi soir. "
        "Oui, selon un avis du cabinet Dorval. Non, répond le port, qui craint un procès."
    )
    shown = composed("Le quai pouvait-il être fermé ?", [article("a", "2031-01-07", text)], [0.9, 0.1, 0.1, 0.1])
    told = " ".join(claim.text for claim in shown.claims)
    assert "Oui, selon un avis" in told
    assert "Non, répond le port" in told


def test_somebody_elses_word_beside_it_is_a_reply_to_yes_or_no() -> None:
    text = (
        "« La mission de Valmer a évité la guerre », plaide Anne Lemaire. "
        "« Elle a surtout gardé ses camps », dit le député Paul Dorval."
    )
    found = article("a", "2031-01-07", text)
    assert "Dorval" in composed("La mission a-t-elle évité la guerre ?", [found], [0.9, 0.1]).claims[-1].text
    assert len(composed("Qui a évité la guerre ?", [found], [0.9, 0.1]).claims) == 1


def test_a_reply_that_counts_something_else_does_not_dispute_the_number() -> None:
    told = "La police a arrêté 40 marins à Valmer lundi. Le syndicat, lui, {}."
    question = "Combien de marins ont été arrêtés à Valmer ?"
    other = composed(question, [article("a", "2031-01-07", told.format("compte 30 navires bloqués"))], [0.9, 0.1])
    same = composed(question, [article("a", "2031-01-07", told.format("en compte 30"))], [0.9, 0.1])
    assert other.differing is None
    assert same.differing == "contradiction"


def test_of_a_cause_only_the_sentence_beside_it_is_a_reply() -> None:
    text = (
        "Selon le maire Paul Dorval, la digue a cédé sous la houle. Le port de Valmer est fermé depuis lundi matin. "
        "La préfète Anne Lemaire dément toute démission."
    )
    shown = composed("Pourquoi la digue a-t-elle cédé ?", [article("a", "2031-01-07", text)], [0.9, 0.1, 0.1])
    assert len(shown.claims) == 1


def test_what_the_model_did_not_weigh_may_tell_another_side() -> None:
    articles = [
        article("a", "2031-01-07", "Selon la préfecture, 900 personnes ont manifesté à Valmer."),
        article("b", "2031-01-07", "Selon les syndicats, 2 500 personnes ont manifesté à Valmer.", "La Vigie"),
    ]
    first, second = sentences(articles)
    asked = analyse("Combien de personnes ont manifesté à Valmer ?", lambda stem: 1, 10)
    by_id = {one.id: one for one in articles}
    weighed = np.asarray([0.9], dtype=np.float32)
    *_, alone = compose(asked, [first], weighed, by_id, limit=2)
    *_, both = compose(asked, [first], weighed, by_id, limit=2, others=[first, second])
    assert alone.differing is None
    assert both.differing == "contradiction"
    assert len(both.claims) == 2


def test_the_other_side_is_looked_for_among_all_sentences_that_were_weighed() -> None:
    filler = [article(f"f{n}", "2031-01-07", f"La gare numéro {n} du port de Valmer sera repeinte.") for n in range(16)]
    articles = [
        article("a", "2031-01-07", "Le Danemark n'a pas l'intention de retirer ses soldats de Valmer."),
        *filler,
        article("b", "2031-03-25", "Les soldats danois se sont retirés de Valmer, a déclaré un général.", "La Vigie"),
    ]
    shown = composed("Le Danemark a-t-il retiré ses soldats de Valmer ?", articles, [0.9, *[0.6] * 16, 0.1])
    assert shown.differing == "change"
    assert {claim.citations[0].article_id for claim in shown.claims} == {"a", "b"}


def test_of_those_that_tell_an_amount_the_latest_stands_first_where_the_latest_state_is_asked_for() -> None:
    articles = [
        article("a", "2031-01-07", "Le fonds du port de Valmer est doté de 900 millions d'euros, dit le maire."),
        article("b", "2032-05-08", "Promis par le maire, le fonds a fondu : il reste 650 millions d'euros à Valmer."),
        article("c", "2033-05-08", "Le fonds est à Valmer."),
    ]
    asked = "De combien est {}doté le fonds de Valmer ?"
    plain, final = (composed(asked.format(state), articles, [0.9, 0.6, 0.5]) for state in ("", "finalement "))
    assert plain.claims[0].citations[0].article_id == "a"
    assert final.claims[0].citations[0].article_id == "b"


@pytest.mark.parametrize(
    ("before", "leaning"),
    [
        ("Le feu est-il parti du quai ?", "Le préfet Paul Dorval l'affirme."),
        ("Le feu est parti du quai, dit la police.", "L'avocat du port le conteste."),
        ("Le feu est parti du quai, dit la police.", "L'avocat du port dément."),
        ("Le feu est-il parti du quai ?", "Oui, répond la police du port."),
        ("Le feu est-il parti du quai ?", "Pour la police du port, oui : deux mèches y étaient."),
        ("The fire began on the quay, police say.", "The port denied it."),
    ],
)
def test_a_sentence_that_only_says_yes_or_no_is_quoted_with_what_it_speaks_to(before: str, leaning: str) -> None:
    text = f"{before} {leaning}"
    found = [one for one in sentences([article("a", "2031-01-07", text)]) if one.text == leaning]
    assert quoted(found[0], article("a", "2031-01-07", text), 1).text == text


@pytest.mark.parametrize(
    "alone",
    [
        "Le préfet dément toute faute.",
        "Selon l'affirmation du maire, tout va bien.",
        "The ministry confirmed that 12 people died in Valmer.",
        "A Valmer, le maintien de l'ordre a coûté 3 millions d'euros.",
        "L'assuré doit payer 300 euros de plus.",
        "Le scrutin du 5 mai reste contesté.",
        "No. 10 said that the prime minister would resign.",
        "Douze personnes sont mortes, comme l'a confirmé Paul Dorval.",
    ],
)
def test_a_sentence_that_says_what_is_denied_is_quoted_alone(alone: str) -> None:
    found = sentences([article("a", "2031-01-07", f"Le feu est parti du quai. {alone}")])
    assert quoted(found[1], article("a", "2031-01-07", f"Le feu est parti du quai. {alone}"), 1).text == alone


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "« Nous restons. Rien ne change », a dit le maire. Il pleut.",
            "« Nous restons. Rien ne change », a dit le maire.",
        ),
        (
            '"Nous restons. Rien ne change", a dit le maire. Il pleut.',
            '"Nous restons. Rien ne change", a dit le maire.',
        ),
        ("« Nous restons. Rien ne change. Tout va bien », dit-il.", "« Nous restons."),  # closed too far on
        ("« Nous restons.\nRien ne change », a dit le maire.", "« Nous restons."),  # in another paragraph
        ("« Nous restons », a dit le maire. Rien ne change.", "« Nous restons », a dit le maire."),
        ("Nous restons. Rien ne change », a dit le maire.", "Nous restons."),  # begun before
    ],
)
def test_a_quotation_is_quoted_to_its_end_where_the_next_sentence_closes_it(text: str, quote: str) -> None:
    told = article("a", "2031-01-07", text.replace("Nous restons", "Nous restons tous à Valmer"))
    shown = quoted(sentences([told])[0], told, 1)
    assert shown.text == quote.replace("Nous restons", "Nous restons tous à Valmer")
    assert shown.text == told.text[shown.citations[0].start : shown.citations[0].end]


def test_the_date_of_what_befell_somebody_else_is_no_other_side() -> None:
    question = "Quand la reine Aline est-elle morte ?"
    first = "La reine Aline est morte le 8 septembre au port."
    other = "La reine Victoria est morte en 1901 à Kerlouan."
    told = "La reine est morte le 2 août au port, dit le palais."
    articles = [
        article("a", "2031-09-17", f"{first} La reine avait 96 ans."),
        article("b", "2031-09-19", f"La reine Aline repose au port. {other}"),
    ]
    shown = composed(question, articles)
    assert shown.differing is None
    articles[1] = article("b", "2031-09-19", f"La reine Aline repose au port. {told}")
    assert composed(question, articles).differing is not None
