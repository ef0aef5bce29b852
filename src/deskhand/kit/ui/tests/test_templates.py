"""What holds for every template of the tree: the content security policy lets nothing inline run or style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3]
#: The inside of mails, for mail programs that know no style sheets. It reaches a browser only in a sandboxed frame.
MAILS = {
    "base/mail/templates/mail/message.html",
    "base/mail/templates/mail/preview.html",
    "base/accounts/templates/accounts/mail/letter.html",
}
TEMPLATES = [
    pytest.param(path, id=path.relative_to(SOURCE).as_posix())
    for path in sorted(SOURCE.rglob("templates/**/*.html"))
    if path.relative_to(SOURCE).as_posix() not in MAILS
]
INLINE = {
    "style attribute": re.compile(r"\sstyle\s*="),
    "style element": re.compile(r"<style\b"),
    "script": re.compile(r"<script\b"),
    "event handler": re.compile(r"\s(?:on[a-z]+|hx-on[^=\s]*)\s*="),
    "evaluated value": re.compile(r"hx-(?:vals|headers)\s*=\s*[\"']\s*(?:js|javascript):"),
    "script address": re.compile(r"[\"']\s*javascript:"),
}


@pytest.mark.parametrize("path", TEMPLATES)
def test_a_template_has_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


def test_the_rule_finds_what_it_forbids() -> None:
    bad = '<p style="color:red" onclick="x()" hx-on:click="y()"><a href="javascript:z()"><script>1</script>'

    found = {what for what, pattern in INLINE.items() if pattern.search(bad)}

    assert found == {"style attribute", "event handler", "script address", "script"}
