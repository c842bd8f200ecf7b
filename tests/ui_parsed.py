"""Reads HTML of ours for the tests of the page: its elements, its text and what is marked in it."""

from __future__ import annotations

from html.parser import HTMLParser

# Every element that we write; anything else came out of an article, a question or a model.
OURS = {
    *("a", "article", "blockquote", "button", "details", "div", "h2", "h3", "input", "li", "mark", "ol", "p", "s"),
    *("section", "span", "strong", "summary", "ul", "figure", "figcaption", "svg", "line", "circle", "text"),
}


class Parsed(HTMLParser):
    """The elements of a piece of HTML with their attributes, and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked: list[str] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "input":  # holds nothing
            return
        self._open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "mark" in self._open:
            self.marked[-1] += data

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(attribute)) is not None]

    def inert(self) -> bool:
        """Whether there are only elements of ours, none of which fetches or runs anything."""
        attributes = {name for _, given in self.elements for name in given}
        return {tag for tag, _ in self.elements} <= OURS and not any(
            name.startswith("on") or name in ("src", "style", "srcdoc", "formaction") for name in attributes
        )
