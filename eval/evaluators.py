"""Shows our judges to LlamaIndex as evaluators, and runs LlamaIndex's own where a language model is configured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from llama_index.core.evaluation import CorrectnessEvaluator, FaithfulnessEvaluator, RelevancyEvaluator
from llama_index.core.evaluation.base import BaseEvaluator, EvaluationResult
from llama_index.core.llms import CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata
from llama_index.core.prompts.mixin import PromptDictType
from pydantic import PrivateAttr

from eval.judges import Judge, by_rule
from rag.errors import ModelError
from rag.language.detection import detect_language
from rag.language.sentences import sentence_spans
from rag.llm import Call, Message, Writer


class SupportEvaluator(BaseEvaluator):  # type: ignore[misc]  # llama_index is untyped here
    """Passes a response when a judge finds every sentence borne out by the contexts; the score is their share."""

    def __init__(self, judge: Judge = by_rule) -> None:
        self._judge = judge

    def _get_prompts(self) -> PromptDictType:
        return {}

    def _update_prompts(self, prompts: PromptDictType) -> None:
        """Take no prompts: a judge by rule has none."""

    async def aevaluate(
        self,
        query: str | None = None,
        response: str | None = None,
        contexts: Sequence[str] | None = None,
        **more: Any,
    ) -> EvaluationResult:
        """Do as `evaluate` does; there is nothing to wait for."""
        return self.evaluate(query, response, contexts, **more)

    def evaluate(
        self,
        query: str | None = None,
        response: str | None = None,
        contexts: Sequence[str] | None = None,
        **_ignored: Any,
    ) -> EvaluationResult:
        """Judge each sentence of a response against all contexts."""
        if not response or not contexts:
            return EvaluationResult(query=query, invalid_result=True, invalid_reason="needs a response and contexts")
        spans = sentence_spans(response, detect_language(response) or "fr")
        sentences = [response[start:end] for start, end in spans]
        verdicts = [self._judge(sentence, tuple(contexts)) for sentence in sentences]
        refused = [sentence for sentence, verdict in zip(sentences, verdicts, strict=True) if not verdict]
        return EvaluationResult(
            query=query,
            contexts=contexts,
            response=response,
            passing=not refused,
            score=1 - len(refused) / len(sentences),
            feedback="not borne out: " + " | ".join(refused) if refused else "every sentence is borne out",
        )


class WriterModel(CustomLLM):  # type: ignore[misc]  # the same
    """Our writer as a LlamaIndex model, so that its evaluators keep to the same endpoint, key and deadline."""

    _writer: Writer = PrivateAttr()
    _seconds: float = PrivateAttr()

    def __init__(self, writer: Writer, seconds: float) -> None:
        super().__init__()
        self._writer, self._seconds = writer, seconds

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="writer")

    def complete(self, prompt: str, formatted: bool = False, **_options: Any) -> CompletionResponse:  # noqa: ARG002, FBT001
        """Write what the model writes; an asynchronous call of LlamaIndex comes here as well."""
        pieces = self._writer.write([Message("user", prompt)], Call(self._seconds))
        return CompletionResponse(text="".join(piece.text for piece in pieces))

    def stream_complete(self, prompt: str, formatted: bool = False, **options: Any) -> CompletionResponseGen:  # noqa: FBT001
        """The same at once: no evaluator reads along."""
        yield self.complete(prompt, formatted, **options)


def evaluate_with_model(
    llm: WriterModel, question: str, response: str, contexts: Sequence[str], reference: str
) -> Mapping[str, float | None]:
    """What LlamaIndex's three evaluators say of an answer, by metric; None for what they could not judge.

    Args:
        reference: an accepted answer.
    """
    evaluators = {
        "llamaindex_faithfulness": FaithfulnessEvaluator(llm=llm),
        "llamaindex_relevancy": RelevancyEvaluator(llm=llm),
        "llamaindex_correctness": CorrectnessEvaluator(llm=llm),
    }
    found: dict[str, float | None] = {}
    for name, evaluator in evaluators.items():
        more = {"reference": reference} if name == "llamaindex_correctness" else {}
        try:
            result = evaluator.evaluate(query=question, response=response, contexts=list(contexts), **more)
        except ModelError:
            found[name] = None
        else:
            found[name] = None if result.invalid_result or result.score is None else float(result.score)
    return found
