"""Holds every word of the tab that checks a text, in French and in English."""

from __future__ import annotations

from dataclasses import dataclass

from rag.schema import Language, Standing


@dataclass(frozen=True, slots=True)
class CheckTexts:
    """The tab in one language; braces are blanks for `str.format`."""

    heading: str
    hint: str
    text: str
    placeholder: str
    check: str
    checking: str
    results: str
    nothing_yet: str
    one_statement: str
    many_statements: str
    counts: dict[Standing, tuple[str, str]]  # of one, of several
    standings: dict[Standing, str]
    meanings: dict[Standing, str]
    supporting: str
    contradicting: str
    nearest: str  # quotes on a statement that is absent
    unsettled: str  # in the place of "absent", where something comes near
    only_told: str  # in the place of "mixed", where nothing denies it
    open: str
    empty: str
    too_long: str
    nothing: str
    failed: str


FRENCH = CheckTexts(
    heading="Vérifier un texte",
    hint="Collez une affirmation ou un paragraphe. Chaque phrase est comparée aux articles ; les citations montrent ce "
    "qui la confirme ou la contredit.",
    text="Texte à vérifier",
    placeholder="Une phrase, un paragraphe, un communiqué…",
    check="Vérifier",
    checking="Je compare chaque phrase aux articles…",
    results="Ce qu’en disent les articles",
    nothing_yet="Le résultat s’affiche ici, phrase par phrase.",
    one_statement="1 phrase",
    many_statements="{count} phrases",
    counts={
        "supported": ("{count} confirmée", "{count} confirmées"),
        "contradicted": ("{count} contredite", "{count} contredites"),
        "mixed": ("{count} partagée", "{count} partagées"),
        "absent": ("{count} absente", "{count} absentes"),
    },
    standings={
        "supported": "Confirmé",
        "contradicted": "Contredit",
        "mixed": "Partagé",
        "absent": "Absent des articles",
    },
    meanings={
        "supported": "Au moins un article le dit.",
        "contradicted": "Au moins un article dit le contraire.",
        "mixed": "Les articles se partagent, ou ne font que rapporter ce que quelqu’un en dit.",
        "absent": "Aucune phrase des articles ne le dit ni ne le dément ; il n’en découle ni vrai, ni faux.",
    },
    supporting="Pour",
    contradicting="Contre",
    nearest="Au plus près",
    unsettled="Ni confirmé ni contredit mot pour mot",
    only_told="Seulement rapporté",
    open="Ouvrir l’article",
    empty="Collez d’abord un texte.",
    too_long="Ce texte a {count} caractères, le maximum est {limit}. Vérifiez-le en plusieurs fois.",
    nothing="Rien à vérifier : il faut des phrases qui affirment quelque chose, {limit} au plus. "
    "Une question se pose dans l’onglet Questions.",
    failed="La vérification a échoué. Réessayez ; si cela se répète, "
    "le terminal où tourne le programme en dit la cause.",
)

ENGLISH = CheckTexts(
    heading="Check a text",
    hint="Paste a claim or a paragraph. Each sentence is compared with the articles; the quotes show what bears it out "
    "or denies it.",
    text="Text to check",
    placeholder="A sentence, a paragraph, a press release…",
    check="Check",
    checking="Comparing each sentence with the articles…",
    results="What the articles say of it",
    nothing_yet="The result appears here, sentence by sentence.",
    one_statement="1 sentence",
    many_statements="{count} sentences",
    counts={
        "supported": ("{count} supported",) * 2,
        "contradicted": ("{count} contradicted",) * 2,
        "mixed": ("{count} mixed",) * 2,
        "absent": ("{count} not in the articles",) * 2,
    },
    standings={
        "supported": "Supported",
        "contradicted": "Contradicted",
        "mixed": "Mixed",
        "absent": "Not in the articles",
    },
    meanings={
        "supported": "At least one article says so.",
        "contradicted": "At least one article says the opposite.",
        "mixed": "The articles are divided, or only report what somebody says of it.",
        "absent": "No sentence of the articles says or denies it; it is neither true nor false for that.",
    },
    supporting="For",
    contradicting="Against",
    nearest="What comes nearest",
    unsettled="Neither borne out nor denied word for word",
    only_told="Only reported",
    open="Open the article",
    empty="Paste a text first.",
    too_long="This text has {count} characters, the limit is {limit}. Check it in several parts.",
    nothing="Nothing to check: it takes sentences that state something, {limit} at most. "
    "A question belongs in the tab Questions.",
    failed="The check failed. Try again; if it happens again, the terminal that runs the program says why.",
)

CHECK_TEXTS: dict[Language, CheckTexts] = {"fr": FRENCH, "en": ENGLISH}
