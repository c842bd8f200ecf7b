"""Renders the conversation: what was asked, how it was understood, the bare answer, its sentences, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.schema import Answer, Article, Language, PartialDate, date_in_words, quotation_marks, source
from ui.anchors import nearest_anchor, turn_anchor
from ui.claims import asides, dated_sentences, dropped, sentences
from ui.markup import Html, button, element, escape, shortened
from ui.texts import TEXTS, Texts
from ui.timeline import timeline
from ui.turns import Turn

NEAREST_SHOWN = 5  # passages offered with a declined answer
LONGEST_WORD = 300  # characters of what a reader says about an answer


def conversation(turns: Sequence[Turn], language: Language, *, judging: bool = True) -> Html:
    """All turns, oldest first; nothing at all before the first question.

    Args:
        judging: whether the reader can say what an answer is worth.
    """
    return Html("".join(_turn(turn, language, judging=judging) for turn in turns))


def masthead(articles: Sequence[Article], language: Language) -> Html:
    """The name of the house and what the corpus holds."""
    held = _held(len(articles), [article.published for article in articles], language)
    return element(
        "header",
        {"class": "masthead", "lang": language},
        element("h1", {}, escape("Dépêche")),
        element("p", {"class": "held"}, escape(" · ".join(held))),
    )


def notice(text: str, language: Language) -> Html:
    """One quiet line to the reader."""
    return element("p", {"class": "notice", "lang": language}, escape(text))


def _turn(turn: Turn, language: Language, *, judging: bool) -> Html:
    words = TEXTS[language]
    question = element(
        "h2",
        {"class": "question"},
        element("span", {"class": "unseen", "lang": language}, escape(words.question + " ")),
        escape(shortened(turn.question, limit=400)),
    )
    busy = "true" if turn.unfinished else "false"
    return element(
        "article",
        {"class": "turn", "id": turn_anchor(turn), "tabindex": "-1", "aria-busy": busy},
        question,
        _understood(turn, words, language),
        _reply(turn, language, judging=judging),
    )


def _understood(turn: Turn, words: Texts, language: Language) -> Html:
    """What was really asked, where that is not what stands above: a follow-up made whole, a limited search."""
    lines: list[Html] = []
    if turn.answer is not None and turn.answer.standalone:
        asked = turn.answer.standalone
        opening, closing = quotation_marks(asked, language)
        told = escape(f"{words.standalone} {opening}{shortened(asked, limit=600)}{closing} ")
        correct = button(words.correct, "correct", {"question": asked}, {"class": "quiet"})
        lines.append(element("p", {"class": "understood", "lang": language}, told, correct))
    if turn.within:
        lines.append(element("p", {"class": "understood", "lang": language}, escape(f"{words.within} {turn.within}")))
    return Html("".join(lines))


def _reply(turn: Turn, language: Language, *, judging: bool) -> Html:
    words = TEXTS[language]
    if turn.trouble is not None:
        return notice(turn.trouble, language)
    if turn.answer is None:
        return notice(words.searching, language)
    answer = turn.answer
    said = _declined(turn, answer, words, language) if answer.abstained else _answered(turn, answer, words, language)
    if not answer.complete:
        return Html(said + notice(words.writing if answer.claims else words.searching, language))
    told = notice(answer.notice, answer.language) if answer.notice else Html("")
    return Html(said + told + dropped(answer.claims, words, language) + _below(turn, answer, language, judging=judging))


def _answered(turn: Turn, answer: Answer, words: Texts, language: Language) -> Html:
    shown = [claim for claim in answer.claims if claim.verdict != "unsupported"]
    short = element("p", {"class": "short"}, escape(answer.short)) if answer.short else Html("")
    sure, less_sure = ([claim for claim in shown if claim.aside is aside] for aside in (False, True))
    if answer.differing:
        strip = timeline(turn, sure, answer.differing, language)
        said = Html(strip + dated_sentences(turn, sure, answer.language, words))
    else:
        said = sentences(turn, sure, answer.language, words)
    beside = asides(turn, less_sure, answer.language, words)
    return element("div", {"class": "answer", "lang": answer.language}, short, said, beside)


def _declined(turn: Turn, answer: Answer, words: Texts, language: Language) -> Html:
    statement = element("p", {"class": "declined"}, escape(answer.text))
    reason = element("p", {"class": "reason"}, escape(answer.reason)) if answer.reason else Html("")
    count = min(len(answer.evidence), NEAREST_SHOWN)
    offer = words.one_nearest if count == 1 else words.see_nearest.format(count=count)
    link = element("a", {"class": "offer", "href": f"#{nearest_anchor(turn)}", "lang": language}, escape(offer))
    return element("div", {"class": "answer", "lang": answer.language}, statement, reason, link if count else Html(""))


def _below(turn: Turn, answer: Answer, language: Language, *, judging: bool) -> Html:
    """What the answer rests on and what the reader may do with it."""
    words = TEXTS[language]
    about = element("p", {"class": "about"}, escape(" · ".join(_about(turn, answer, words, language))))
    copy = button(words.copy, "copy", {"text": _plain(answer), "done": words.copied}, {"class": "quiet"})
    opinions = _opinions(turn, words) if judging else ()
    actions = element("div", {"class": "actions"}, copy, *opinions)
    return element("div", {"class": "below", "lang": language}, about, actions)


def _opinions(turn: Turn, words: Texts) -> tuple[Html, ...]:
    """Two buttons that say what an answer is worth, and after one of them a line for a word on why."""
    buttons = tuple(
        button(
            label,
            "judge",
            {"turn": turn.number, "liked": liked},
            {"class": "quiet", "aria-pressed": "true" if turn.liked is chosen else "false"},
        )
        for label, liked, chosen in ((words.like, "yes", True), (words.dislike, "no", False))
    )
    if turn.liked is None:
        return buttons
    if turn.why:
        return (*buttons, element("span", {"class": "thanks", "role": "status"}, escape(words.thanks)))
    word = {"class": "why", "aria-label": words.why, "placeholder": words.why, "maxlength": str(LONGEST_WORD)}
    send = {"turn": turn.number, "liked": "yes" if turn.liked else "no"}
    return (*buttons, element("input", word), button(words.send_why, "judge", send, {"class": "quiet"}))


def _plain(answer: Answer) -> str:
    """The answer as text for the clipboard, with its sources."""
    told = [answer.short] if answer.short and not answer.text.startswith(answer.short) else []
    unquoted = answer.unquoted
    sources = [
        f"[{one.number}] {one.title} ({source(one, answer.language)})" + (f" : {one.quote}" if one in unquoted else "")
        for one in answer.citations
    ]
    return "\n".join([*told, answer.text, *sources])


def _about(turn: Turn, answer: Answer, words: Texts, language: Language) -> tuple[str, ...]:
    cited = {citation.article_id: citation.published for citation in answer.citations}
    held = _held(len(cited), cited.values(), language) if cited else ()
    mode = words.generative if answer.mode == "generative" else words.extractive
    return (*held, mode, *_time(turn, answer, words, language))


def _time(turn: Turn, answer: Answer, words: Texts, language: Language) -> tuple[str, ...]:
    seconds = sum(taken for _, taken in answer.seconds) or turn.seconds
    if seconds is None:
        return ()
    if seconds < 1:
        return (words.milliseconds.format(count=max(1, round(seconds * 1000))),)
    count = f"{seconds:.1f}"
    return (words.seconds.format(count=count.replace(".", ",") if language == "fr" else count),)


def _held(count: int, published: Iterable[PartialDate | None], language: Language) -> tuple[str, ...]:
    """How many articles there are, and the days of the first and the last where any is known."""
    words = TEXTS[language]
    counted = words.one_article if count == 1 else words.many_articles.format(count=count)
    dates = [date for date in published if date]
    if not dates:
        return (counted,)
    ends = dict.fromkeys(date_in_words(date, language) for date in (min(dates), max(dates)))
    return counted, " → ".join(ends)
