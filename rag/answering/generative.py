"""Answers in a language model's prose, of which only what the articles bear out is shown; failing that, in quotes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from rag.answering.asking.question import Asked
from rag.answering.prose.dossier import MOST_PASSAGES, Dossier, Draw, harmless, lay_out, random_word
from rag.answering.prose.draft import Draft
from rag.answering.prose.marking import Marked, WrittenLine, is_whole, lines, marked
from rag.answering.prose.proving import Case, prove
from rag.answering.verifying.likeness import Likeness
from rag.errors import ModelError
from rag.index.embedding import Encoder
from rag.language.folding import fold
from rag.llm import Call, Message, Piece, Writer
from rag.llm.prompts import prompt
from rag.llm.troubles import trouble
from rag.schema import Answer, Article, Evidence, Language

MOST_CLAIMS = 8  # shown
MOST_LINES = 24  # read of what a model writes
NO = {"fr": "PAS DE RÉPONSE", "en": "NO ANSWER"}


@dataclass(frozen=True, slots=True)
class ProseMaterial:
    """What an answer can be made of."""

    asked: Asked
    evidence: Sequence[Evidence]  # what was found
    reading: Sequence[Evidence]  # the same, more of its articles, and what the last answer was drawn from: what is read
    articles: Mapping[str, Article]  # by id
    encoder: Encoder


def answer_in_prose(
    material: ProseMaterial,
    writer: Writer,
    call: Call,
    quoted: Callable[[], Iterator[Answer]],
    *,
    draw: Draw = random_word,
) -> Iterator[Answer]:
    """Have the evidence put into prose, and check each line before it is shown.

    Args:
        call: the time that is left for this question.
        quoted: the answer in quotes, which is given when the model fails or nothing it writes is proven.
        draw: makes the random words of the prompt.

    Yields:
        Ever fuller Answers; only the last one is complete. Unproven claims stay in it as data.
    """
    asked, started = material.asked, time.perf_counter()
    fallback = tuple(quoted())
    if not material.evidence:
        yield from fallback
        return
    draft = Draft(
        Answer(asked.text, asked.language, evidence=tuple(material.evidence), mode="generative", complete=False)
    )
    draft.spend("quotes", time.perf_counter() - started)
    yield draft.answer
    try:
        yield from _written(draft, material, writer, call, draw)
        if not draft.lines:
            raise trouble("empty")
    except ModelError as error:
        yield from _in_quotes(fallback, error.told[asked.language], draft)
        return
    if draft.proven:
        yield replace(draft.answer, short=_short(fallback[-1], draft), complete=True)
    elif draft.declined:
        reason = fallback[-1].reason or _NOT_FOUND[asked.language]
        yield replace(draft.answer, abstained=True, reason=reason, complete=True)
    else:
        yield from _in_quotes(fallback, _UNPROVEN[asked.language], draft)


def _written(draft: Draft, material: ProseMaterial, writer: Writer, call: Call, draw: Draw) -> Iterator[Answer]:
    """The answer as it grows, line by line; with half the passages when all are too much for the model."""
    asked, similarity = material.asked, Likeness(material.encoder)
    whole = tuple({found.passage.id: found for found in material.reading}.values())[:MOST_PASSAGES]
    half = whole[: -(-len(whole) // 2)]
    for evidence in (whole, half):
        dossier = lay_out(evidence, material.articles, asked.language, draw)
        case = Case(asked, dossier.marks, material.articles, similarity)
        try:
            with closing(writer.write(_messages(asked, dossier), call)) as pieces:
                written = (WrittenLine(writer.discreet(line.text), line.ended) for line in lines(_timed(pieces, draft)))
                yield from _proven(draft, written, case, call)
            return
        except ModelError as error:
            if error.kind != "too long" or evidence is half:
                raise


def _proven(draft: Draft, written: Iterator[WrittenLine], case: Case, call: Call) -> Iterator[Answer]:
    for line in written:
        if call.over:
            raise trouble("slow", seconds=call.seconds)
        draft.lines += 1
        if not line.ended and draft.ending != "stop" and not is_whole(line.text):
            return  # it was cut off
        said = marked(line.text, case.marks)
        if _says_no(said, case.asked.language):
            draft.declined = True
        elif any(character.isalnum() for character in said.text) and draft.is_new(said.text):
            started = time.perf_counter()
            draft.add(prove(said, case))
            draft.spend("check", time.perf_counter() - started)
            yield draft.answer
        if draft.lines == MOST_LINES or len(draft.proven) == MOST_CLAIMS:
            return


def _messages(asked: Asked, dossier: Dossier) -> tuple[Message, Message]:
    language, no = asked.language, NO[asked.language]
    good, other = dossier.examples
    shown = {"evidence": dossier.text, "fence": dossier.fence, "question": harmless(asked.text, len(asked.text))}
    return (
        Message("system", prompt("rules", language, no=no, good=good, other=other)),
        Message("user", prompt("question", language, no=no, **shown)),
    )


def _timed(pieces: Iterator[Piece], draft: Draft) -> Iterator[str]:
    """The text of the pieces; how long each was waited for and what they count goes into the draft."""
    stage = "first words"
    while True:
        started = time.perf_counter()
        piece = next(pieces, None)
        draft.spend(stage, time.perf_counter() - started)
        if piece is None:
            return
        draft.count(piece)
        if piece.text:
            stage = "write"
            yield piece.text


def _says_no(said: Marked, language: Language) -> bool:
    return fold(said.text).strip(" .!\"'*_«»“”") == fold(NO[language])


def _in_quotes(fallback: Sequence[Answer], why: str, draft: Draft) -> Iterator[Answer]:
    """The answer in quotes, with the reason why it is not in prose, and what the model wrote kept as data."""
    notice = _NOTICE[fallback[-1].language].format(why)
    for answer in fallback:
        shown = replace(answer, notice=notice, seconds=draft.answer.seconds, tokens=draft.answer.tokens)
        yield replace(shown, claims=(*answer.claims, *draft.unproven)) if answer.complete else shown


def _short(quoted: Answer, draft: Draft) -> str | None:
    """The bare answer found in the quotes, when the prose says it too."""
    short = quoted.short
    said = short and any(fold(short) in fold(claim.text) for claim in draft.proven)
    return short if said else None


_NOTICE = {
    "fr": "Réponse faite de citations, sans le modèle de langue : {}.",
    "en": "Answered in quotes, without the language model: {}.",
}
_UNPROVEN = {
    "fr": "les articles ne prouvent rien de ce qu'il a écrit",
    "en": "the articles bear out nothing that it wrote",
}
_NOT_FOUND = {
    "fr": "Le modèle de langue n'a pas trouvé la réponse dans les passages.",
    "en": "The language model did not find the answer in the passages.",
}
