"""Has a language model make a follow-up stand by itself, and keeps at hand what the last answer drew on."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from rag.answering.choosing.addressing import addresses_assistant
from rag.answering.followup import standalone
from rag.answering.prose.dossier import Draw, harmless, random_word
from rag.answering.prose.marking import holds_markup, lines
from rag.errors import ModelError
from rag.language.detection import question_language
from rag.language.folding import fold
from rag.language.sentences import sentence_spans
from rag.language.stop_words import QUESTION_WORDS, STOP_WORDS
from rag.language.words import query_stems, stems, words
from rag.llm import Call, Message, Writer
from rag.llm.prompts import prompt
from rag.schema import Evidence

TURNS = 3  # of the history that a model is shown
LONGEST_TURN = 600  # characters, of its question and of its answer
LONGEST_QUESTION = 500  # characters, as it is asked and as a model may word it
SHARE = 3  # of the time left, one part in so many is for this
LONGEST_ANSWER = 5_000  # characters looked at
MOST_KEPT = 2  # passages of the last answer
DRAWN_ON = 0.6  # share of a sentence's stems that are in a passage it was drawn from


def understood(
    question: str, history: Sequence[tuple[str, str]], writer: Writer | None = None, call: Call | None = None
) -> str:
    """The question as it would be asked with no history: in the words of a model if there is one, else by rule."""
    if writer and call and history and len(question) <= LONGEST_QUESTION:  # a longer one says what it is about
        try:
            written = rewritten(question, history, writer, call)
        except ModelError:  # the answer, which is tried all the same, says why
            written = None
        if written:
            return written
    return standalone(question, history)


def rewritten(
    question: str,
    history: Sequence[tuple[str, str]],
    writer: Writer,
    call: Call,
    *,
    draw: Draw = random_word,
) -> str | None:
    """The question as it would be asked with no history; None when what the model writes cannot be that.

    Args:
        history: earlier turns, oldest first, as (question, answer text); not empty.

    Raises:
        ModelError: the model cannot be used.
    """
    language, fence = question_language(question), draw(12)
    turns = [
        f"{_ASKED[language]} {_shown(asked)}\n{_SAID[language]} {_shown(said)}" for asked, said in history[-TURNS:]
    ]
    shown = {"history": "\n".join([fence, *turns, fence]), "fence": fence, "question": _shown(question)}
    message = Message("user", prompt("standalone", language, **shown))
    with closing(writer.write([message], Call(call.remaining / SHARE))) as pieces:
        first = next(lines(piece.text for piece in pieces), None)
    written = " ".join(writer.discreet(first.text).split()).strip("\"'«»“” ") if first else ""
    return written if _can_stand(written, question, history) else None


def still_cited(said: str, found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Those of the passages found for the last question that its answer was drawn from."""
    said = said[:LONGEST_ANSWER]
    sentences = [frozenset(query_stems(said[start:end])) for start, end in sentence_spans(said)]
    kept = [evidence for evidence in found if _is_drawn_on(evidence, [one for one in sentences if len(one) > 2])]
    return tuple(kept[:MOST_KEPT])


_EMPTY = frozenset[str]().union(*QUESTION_WORDS.values(), *STOP_WORDS.values())
_ASKED = {"fr": "Question :", "en": "Question:"}
_SAID = {"fr": "Réponse :", "en": "Answer:"}


def _shown(text: str) -> str:
    return harmless(text, LONGEST_TURN)


def _can_stand(written: str, question: str, history: Sequence[tuple[str, str]]) -> bool:
    """Whether it still asks the same, and of what was said: no name and no number that nobody has mentioned."""
    if not written or len(written) > LONGEST_QUESTION or holds_markup(written) or addresses_assistant(written):
        return False
    spoken = " ".join([question, *(text[:LONGEST_ANSWER] for turn in history[-TURNS:] for text in turn)])
    known = {fold(word.text) for word in words(spoken)}
    telling = {
        fold(word.text)
        for place, word in enumerate(words(written))
        if any(character.isdigit() for character in word.text) or (place and word.text[:1].isupper())
    }
    asked, kept = set(query_stems(question)) - _EMPTY, set(query_stems(written)) - _EMPTY
    return bool(kept) and telling <= known and 2 * len(asked & kept) >= len(asked)


def _is_drawn_on(evidence: Evidence, sentences: Sequence[frozenset[str]]) -> bool:
    passage = evidence.passage.text
    held = frozenset([*stems(passage, "fr"), *stems(passage, "en")])
    return any(len(sentence & held) >= DRAWN_ON * len(sentence) for sentence in sentences)
