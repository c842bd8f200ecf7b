"""Holds every word of the page itself, in French and in English; the tabs beside the chat hold their own."""

from __future__ import annotations

from dataclasses import dataclass

from rag.schema import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The interface in one language; braces are blanks for `str.format`."""

    # The page
    tagline: str
    one_article: str
    many_articles: str
    tab_chat: str
    tab_corpus: str
    tab_check: str
    # Asking
    ask_label: str
    ask_placeholder: str
    send: str
    stop: str
    new: str
    export: str
    example_hint: str
    example: str
    how_many: str
    who: str
    happened: str
    controls: str
    since: str
    until: str
    as_of: str
    date_hint: str
    outlets: str
    passages: str
    manner: str
    manner_llm: str
    manner_quotes: str
    interface: str
    told_since: str
    told_until: str
    told_as_of: str
    bad_date: str
    bad_window: str
    # Turns
    question: str
    within: str
    standalone: str
    correct: str
    searching: str
    writing: str
    stopped: str
    interrupted: str
    failed: str
    too_long: str
    copy: str
    copied: str
    like: str
    dislike: str
    why: str
    send_why: str
    thanks: str
    not_kept: str
    one_dropped: str
    many_dropped: str
    change: str
    contradiction: str
    told_by: str
    extractive: str
    generative: str
    milliseconds: str
    seconds: str
    # Sources
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
    read: str
    back: str
    # The reader
    reading: str
    previous: str
    next: str
    close: str
    cut: str
    gone: str
    changed: str
    removed: str
    removed_hint: str
    date_known: dict[str, str]  # Article.published_from -> how the date is known
    guards: dict[str, str]  # Claim.guard -> what was wrong with a claim


def interface_language(accepted: str | None) -> Language:
    """The interface's language for an Accept-Language header: English if it comes first, else French."""
    return "en" if (accepted or "").strip().lower().startswith("en") else "fr"


FRENCH = Texts(
    tagline="Posez une question aux articles. Chaque phrase de la réponse est prouvée par une citation exacte.",
    one_article="1 article",
    many_articles="{count} articles",
    tab_chat="Questions",
    tab_corpus="Articles",
    tab_check="Vérifier",
    ask_label="Votre question",
    ask_placeholder="Qui, quand, combien ?",
    send="Demander",
    stop="Arrêter",
    new="Nouvelle conversation",
    export="Exporter :",
    example_hint="Pour commencer, par exemple :",
    example="Que disent les articles : « {title} » ?",
    how_many="Combien {noun} ?",
    who="Qui est {name} ?",
    happened="Que s’est-il passé en {month} ?",
    controls="Dates, titres de presse, langue",
    since="Publié depuis",
    until="Publié jusqu’à",
    as_of="Su à la date du",
    date_hint="2020-01",
    outlets="Titres de presse",
    passages="Passages lus",
    manner="Réponses",
    manner_llm="rédigées par le LLM, vérifiées",
    manner_quotes="citations seules",
    interface="Langue de l’interface",
    told_since="depuis {date}",
    told_until="jusqu’à {date}",
    told_as_of="comme on le savait : {date}",
    bad_date="« {text} » n’est pas une date. Écrivez 2020, 2020-01 ou 2020-01-07.",
    bad_window="La première date est après la dernière. Échangez-les.",
    question="Question :",
    within="Recherche limitée :",
    standalone="Question comprise ainsi :",
    correct="Corriger",
    searching="Je cherche dans les articles…",
    writing="La réponse s’écrit…",
    stopped="Recherche arrêtée. Vous pouvez poser une autre question.",
    interrupted="La page a été quittée pendant la recherche. Posez la question de nouveau.",
    failed="La réponse n’a pas pu être établie. Réessayez ; si cela se répète, "
    "le terminal où tourne le programme en dit la cause.",
    too_long="Cette question a {count} caractères, le maximum est {limit}. Raccourcissez-la et posez-la de nouveau.",
    copy="Copier",
    copied="Copié",
    like="Utile",
    dislike="À revoir",
    why="Un mot pour dire pourquoi (facultatif)",
    send_why="Noter",
    thanks="Noté, merci.",
    not_kept="L’avis n’a pas pu être enregistré. Le terminal où tourne le programme en dit la cause.",
    one_dropped="1 phrase retirée, faute de preuve",
    many_dropped="{count} phrases retirées, faute de preuve",
    change="Ce qui change avec le temps",
    contradiction="Les sources se contredisent",
    told_by="selon {speaker}",
    extractive="extractif (sans LLM)",
    generative="rédigé par un LLM, vérifié",
    milliseconds="{count} ms",
    seconds="{count} s",
    sources="Sources",
    sources_hint="Les preuves s’affichent ici. Chaque numéro dans une réponse mène à la phrase exacte de son article.",
    no_sources="Pas de source pour cette question.",
    earlier_sources="Sources des questions précédentes",
    source="Source {number} : {title}",
    nearest="Passages les plus proches",
    nearest_hint="Ils ne répondent pas à la question, mais en sont les plus proches.",
    see_nearest="Voir les {count} passages les plus proches",
    one_nearest="Voir le passage le plus proche",
    undated="date inconnue",
    original="Lire l’original sur {host}",
    address="Adresse indiquée : {url}",
    read="Ouvrir l’article",
    back="Retour à la réponse",
    reading="Source {number} sur {count}",
    previous="Source précédente",
    next="Source suivante",
    close="Fermer l’article",
    cut="[…]",
    gone="Cet article n’est plus dans la collection. Voici la citation telle qu’elle y était.",
    changed="Cet article a changé depuis la réponse. Voici la citation telle qu’elle y était, puis le texte actuel.",
    removed="Ce que le nettoyage a retiré ({count})",
    removed_hint="Ces morceaux du fichier ne font pas partie de l’article ; aucune réponse n’en est tirée.",
    date_known={
        "header": "date lue dans l’en-tête",
        "metadata": "date lue dans les métadonnées",
        "dateline": "date lue dans le texte",
        "file name": "date lue dans le nom du fichier",
    },
    guards={
        "evidence": "aucun passage ne la dit",
        "numbers": "un nombre n’est pas celui de l’article",
        "dates": "une date n’est pas celle de l’article",
        "names": "un nom n’est pas dans l’article",
        "polarity": "la négation n’est pas celle de l’article",
        "opposites": "l’article dit le contraire",
        "hedges": "ce que l’article donne pour incertain y est affirmé",
        "attribution": "celui qui parle n’est pas nommé",
        "roles": "quelqu’un y tient le rôle d’un autre",
    },
)

