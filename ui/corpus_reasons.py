"""Says in French why rag.corpus has left something out; it says so itself in English."""

from __future__ import annotations

import re

from rag.schema import Language


def reason_in_words(reason: str, language: Language) -> str:
    """A reason of rag.corpus in the reader's language; as it stands where nothing is known for it."""
    if language == "fr":
        for pattern, french in _REASONS:
            if match := pattern.match(reason):
                return french.format(*match.groups())
    return reason


# The reasons of rag.corpus begin thus.
_REASONS = tuple(
    (re.compile(english), french)
    for english, french in (
        (r"has no word of text, an article needs (\d+)", "pas un mot de texte ; un article en demande {0}"),
        (
            r"has (\d+) words? of text, an article needs (\d+)",
            "{0} mots de texte seulement ; un article en demande {1}",
        ),
        (r"has (\d+) characters, the limit is (\d+)", "{0} caractères ; coupez-le en morceaux de {1} au plus"),
        (
            r"is [^,]{1,40}, not text",
            "ce n’est pas du texte ; convertissez-le en .txt",
        ),
        (r"is empty", "le fichier est vide"),
        (r"is of a kind that is not read", "ce genre de fichier n’est pas lu"),
        (r"the same text as (.+)", "même texte que {0}"),
        (r"the id (.+) is that of (.+) too", "l’identifiant {0} est déjà celui de {1}"),
        (r"invalid JSON", "ce n’est pas du JSON valable"),
        (r"the JSON is nested too deep", "le JSON est trop imbriqué"),
        (r"is no JSON object", "ce n’est pas un objet JSON"),
        (r"has no text; give it a field", "le champ « text » manque"),
        (r"the line is longer than (\d+) bytes", "ligne de plus de {0} octets"),
        (r"holds no article that can be told from the page", "aucun article ne se distingue du reste de la page"),
        (r"is no web page that can be read", "ce n’est pas une page web lisible"),
        (r"may not be read", "le fichier ne peut pas être lu : vérifiez ses droits"),
        (r"is a link that leads out of the folder", "c’est un lien qui sort du dossier"),
    )
)
