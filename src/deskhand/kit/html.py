"""HTML from outside: cleaned on the way in, once; what is stored may be shown."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser

import nh3

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del", "div", "dl", "dt", "em",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre",
    "q", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "*": {"dir", "lang"},
}
_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul".split()  # noqa: SIM905
)
#: More than this nobody writes or nests. The time of HTML parsers grows with the square of the depth, and with the
#: square of the number of character references in one text.
_DEEPEST = 400
_MOST_TAGS = 40_000
_MOST_REFERENCES = 40_000
_CLOSED_BY_THEMSELVES = frozenset({
    "a", "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link",
    "meta", "option", "p", "param", "script", "source", "style", "tbody", "td", "tfoot", "th", "thead", "title", "tr",
    "track", "wbr",
})  # fmt: skip
#: In cleaned HTML, where values stand in double quotes and every other ``<`` is escaped.
_TAG = re.compile(r'<(?:"[^"]*"|[^">])*>')


class CleanHtml(str):
    """HTML that :func:`clean_html` made, so that nobody has to do it again. Whatever is made of it is plain text."""

    __slots__ = ()


def clean_html(html: str) -> CleanHtml:
    """Only harmless tags and attributes; scripts, styles, forms and event handlers are gone with their content.

    Links open elsewhere and tell nothing of us. ``cid:`` images survive, so that the mail's own pictures can be found.
    Of what :func:`is_too_much` only the text stays.
    """
    if isinstance(html, CleanHtml):
        return html
    return CleanHtml(text_to_html(without_tags(html)) if is_too_much(html) else _cleaned(html))


def shows_nothing(html: CleanHtml) -> bool:
    """Whether a reader would see neither words nor pictures."""
    return "<img" not in html and not unescape(_TAG.sub("", html)).strip()


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags={"script", "style", "title", "head", "template", "noscript"},
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noopener noreferrer nofollow",
    ).strip()


def without_tags(html: str) -> str:
    """The text of HTML that is not worth a parser. The result is text, not HTML."""
    html = re.sub(r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6])\b[^<>]*>", "\n", html, flags=re.IGNORECASE)
    lines = (line.strip() for line in unescape(re.sub(r"<[^<>]*>", "", html)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def is_too_much(html: str) -> bool:
    """So many or so deeply nested elements that nobody wrote them, and a parser needs too long for them."""
    tags = html.count("<")
    if tags < _DEEPEST and html.count("&") <= _MOST_REFERENCES:
        return False
    if tags > _MOST_TAGS or html.count("&") > _MOST_REFERENCES:
        return True
    depths: dict[str, int] = {}
    depth = deepest = 0
    for found in re.finditer(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)", html):
        name = found[2].lower()
        if name in _CLOSED_BY_THEMSELVES:
            continue
        if not found[1]:
            depths[name] = depths.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif depths.get(name, 0):
            depths[name] -= 1
            depth -= 1
    return deepest > _DEEPEST


def text_to_html(text: str) -> str:
    """Plain text as paragraphs; lines stay lines, addresses become links."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    lines = ("<br>".join(_linked(escape(line)) for line in part.splitlines()) for part in paragraphs if part)
    return "".join(f"<p>{line}</p>" for line in lines)


def _linked(escaped: str) -> str:
    return re.sub(
        r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]",
        lambda found: f'<a href="{found[0]}" rel="noopener noreferrer nofollow">{found[0]}</a>',
        escaped,
    )


def html_to_text(html: str) -> str:
    """What a person would read aloud: blocks become lines, links keep their text."""
    parser = _TextOnly()
    parser.feed(html)
    parser.close()
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(parser.parts).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _TextOnly(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "head", "title"}:
            self._hidden += 1
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag == "p" else "\n")
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "head", "title"}:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))
