"""What a click asks for is done once it has been checked: an opinion is kept, a conversation becomes a file."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest
from ui_parsed import Parsed
from ui_stand_in import StandIn

from rag import Article, Assistant
from ui.acts import LONGEST_WORD, judge, saved
from ui.conversations import Conversation
from ui.examples import examples
from ui.newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    assistant = StandIn()
    assistant.place = tmp_path / "articles.jsonl"
    return Newsroom(assistant)


@pytest.fixture
def held() -> Conversation:
    conversation = Conversation()
    turn = conversation.begin("Combien de rames compte le dépôt de tramways ?")
    conversation.put(replace(turn, answer=StandIn().ask(turn.question)))
    conversation.begin("Une autre ?")
    return conversation


def test_an_opinion_is_kept_with_its_word_as_one_line(newsroom: Newsroom, held: Conversation) -> None:
    judge({"turn": "1", "liked": "no", "why": "trop\nlong\u202e" + "x" * 1_000}, held, newsroom)
    assert newsroom.feedback is not None
    (line,) = newsroom.feedback.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["liked"] is False
    turn = held.turn(1)
    assert turn is not None
    assert (turn.liked, len(turn.why)) == (False, LONGEST_WORD)


@pytest.mark.parametrize("data", [{}, {"turn": "2", "liked": "yes"}, {"turn": "99"}, {"turn": ["1"]}], ids=str)
def test_no_opinion_is_kept_of_what_is_no_answer(
    newsroom: Newsroom, held: Conversation, data: dict[str, object]
) -> None:
    judge(data, held, newsroom)
    assert newsroom.feedback is not None
    assert not newsroom.feedback.exists()


def test_without_a_place_for_it_no_opinion_is_kept(held: Conversation) -> None:
    judge({"turn": "1", "liked": "yes"}, held, Newsroom(StandIn()))
    assert held.turns[0].liked is None


@pytest.mark.parametrize("kind", ["md", "html", "csv"])
def test_a_conversation_becomes_a_file_inside_a_link(held: Conversation, kind: str) -> None:
    ((_, link),) = Parsed(saved(kind, held, "fr", number=1)).elements
    assert link["download"] == f"depeche.{kind}"
    kept = base64.b64decode(str(link["href"]).partition(";base64,")[2]).decode()
    assert "42 rames" in kept


@pytest.mark.parametrize("kind", [None, "exe", ["md"], "../md"], ids=repr)
def test_an_unknown_kind_of_file_is_not_made(held: Conversation, kind: object) -> None:
    assert saved(kind, held, "fr", number=1) == ""


def test_examples_are_questions_that_the_articles_answer() -> None:
    assistant = StandIn()
    shown = examples(assistant, "fr", 3)
    assert shown[0] == "Combien de rames neuves\u202f?"
    assert not any(assistant.ask(question).abstained for question in shown)


def test_examples_are_on_countries_people_and_months_and_none_is_declined() -> None:
    text = "La flotte compte 30 soldats danois et 40 soldats embarqués. Anne Berg a parlé. « Oui », a dit Anne Berg."
    articles = [Article.from_text(text, id="a", published="2031-05-07", language="fr", title="La flotte")]
    with Assistant.from_articles(articles) as assistant:
        shown = examples(assistant, "fr", 5)
        assert shown[0] == "Combien de soldats danois\u202f?"
        assert not any(assistant.ask(question).abstained for question in shown)
        assert not any("La flotte" in question for question in shown)


def test_examples_are_made_of_hostile_titles_too_but_of_no_article_none() -> None:
    assert examples(StandIn(()), "en", 3) == ()
    assert all("\u202e" not in question for question in examples(StandIn(), "en", 3))
