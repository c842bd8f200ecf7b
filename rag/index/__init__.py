"""Keeps the passages of a corpus where they can be found by meaning and by word: Chroma, BM25 and a catalogue."""

from rag.index.home import feedback_file, index_folder
from rag.index.index import Index
from rag.index.soundness import soundness
from rag.index.sync import SyncReport

__all__ = ["Index", "SyncReport", "feedback_file", "index_folder", "soundness"]