ENGLISH = Texts(
    tagline="Ask the articles a question. Every sentence of the answer is proved by an exact quote.",
    one_article="1 article",
    many_articles="{count} articles",
    tab_chat="Questions",
    tab_corpus="Articles",
    tab_check="Check",
    ask_label="Your question",
    ask_placeholder="Who, when, how many?",
    send="Ask",
    stop="Stop",
    new="New conversation",
    export="Export:",
    example_hint="To begin, for example:",
    example="What do the articles say: “{title}”?",
    how_many="How many {noun}?",
    who="Who is {name}?",
    happened="What happened in {month}?",
    controls="Dates, outlets, language",
    since="Published since",
    until="Published until",
    as_of="As known on",
    date_hint="2020-01",
    outlets="Outlets",
    passages="Passages read",
    manner="Answers",
    manner_llm="written by the LLM, checked",
    manner_quotes="quotes only",
    interface="Language of the interface",
    told_since="since {date}",
    told_until="until {date}",
    told_as_of="as known on {date}",
    bad_date="“{text}” is not a date. Write 2020, 2020-01 or 2020-01-07.",
    bad_window="The first date is after the last. Swap them.",
    question="Question:",
    within="Search limited to:",
    standalone="Question understood as:",
    correct="Correct it",
    searching="Searching the articles…",
    writing="Writing the answer…",
    stopped="Search stopped. You can ask another question.",
    interrupted="The page was left during the search. Ask the question again.",
    failed="The answer could not be worked out. Try again; if it happens again, "
    "the terminal that runs the program says why.",
    too_long="This question has {count} characters, the limit is {limit}. Shorten it and ask again.",
    copy="Copy",
    copied="Copied",
    like="Helpful",
    dislike="Needs work",
    why="A word on why (optional)",
    send_why="Note it",
    thanks="Noted, thank you.",
    not_kept="The opinion could not be kept. The terminal that runs the program says why.",
    one_dropped="1 sentence taken out for want of proof",
    many_dropped="{count} sentences taken out for want of proof",
    change="What changed over time",
    contradiction="The sources contradict each other",
    told_by="according to {speaker}",
    extractive="extractive (no LLM)",
    generative="written by an LLM, checked",
    milliseconds="{count} ms",
    seconds="{count} s",
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
    read="Open the article",
    back="Back to the answer",
    reading="Source {number} of {count}",
    previous="Previous source",
    next="Next source",
    close="Close the article",
    cut="[…]",
    gone="This article is no longer in the collection. This is the quote as it stood there.",
    changed="This article has changed since the answer. This is the quote as it stood, then the text of today.",
    removed="What cleaning took out ({count})",
    removed_hint="These pieces of the file are not part of the article; no answer is drawn from them.",
    date_known={
        "header": "date from the header",
        "metadata": "date from the metadata",
        "dateline": "date from the text",
        "file name": "date from the file name",
    },
    guards={
        "evidence": "no passage says it",
        "numbers": "a number is not the article’s",
        "dates": "a date is not the article’s",
        "names": "a name is not in the article",
        "polarity": "the negation is not the article’s",
        "opposites": "the article says the opposite",
        "hedges": "what the article leaves uncertain is stated as fact",
        "attribution": "the one who says it is not named",
        "roles": "somebody has the part of another",
    },
)

TEXTS: dict[Language, Texts] = {"fr": FRENCH, "en": ENGLISH}
