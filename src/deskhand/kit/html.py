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
#: In cleaned HTML, where values stand in double quotes and every other ``<`` is escaped.
_TAG = re.compile(r'<(?:"[^"]*"|[^">])*>')


class CleanHtml(str):
    """HTML that :func:`clean_html` made, so that nobody has to do it again. Whatever is made of it is plain text."""

    __slots__ = ()


def clean_html(html: str) -> CleanHtml:
    """Only harmless tags and attributes; scripts, styles, forms and event handlers are gone with their content.

    Links open elsewhere and tell nothing of us. ``cid:`` images survive, so that the mail's own pictures can be found.
    """
    return html if isinstance(html, CleanHtml) else CleanHtml(_cleaned(html))


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
