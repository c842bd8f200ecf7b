"""Makes a claim of a sentence: the quote with what it leans on and the rest of a quotation, the bare answer inside."""

from __future__ import annotations

import re

from rag.answering.choosing.bareness import unpaired
from rag.answering.choosing.sentences import Candidate
from rag.answering.composing.speakers import speaker
from rag.language.folding import fold
from rag.language.sentences import sentence_spans, unwrapped
from rag.schema import Article, Citation, Claim

LONGEST_QUOTE = 600  # characters, when a quote takes in the sentence before it


def quoted(
    sentence: Candidate, article: Article, number: int, bare: tuple[int, int] | None = None, *, alone: bool = False
) -> Claim:
    """The sentence as a claim that carries mark `number`, with who says it.

    Args:
        bare: where in the sentence the bare answer stands.
        alone: whether what it leans on is shown before it already.
    """
    citation = cited(sentence, article, number, bare, alone=alone)
    said_by = speaker(article.text, sentence.start, sentence.end, article.read_as)
    return Claim(citation.quote, (citation,), "quoted", as_of=article.published, speaker=said_by)


def cited(
    sentence: Candidate, article: Article, number: int, bare: tuple[int, int] | None = None, *, alone: bool = False
) -> Citation:
    """The sentence as a quote, with the one before it where it leans on that, and all of what it begins to quote."""
    start = sentence.start if alone else _start_with_subject(sentence, article)
    end = _end_of_quotation(article.text, start, sentence.end, article.read_as)
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        start=start,
        end=end,
        quote=article.text[start:end],
        bare=(sentence.start + bare[0], sentence.start + bare[1]) if bare else None,
    )


# A sentence that opens so leans on the one before it (folded).
_LEANING = re.compile(
    r"(il|ils|elle|elles|celui-ci|celle-ci|ceux-ci|celles-ci|cela|ceci|c'est|ce dernier|cette derniere"
    r"|(ce|cet|cette|ces) [a-z]+|he|she|it|they|this|that|these|those)\b"
)


# What points back so says nothing without the sentence before (folded): "le gouverneur l'affirme", "l'avocat conteste".
_POINTING_BACK = re.compile(
    r"\b(?:le contraire|ces (?:critiques|accusations|propos|chiffres|affirmations)|cette (?:version|accusation)|"
    r"the opposite|these (?:claims|figures|accusations)|this (?:claim|figure))\b|"
    r"\b(?:l'|le |la |les )(?:(?:affirm|confirm|contest|ni|refut|reconnaiss)(?:e|ent|ait|aient)|"
    r"dement|maintient|soutient|admet|reconnait|(?:dement|maintienn|soutienn|admett)ent)(?! l[aeu'])\b|"
    r"(?<!comme )\b(?:l'|les )(?:a|ont) "
    r"(?:affirme|assure|confirme|conteste|nie|refute|dementi|maintenu|reconnu|admis)(?! l[aeu'])\b|"
    r"\bl'assure(?:nt)?(?=\W*$|[,.;])|"
    r"\b(?:den(?:y|ies|ied)|disput(?:es?|ed)|confirm(?:s|ed)?) (?:it\b|(?:this|that)(?=\W*$|[,.;]))|"
    r"(?<!est )(?<!sont )(?<!ete )(?<!reste )(?<!ment )\b(?:contest(?:e|ent)|dement|dementent|denies|deny)\W*$|"
    r"(?:^\W*|, |: )(?:oui|non|yes|no)(?! ?\. ?\d)(?= ?[,.:])"
)


def _leans(sentence: str) -> bool:
    folded = fold(sentence)
    return bool(_LEANING.match(folded) or _POINTING_BACK.search(folded))


def _start_with_subject(sentence: Candidate, article: Article) -> int:
    """Where to begin the quote: one sentence earlier when this one leans on it, in its paragraph or a short one before.

    A line without a full stop is a heading, and names no subject.
    """
    if not _leans(sentence.text):
        return sentence.start
    paragraph = article.text.rfind("\n", 0, sentence.start) + 1
    window = max(paragraph, sentence.end - LONGEST_QUOTE)
    before = article.text[window : sentence.start]
    if not before.strip() and (line := _line_before(article.text, paragraph, sentence.end)):
        window, before = line.start(1), line[1]
        paragraph = window
    earlier = list(unwrapped(before, sentence_spans(before, article.read_as)))
    if not earlier or (window > paragraph and len(earlier) == 1):
        return sentence.start
    start, end = earlier[-1]
    if _leans(before[start:end]) and len(earlier) > 1 + (window > paragraph):  # "151. C'est le bilan. Il dépasse ..."
        start = earlier[-2][0]
    return window + start


def _end_of_quotation(text: str, start: int, end: int, language: str) -> int:
    """The end of the next sentence where a quotation that `text[start:end]` begins is closed there, and both are short.

    Who is quoted is often told only there: "« Nous restons. Rien ne change », a dit le ministre."
    """
    opened = unpaired(text[start:end])
    if opened is None or text[start + opened] not in QUOTATIONS or text[start + opened - 1 : start + opened].isdigit():
        return end
    line = text.find("\n", end)
    after = text[end : line if line >= 0 else len(text)]
    following = next(iter(sentence_spans(after, language)), None)
    if following is None or end + following[1] - start > LONGEST_QUOTATION:
        return end
    whole = text[start : end + following[1]]
    return end + following[1] if unpaired(whole) is None and whole.endswith(STOPS) else end


QUOTATIONS = '«“"'
STOPS = (".", "!", "?", "…", "»", "”", '"')
LONGEST_QUOTATION = 200  # characters of two sentences of one quotation that are quoted together


def _line_before(text: str, paragraph: int, end: int) -> re.Match[str] | None:
    """The line before a paragraph, if both together are short."""
    return _LINE_BEFORE.search(text, max(0, end - LONGEST_OVER_LINES), paragraph)


LONGEST_OVER_LINES = 330  # characters of a quote that takes in a sentence of the paragraph before
_LINE_BEFORE = re.compile(r"(?:^|(?<=\n))([^\n]+[.!?»”\"])[ \t]*\n+$")
