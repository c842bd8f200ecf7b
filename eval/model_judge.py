"""Lets the configured language model judge support, and discards a verdict whose quote stands in no passage."""

from __future__ import annotations

import json
import re
import secrets

from eval.judges import Judge
from rag.errors import ModelError, UsageError
from rag.language.detection import question_language
from rag.language.folding import fold
from rag.llm import Call, Message, Writer, open_writer
from rag.llm.prompts import prompt
from rag.settings import Settings

SUPPORTED = {"supported": True, "partial": False, "contradicted": False, "absent": False}


def model_judge(settings: Settings, llm: object = None) -> Judge:
    """Tier 3: a judge that asks a model.

    Raises:
        UsageError: no model is configured.
    """
    writer = open_writer(settings, llm)
    if writer is None:
        raise UsageError("no language model is configured for this judge; set RAG_LLM=endpoint and RAG_LLM_URL")
    return judge_with(writer, settings.llm_deadline)


def judge_with(writer: Writer, seconds: float) -> Judge:
    """A judge that asks a writer, and waits so long for each verdict."""
    return lambda claim, passages: _verdict(writer, claim, passages, seconds)


def _verdict(writer: Writer, claim: str, passages: tuple[str, ...], seconds: float) -> bool | None:
    """True or false, or None when the model fails, says neither, or proves it with words that no passage holds."""
    fence = secrets.token_hex(6)  # so that no passage can end itself
    text = "\n".join(f"{fence}\n{passage}\n{fence}" for passage in passages)
    asked = prompt("judge", question_language(claim), claim=claim, evidence=text, fence=fence)
    try:
        written = "".join(piece.text for piece in writer.write([Message("user", asked)], Call(seconds)))
    except ModelError:
        return None
    return read_verdict(written, passages)


def read_verdict(written: str, passages: tuple[str, ...]) -> bool | None:
    """The verdict in what a model wrote: an object with `verdict` and `quote`; None when it proves nothing."""
    found = _OBJECT.search(written)
    try:
        row = json.loads(found[0]) if found else {}
    except ValueError:
        return None
    verdict, quote = row.get("verdict"), row.get("quote")
    if verdict not in SUPPORTED or not isinstance(quote, str):
        return None
    if verdict != "absent" and not _stands(quote, passages):
        return None
    return SUPPORTED[verdict]


_OBJECT = re.compile(r"\{[^{}]*\}")


def _stands(quote: str, passages: tuple[str, ...]) -> bool:
    words = " ".join(fold(quote).split())
    return bool(words) and any(words in " ".join(fold(passage).split()) for passage in passages)
