"""The command line: `depeche index | articles | ask | check | chat | eval | doctor` (also `python -m rag`)."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType

from rag.errors import RagError
from rag.requests import refuse_unusable
from rag.schema import Answer, Finding, Skipped, quotation_marks, source
from rag.settings import Settings, prepare_environment


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 asked wrongly, 130 interrupted, 143 ended."""
    prepare_environment()
    for stream in (sys.stdout, sys.stderr):  # a terminal that knows no accents gets escapes, not a failure
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _end)
    try:
        options, rest = _parser().parse_known_args(arguments)
        if rest and options.run is not _eval:
            _parser().error(f"unrecognized arguments: {' '.join(rest)}")
        options.rest = rest
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except RagError as error:
        return _fail(str(error), error.exit_code)
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _fail(f"{error.strerror or error} ({error.filename or 'output'!r}); see to it and run it again", 1)
    except KeyboardInterrupt:
        return _fail("interrupted; what was stored stays stored", 130)
    except _Ended:
        return _fail("ended; what was stored stays stored", 143)


class _Ended(BaseException):
    """The process was asked to end (SIGTERM)."""


def _end(_number: int, _frame: FrameType | None) -> None:
    raise _Ended


def _fail(message: str, code: int) -> int:
    print(f"depeche: {_one_line(message)}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="depeche",
        description="Ask a folder of news articles, and read the exact words that prove the answer.",
        epilog="Settings come from the environment (RAG_*); `depeche doctor` prints them.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    index = commands.add_parser("index", help="read the articles and bring their index up to date")
    index.add_argument("corpus", type=_path, help="folder or file of articles")
    index.add_argument("--rebuild", action="store_true", help="build the index anew")
    index.set_defaults(run=_index)

    articles = commands.add_parser("articles", help="list what was read: title, outlet, date, language, passages")
    articles.add_argument(
        "corpus", type=_path, nargs="?", default="seeds", help="folder or file of articles (default: seeds)"
    )
    articles.set_defaults(run=_articles)

    ask = commands.add_parser("ask", help="answer one question")
    ask.add_argument("question")
    ask.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    ask.add_argument("--as-of", metavar="DATE", help="know nothing published after DATE (2020, 2020-01 or 2020-01-07)")
    ask.set_defaults(run=_ask)

    check = commands.add_parser("check", help="hold statements against the articles: borne out, denied, or not there")
    check.add_argument("text", metavar="STATEMENTS", help="one or several sentences")
    check.add_argument("--json", action="store_true", help="print the findings as JSON")
    check.add_argument(
        "--as-of", metavar="DATE", help="know nothing published after DATE (2020, 2020-01 or 2020-01-07)"
    )
    check.set_defaults(run=_check)

    chat = commands.add_parser("chat", help="open the chat in a browser")
    chat.add_argument("--port", type=int, help="port to listen on (default: RAG_PORT or 7860)")
    chat.set_defaults(run=_chat)

    evaluation = commands.add_parser("eval", help="measure how good the answers are, and how fast", add_help=False)
    evaluation.set_defaults(run=_eval)

    doctor = commands.add_parser("doctor", help="say what is installed and configured, and how to mend what is not")
    doctor.set_defaults(run=_doctor)

    for command in (ask, check, chat, doctor):
        command.add_argument(
            "--corpus", type=_path, default="seeds", metavar="PATH", help="folder or file (default: seeds)"
        )
    return parser


def _path(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("the path is empty; name a folder or file of articles")
    return text


def _index(options: argparse.Namespace) -> int:
    from rag.assistant import Assistant  # chromadb takes two seconds to import, too long for --help

    with Assistant.open(options.corpus, rebuild=options.rebuild, progress=True) as assistant:
        _report_skipped(assistant.skipped)
        synced = assistant.synced
        counts = {name: len(getattr(synced, name)) for name in ("new", "changed", "removed", "unchanged")}
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        print(f"{len(assistant.articles)} articles: {told}; {synced.embedded} passages embedded")
    return 0


def _articles(options: argparse.Namespace) -> int:
    from rag.corpus import read_corpus  # trafilatura is slow to import
    from rag.index.passages import split

    corpus = read_corpus(Path(options.corpus))
    _report_skipped(corpus.skipped, most=len(corpus.skipped))
    for article in corpus.articles:
        date = f"{article.published} ({article.published_from})" if article.published else "date unknown"
        dropped = sum(len(piece) for piece in corpus.removed.get(article.id, ()))
        row = (
            *(article.id, article.title, article.outlet or "outlet unknown", date, article.language or "?"),
            *(f"{len(split(article))} passages", f"{dropped} characters dropped"),
        )
        print(" | ".join(_one_line(cell) for cell in row))
    return 0


def _ask(options: argparse.Namespace) -> int:
    from rag.assistant import Assistant  # chromadb takes two seconds to import, too long for --help

    refuse_unusable(options.question, options.as_of)  # before articles are read that nobody could ask about
    with Assistant.open(options.corpus, progress=True) as assistant:
        _report_skipped(assistant.skipped)
        answer = assistant.ask(options.question, as_of=options.as_of)
    if options.json:
        print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        if answer.notice:
            print(f"depeche: {_one_line(answer.notice)}", file=sys.stderr)
        print(in_terminal(answer))
    return 0


def _check(options: argparse.Namespace) -> int:
    from rag.answering.checking import LONGEST_TEXT  # chromadb takes two seconds to import, too long for --help
    from rag.assistant import Assistant

    refuse_unusable(options.text, options.as_of, LONGEST_TEXT)
    with Assistant.open(options.corpus, progress=True) as assistant:
        _report_skipped(assistant.skipped)
        findings = assistant.check(options.text, as_of=options.as_of)
    if options.json:
        print(json.dumps([finding.to_dict() for finding in findings], ensure_ascii=False, indent=2))
    else:
        print("\n".join(_one_line(line) for finding in findings for line in _lines(finding)))
    return 0


def _lines(finding: Finding) -> Iterator[str]:
    told = finding.standing == "mixed" and not finding.contradicting
    only = " (only as somebody's word, or as possible)" if told else ""
    yield f"{finding.standing.upper()}{only}: {finding.statement}"
    sides = {"for": finding.supporting, "against": finding.contradicting, "nearest": finding.nearest}
    for word, citations in sides.items():
        for citation in citations:
            opening, closing = quotation_marks(citation.quote, finding.language)
            place = f"{source(citation, finding.language)} | {citation.article_id}"
            yield (
                f"{word}: {opening}{citation.quote}{closing} [{citation.number}] | {place}, "
                f"characters {citation.start}-{citation.end}"
            )


def _chat(options: argparse.Namespace) -> int:
    from rag.assistant import Assistant  # chromadb takes two seconds to import, too long for --help
    from ui.app import serve  # gradio takes five seconds to import

    settings = Settings()
    if options.port is not None:
        settings = replace(settings, port=options.port)
    with Assistant.open(options.corpus, settings, progress=True) as assistant:
        _report_skipped(assistant.skipped)
        serve(assistant, settings)
    return 0


def _eval(options: argparse.Namespace) -> int:
    from eval.cli import main as evaluate  # the harness is not part of the library

    return evaluate(options.rest)


def _doctor(options: argparse.Namespace) -> int:
    from rag.doctor import examine  # reads versions of everything installed

    findings = examine(Path(options.corpus), Settings())
    for finding in findings:
        print(f"{'ok  ' if finding.well else 'MEND'} {finding.subject}: {_one_line(finding.state)}")
    return 0 if all(finding.well for finding in findings) else 1


def _report_skipped(skipped: Sequence[Skipped], most: int = 20) -> None:
    for item in skipped[:most]:
        told = "note on" if item.taken else "skipped"
        print(f"depeche: {told} {_one_line(item.source)}: {_one_line(item.reason)}", file=sys.stderr)
    if len(skipped) > most:
        print(f"depeche: and {len(skipped) - most} more; `depeche articles` lists them all", file=sys.stderr)


def in_terminal(answer: Answer) -> str:
    """An answer as lines of plain text, its sources last; one whose words are not quoted above with its own."""
    lines = answer.text.splitlines()
    if answer.abstained:
        lines.append(answer.reason or "")
    unquoted = answer.unquoted
    for citation in answer.citations:
        place = f"{citation.article_id}, characters {citation.start}-{citation.end}"
        line = f"[{citation.number}] {citation.title} | {source(citation, answer.language)} | {place}"
        opening, closing = quotation_marks(citation.quote, answer.language)
        lines.append(f"{line}: {opening}{citation.quote}{closing}" if citation in unquoted else line)
    return "\n".join(_one_line(line) if line else "" for line in lines)


def _one_line(text: str) -> str:
    """Text of an article, a file name or an error, safe for a terminal: no line ends, no control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
