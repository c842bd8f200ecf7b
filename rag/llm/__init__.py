"""Talks to a language model: messages in, pieces of text out, before a deadline, or one error that says why not."""

from rag.llm.call import Call
from rag.llm.writer import Message, Piece, Writer, open_writer

__all__ = ["Call", "Message", "Piece", "Writer", "open_writer"]
