"""Holds every word of an exported conversation, in French and in English."""

from __future__ import annotations

from dataclasses import dataclass

from rag.schema import Language, Verdict


@dataclass(frozen=True, slots=True)
class ExportTexts:
    """An export in one language; braces are blanks for `str.format`."""

    title: str
    made: str
    standalone: str
    failed: str
    differing: dict[str, str]
    verdicts: dict[Verdict, str]
    because: str
    said_by: str
    sources: str
    nearest: str
    place: str
    columns: tuple[str, ...]
    separator: str  # between the cells of a table, as spreadsheets of the language expect it


FRENCH = ExportTexts(
    title="Dépêche : une conversation",
    made="Exporté le {time}. Chaque citation est la copie exacte des caractères indiqués de l’article nettoyé.",
    standalone="Question comprise ainsi : {question}",
    failed="Sans réponse : {trouble}",
    differing={
        "change": "Les sources diffèrent : ce qu’elles disent change avec le temps.",
        "contradiction": "Les sources diffèrent : elles se contredisent.",
    },
    verdicts={
        "quoted": "cité mot pour mot",
        "supported": "appuyé par la citation",
        "unsupported": "sans preuve, non affiché",
    },
    because="{verdict} : {guard}",
    said_by="selon {speaker}",
    sources="Sources",
    nearest="Passages les plus proches, qui ne répondent pas",
    place="article {article}, caractères {start} à {end}",
    columns=(
        *(
            "n°",
            "question",
            "question comprise",
            "réponse brève",
            "phrase",
            "verdict",
            "contrôle",
            "selon",
            "en date de",
        ),
        *("source", "titre", "média", "publié", "adresse", "article", "début", "fin", "citation"),
    ),
    separator=";",
)

ENGLISH = ExportTexts(
    title="Dépêche: a conversation",
    made="Exported on {time}. Each quote is the exact copy of the characters given of the cleaned article.",
    standalone="Question understood as: {question}",
    failed="No answer: {trouble}",
    differing={
        "change": "The sources differ: what they say changes over time.",
        "contradiction": "The sources differ: they contradict each other.",
    },
    verdicts={
        "quoted": "quoted word for word",
        "supported": "supported by the quote",
        "unsupported": "without proof, not shown",
    },
    because="{verdict}: {guard}",
    said_by="according to {speaker}",
    sources="Sources",
    nearest="Nearest passages, which do not answer",
    place="article {article}, characters {start} to {end}",
    columns=(
        *("no.", "question", "understood as", "short answer", "sentence", "verdict", "check", "according to", "as of"),
        *("source", "title", "outlet", "published", "address", "article", "start", "end", "quote"),
    ),
    separator=",",
)

EXPORT_TEXTS: dict[Language, ExportTexts] = {"fr": FRENCH, "en": ENGLISH}
