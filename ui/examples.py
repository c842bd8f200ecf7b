"""Makes example questions of what the articles hold, and keeps those that they answer."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rag.errors import RagError
from rag.language.gazetteer import mentions
from rag.language.names import countries, names, same_name
from rag.language.numbers import quantities
from rag.schema import Article, Language, PartialDate, date_in_words
from ui.markup import shortened
from ui.newsroom import Assistant
from ui.texts import TEXTS

TRIED = 12  # questions put to the assistant; each takes a tenth of a second
SURE = 0.9  # confidence from which an answer without a bare one is worth showing first
READ = 200  # articles looked at, spread over the corpus


def examples(assistant: Assistant, language: Language, count: int) -> tuple[str, ...]:
    """A few short questions that the articles answer: on numbers, people and months, or else on titles."""
    step = max(1, len(assistant.articles) // READ)
    articles = assistant.articles[::step][:READ]
    kinds = (_on_numbers(articles, language), _on_people(articles, language), _on_months(articles, language))
    mixed = itertools.islice((one for kind in itertools.zip_longest(*kinds) for one in kind if one), TRIED)
    tried = itertools.chain(mixed, _on_titles(assistant.articles, language, count))
    return tuple(itertools.islice((question for question in tried if _answered(assistant, question)), count))


def _answered(assistant: Assistant, question: str) -> bool:
    """Whether there is a bare answer, sources that differ, or quotes that surely answer; no model is asked."""
    try:
        *_, answer = assistant.stream(question, quotes_only=True)
    except RagError:
        return False
    return not answer.abstained and bool(answer.short or answer.differing or (answer.confidence or 0) >= SURE)


def _on_numbers(articles: Sequence[Article], language: Language) -> Iterator[str]:
    """How many there are of what the articles count most often, as far as they say more of it than its name.

    Those of a country come first ("soldats danois"): they say most by themselves.
    """
    counted: Counter[str] = Counter()
    for article in articles:
        if article.language == language:
            for quantity in quantities(article.text, language):
                if found := _COUNTED[language].match(article.text, quantity.end):
                    counted[found[1]] += 1
    full = [noun for noun, _ in counted.most_common() if " " in noun]
    full.sort(key=lambda noun: not mentions(noun, language))
    described = {noun.split()[0]: noun for noun in reversed(full)}
    for head in dict.fromkeys(noun.split()[0] for noun in full):
        noun = described[head]
        if language == "fr":
            yield TEXTS[language].how_many.format(noun=f"d’{noun}" if noun[0] in _VOWELS else f"de {noun}")
        else:
            yield TEXTS[language].how_many.format(noun=noun)


def _on_people(articles: Sequence[Article], language: Language) -> Iterator[str]:
    """Who the people are whom the articles name most often, by first name and name."""
    named: Counter[str] = Counter()
    for article in articles:
        spoken = article.language or language
        named.update(name.text for name in names(article.text[:20_000], spoken) if _FULL_NAME.fullmatch(name.text))
    told: list[str] = []
    for name, times in named.most_common(TRIED):
        if times > 1 and not countries(name, language) and not any(same_name(name, other) for other in told):
            told.append(name)
            yield TEXTS[language].who.format(name=name)


def _on_months(articles: Sequence[Article], language: Language) -> Iterator[str]:
    """What happened in the months of which most articles are."""
    dates = (article.published for article in articles if article.published and article.published.month)
    months = Counter(PartialDate(date.year, date.month) for date in dates)
    for month, _ in months.most_common(TRIED):
        yield TEXTS[language].happened.format(month=date_in_words(month, language))


def _on_titles(articles: Sequence[Article], language: Language, count: int) -> Iterator[str]:
    titles = tuple(dict.fromkeys(shortened(article.title, limit=110) for article in articles))
    step = max(1, len(titles) // count)
    yield from (TEXTS[language].example.format(title=title) for title in titles[::step][:count])


_VOWELS = "aeiouyhàâéèêëîïôœ"
# A plural noun after a number, with its adjective: "soldats américains", "wounded soldiers".
_COUNTED = {
    "fr": re.compile(r"[ \u00a0\u202f]([a-zà-ÿœ]{4,20}s(?: [a-zà-ÿœ]{3,20}s\b)?)\b"),
    "en": re.compile(r"[ \u00a0]((?:[a-z]{3,20} )?[a-z]{4,20}s)\b"),
}
_FULL_NAME = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ’'-]{2,20} [A-ZÀ-Ý][\wÀ-ÿ’'-]{2,20}")
