"""Holds every word of the chat's own interface, in French and in English."""

from __future__ import annotations

from dataclasses import dataclass

from rag.schema import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The interface in one language; braces are blanks for `str.format`."""

    tagline: str
    one_article: str
    many_articles: str
    ask_label: str
    ask_placeholder: str
    send: str
    stop: str
    example_hint: str
    example: str
    question: str
    searching: str
    writing: str
    stopped: str
    failed: str
    too_long: str
    sources: str
    sources_hint: str
    no_sources: str
    earlier_sources: str
    source: str
    nearest: str
    nearest_hint: str
    see_nearest: str
    one_nearest: str
    undated: str
    original: str
    address: str
    whole_article: str
    cut: str
    back: str
    extractive: str
    generative: str
    date_known: dict[str, str]  # Article.published_from -> how the date is known


def interface_language(accepted: str | None) -> Language:
    """The interface's language for an Accept-Language header: English if it comes first, else French."""
    return "en" if (accepted or "").strip().lower().startswith("en") else "fr"


FRENCH = Texts(
    tagline="Posez une question aux articles. Chaque phrase de la réponse est prouvée par une citation exacte.",
    one_article="1 article",
    many_articles="{count} articles",
    ask_label="Votre question",
    ask_placeholder="Qui, quand, combien ?",
    send="Demander",
    stop="Arrêter",
    example_hint="Pour commencer, par exemple :",
    example="Que disent les articles : « {title} » ?",
    question="Question :",
    searching="Je cherche dans les articles…",
    writing="La réponse s’écrit…",
    stopped="Recherche arrêtée. Vous pouvez poser une autre question.",
    failed="La réponse n’a pas pu être établie. Réessayez ; si cela se répète, "
    "le terminal où tourne le programme en dit la cause.",
    too_long="Cette question a {count} caractères, le maximum est {limit}. Raccourcissez-la et posez-la de nouveau.",
    sources="Sources",
    sources_hint="Les preuves s’affichent ici. Chaque numéro dans une réponse mène à la phrase exacte de son article.",
    no_sources="Pas de source pour cette question.",
    earlier_sources="Sources des questions précédentes",
    source="Source {number} : {title}",
    nearest="Passages les plus proches",
    nearest_hint="Ils ne répondent pas à la question, mais en sont les plus proches.",
    see_nearest="Voir les {count} passages les plus proches",
    one_nearest="Voir le passage le plus proche",
    undated="date inconnue",
    original="Lire l’original sur {host}",
    address="Adresse indiquée : {url}",
    whole_article="L’article entier",
    cut="[…]",
    back="Retour à la réponse",
    extractive="citations seules, sans LLM",
    generative="rédigé par un LLM, vérifié",
    date_known={
        "header": "date lue dans l’en-tête",
        "metadata": "date lue dans les métadonnées",
        "dateline": "date lue dans le texte",
        "file name": "date lue dans le nom du fichier",
    },
)

ENGLISH = Texts(
    tagline="Ask the articles a question. Every sentence of the answer is proved by an exact quote.",
    one_article="1 article",
    many_articles="{count} articles",
    ask_label="Your question",
    ask_placeholder="Who, when, how many?",
    send="Ask",
    stop="Stop",
    example_hint="To begin, for example:",
    example="What do the articles say: “{title}”?",
    question="Question:",
    searching="Searching the articles…",
    writing="Writing the answer…",
    stopped="Search stopped. You can ask another question.",
    failed="The answer could not be worked out. Try again; if it happens again, "
    "the terminal that runs the program says why.",
    too_long="This question has {count} characters, the limit is {limit}. Shorten it and ask again.",
    sources="Sources",
    sources_hint="The proof appears here. Each number in an answer leads to the exact sentence of its article.",
    no_sources="No source for this question.",
    earlier_sources="Sources of earlier questions",
    source="Source {number}: {title}",
    nearest="Nearest passages",
    nearest_hint="They do not answer the question, but come closest to it.",
    see_nearest="See the {count} nearest passages",
    one_nearest="See the nearest passage",
    undated="undated",
    original="Read the original at {host}",
    address="Address given: {url}",
    whole_article="The whole article",
    cut="[…]",
    back="Back to the answer",
    extractive="quotes only, no LLM",
    generative="written by an LLM, checked",
    date_known={
        "header": "date from the header",
        "metadata": "date from the metadata",
        "dateline": "date from the text",
        "file name": "date from the file name",
    },
)

TEXTS: dict[Language, Texts] = {"fr": FRENCH, "en": ENGLISH}
