"""Holds every word of the tab of articles, in French and in English."""

from __future__ import annotations

from dataclasses import dataclass

from rag.schema import Language
from ui.texts import TEXTS


@dataclass(frozen=True, slots=True)
class CorpusTexts:
    """The tab in one language; braces are blanks for `str.format`."""

    heading: str
    read_at: str
    newest: str
    stale: str
    reread: str
    rereading: str
    reread_done: str
    reread_same: str
    reread_failed: str
    # What the folder holds that is no article
    one_skipped: str
    many_skipped: str
    # The picture
    picture: str
    units: dict[str, str]
    one_undated: str
    many_undated: str
    # The table
    search: str
    search_placeholder: str
    columns: dict[str, str]
    one_passage: str
    many_passages: str
    no_match: str
    matches: str
    more: str
    sorted_up: str
    sorted_down: str
    added_here: str
    removable: str
    # Removing
    leave: str
    leave_named: str
    confirm: dict[str, str]
    yes: str
    no: str
    refused: dict[str, str]
    removing: str
    removed: str
    # Adding
    adding: str
    kinds: str
    files: str
    drop: str
    paste: str
    text: str
    text_placeholder: str
    about: str
    title: str
    outlet: str
    published: str
    published_hint: str
    add: str
    reading: str
    indexing: str
    too_many_files: str
    added: str
    added_many: str
    known: str
    left_out: str
    outcomes: dict[str, str]
    closed: dict[str, str]
    failed: str


FRENCH = CorpusTexts(
    heading="Les articles",
    read_at="Lus à {time}",
    newest="le plus récent : {date}",
    stale="Le dossier a changé depuis.",
    reread="Relire le dossier",
    rereading="Je relis le dossier…",
    reread_done="Dossier relu (nouveaux : {new}, modifiés : {changed}, disparus : {removed}, inchangés : {unchanged}).",
    reread_same="Dossier relu : rien n’a changé.",
    reread_failed="Le dossier n’a pas pu être relu ; les articles d’avant restent en place. Cause : {reason}",
    one_skipped="1 remarque sur les fichiers",
    many_skipped="{count} remarques sur les fichiers",
    picture="Articles dans le temps",
    units={"day": "par jour, {most} au plus", "month": "par mois, {most} au plus", "year": "par an, {most} au plus"},
    one_undated="1 sans date",
    many_undated="{count} sans date",
    search="Chercher un article",
    search_placeholder="Chercher : titre, média, date, fichier",
    columns={
        "title": "Article",
        "outlet": "Média",
        "published": "Date",
        "language": "Langue",
        "passages": "Passages",
    },
    one_passage="passage",
    many_passages="passages",
    no_match="Aucun article ne correspond à « {text} ».",
    matches="{count} sur {total}",
    more="Afficher {count} de plus",
    sorted_up="tri croissant",
    sorted_down="tri décroissant",
    added_here="ajouté ici",
    removable="Seuls les articles ajoutés ici se retirent ici. Les autres sont vos fichiers : "
    "ôtez-les du dossier, puis relisez-le.",
    leave="Retirer",
    leave_named="Retirer « {title} »",
    confirm={
        "file": "Le fichier {file} sera déplacé dans {place} et cet article ne servira plus aux réponses. "
        "Rien n’est effacé.",
        "line": "Cet article sera ôté du fichier {file}, qui en contient d’autres, et gardé dans {place}. "
        "Il ne servira plus aux réponses.",
    },
    yes="Retirer l’article",
    no="Le garder",
    refused={
        "yours": "« {title} » vient de {file}, un fichier à vous : Dépêche n’y touche pas. "
        "Ôtez-le vous-même du dossier, puis relisez-le.",
        "last": "« {title} » est le dernier article ; ajoutez-en un autre avant de le retirer.",
        "changed": "Le fichier {file} a changé depuis la dernière lecture ; relisez le dossier et recommencez.",
        "disk": "Le fichier {file} n’a pas pu être déplacé ({detail}) ; vérifiez les droits du dossier.",
        "gone": "Cet article n’est plus là.",
    },
    removing="Je retire l’article…",
    removed="« {title} » est retiré. Il est gardé dans {file} ; pour le remettre, remontez ce fichier dans le dossier "
    "uploads et relisez.",
    adding="Ajouter des articles",
    kinds=".txt .md .html .jsonl, plusieurs à la fois, 10 Mo chacun",
    files="Fichiers à ajouter",
    drop="Déposez des fichiers ici, ou cliquez pour les choisir",
    paste="Coller un texte",
    text="Texte de l’article",
    text_placeholder="Collez ici le texte entier de l’article.",
    about="Titre, média et date (facultatif)",
    title="Titre",
    outlet="Média",
    published="Date",
    published_hint="2020-01-07 ou 7 janvier 2020",
    add="Ajouter ce texte",
    reading="Lecture : {done} sur {total}",
    indexing="Mise à jour de l’index…",
    too_many_files="{count} fichiers d’un coup, c’est trop : {limit} au plus. Rien n’a été ajouté.",
    added="ajouté",
    added_many="{count} articles ajoutés",
    known="déjà là",
    left_out="laissé de côté",
    outcomes={
        "kind": "refusé : ce n’est pas un fichier .txt, .md, .html ou .jsonl",
        "empty": "refusé : il n’y a pas de texte",
        "large": "refusé : plus de 10 Mo ; coupez-le en morceaux",
        "many": "refusé : plus de 1 000 articles ; mettez le fichier dans le dossier, puis relisez-le",
        "date": "refusé : « {detail} » n’est pas une date ; écrivez 2020-01-07 ou 7 janvier 2020",
        "unreadable": "refusé : {detail}",
        "disk": "non enregistré ({detail}) ; vérifiez la place et les droits du dossier",
    },
    closed={
        "no folder": "Cette collection est un fichier unique, on ne peut rien y ajouter. "
        "Ouvrez un dossier : depeche chat --corpus DOSSIER",
        "link": "Le dossier uploads est un lien vers ailleurs, on n’y écrit pas. Remplacez-le par un vrai dossier.",
        "read-only": "Ce dossier est en lecture seule, on ne peut rien y ajouter.",
    },
    failed="Quelque chose a échoué. Le terminal où tourne le programme en dit la cause.",
)

ENGLISH = CorpusTexts(
    heading="The articles",
    read_at="Read at {time}",
    newest="newest: {date}",
    stale="The folder has changed since.",
    reread="Read the folder again",
    rereading="Reading the folder again…",
    reread_done="Folder read again (new: {new}, changed: {changed}, gone: {removed}, unchanged: {unchanged}).",
    reread_same="Folder read again: nothing has changed.",
    reread_failed="The folder could not be read again; the articles of before stay in place. Reason: {reason}",
    one_skipped="1 remark on the files",
    many_skipped="{count} remarks on the files",
    picture="Articles over time",
    units={"day": "by day, {most} at most", "month": "by month, {most} at most", "year": "by year, {most} at most"},
    one_undated="1 undated",
    many_undated="{count} undated",
    search="Find an article",
    search_placeholder="Find: title, outlet, date, file",
    columns={
        "title": "Article",
        "outlet": "Outlet",
        "published": "Date",
        "language": "Language",
        "passages": "Passages",
    },
    one_passage="passage",
    many_passages="passages",
    no_match="No article matches “{text}”.",
    matches="{count} of {total}",
    more="Show {count} more",
    sorted_up="sorted, ascending",
    sorted_down="sorted, descending",
    added_here="added here",
    removable="Only articles added here can be removed here. The others are your files: take them out of the folder, "
    "then read it again.",
    leave="Remove",
    leave_named="Remove “{title}”",
    confirm={
        "file": "The file {file} will be moved to {place}, and this article will serve no answer any more. "
        "Nothing is erased.",
        "line": "This article will be taken out of the file {file}, which has others, and kept in {place}. "
        "It will serve no answer any more.",
    },
    yes="Remove the article",
    no="Keep it",
    refused={
        "yours": "“{title}” comes from {file}, a file of yours: Dépêche does not touch it. "
        "Take it out of the folder yourself, then read it again.",
        "last": "“{title}” is the last article; add another one before you remove it.",
        "changed": "The file {file} has changed since it was read; read the folder again and start over.",
        "disk": "The file {file} could not be moved ({detail}); check the rights of the folder.",
        "gone": "This article is not there any more.",
    },
    removing="Removing the article…",
    removed="“{title}” is removed. It is kept in {file}; to have it back, move that file up to the folder uploads and "
    "read again.",
    adding="Add articles",
    kinds=".txt .md .html .jsonl, several at once, 10 MB each",
    files="Files to add",
    drop="Drop files here, or click to choose them",
    paste="Paste a text",
    text="Text of the article",
    text_placeholder="Paste the whole text of the article here.",
    about="Title, outlet and date (optional)",
    title="Title",
    outlet="Outlet",
    published="Date",
    published_hint="2020-01-07 or 7 January 2020",
    add="Add this text",
    reading="Reading: {done} of {total}",
    indexing="Updating the index…",
    too_many_files="{count} files at once are too many: {limit} at most. Nothing was added.",
    added="added",
    added_many="{count} articles added",
    known="there already",
    left_out="left out",
    outcomes={
        "kind": "refused: it is no .txt, .md, .html or .jsonl file",
        "empty": "refused: there is no text",
        "large": "refused: more than 10 MB; cut it into parts",
        "many": "refused: more than 1,000 articles; put the file into the folder, then read it again",
        "date": "refused: “{detail}” is no date; write 2020-01-07 or 7 January 2020",
        "unreadable": "refused: it {detail}",
        "disk": "not stored ({detail}); check the space and the rights of the folder",
    },
    closed={
        "no folder": "This corpus is a single file, nothing can be added to it. "
        "Open a folder: depeche chat --corpus FOLDER",
        "link": "The folder uploads is a link to elsewhere, nothing is written there. Put a real folder in its place.",
        "read-only": "This folder is read-only, nothing can be added to it.",
    },
    failed="Something went wrong. The terminal that runs the program says why.",
)

CORPUS_TEXTS: dict[Language, CorpusTexts] = {"fr": FRENCH, "en": ENGLISH}


def counted(count: int, language: Language) -> str:
    """ "1 article", "12 articles"."""
    words = TEXTS[language]
    return words.one_article if count == 1 else words.many_articles.format(count=count)
