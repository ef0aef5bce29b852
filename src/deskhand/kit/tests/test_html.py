from __future__ import annotations

import pytest

from deskhand.kit.html import clean_html, html_to_text, shows_nothing, text_to_html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>alert(1)</script><p>Hi</p>", "<p>Hi</p>"),
        ('<p style="color:red" onclick="x()">Hi</p>', "<p>Hi</p>"),
        ('<a href="javascript:x()">go</a>', '<a rel="noopener noreferrer nofollow">go</a>'),
        ('<img src="cid:a@b" onerror="x()">', '<img src="cid:a@b">'),
        ("<form action=/x><input></form>text", "text"),
        ('<p dir="rtl" lang="ar">مرحبا</p>', '<p dir="rtl" lang="ar">مرحبا</p>'),
    ],
)
def test_only_what_is_harmless_stays(html, expected):
    assert clean_html(html) == expected


@pytest.mark.parametrize("html", ["<div>" * 50_000 + "Hello &lt;you&gt;", "<p>Hello &lt;you&gt;" + "<b>" * 30_000])
def test_of_what_nobody_wrote_only_the_text_stays(html):
    """A parser would take minutes: its time grows with the square of the depth."""
    assert clean_html(html) == "<p>Hello &lt;you&gt;</p>"


def test_many_tags_side_by_side_stay():
    assert clean_html("<p>Hi</p>" * 1_000) == "<p>Hi</p>" * 1_000


def test_paragraphs_lines_and_addresses_survive_as_html():
    assert text_to_html("One\ntwo\n\nSee https://a.example/x?y=1.") == (
        '<p>One<br>two</p><p>See <a href="https://a.example/x?y=1" rel="noopener noreferrer nofollow">'
        "https://a.example/x?y=1</a>.</p>"
    )


def test_what_looks_like_html_is_shown_as_typed():
    assert text_to_html("<b> & co") == "<p>&lt;b&gt; &amp; co</p>"


def test_blocks_become_lines():
    assert html_to_text("<p>One<br>two</p><ul><li>a</li><li>b</li></ul><style>x{}</style>") == "One\ntwo\n\na\n\nb"


def test_entities_are_decoded_once():
    assert html_to_text("<p>&amp;lt; &lt;</p>") == "&lt; <"


def test_what_is_clean_is_not_cleaned_again():
    once = clean_html('<p onclick="x()">One</p><script>y</script>')

    assert clean_html(once) is once
    assert type(once + "<script>y</script>") is str  # so that what is put together is cleaned
    assert clean_html(once + "<script>y</script>") == "<p>One</p>"


@pytest.mark.parametrize(
    "html", ["", " ", "<p></p>", "<p>&nbsp;<br></p>", '<a title="a&lt;b>c" href="https://x.example"> </a>']
)
def test_nothing_is_shown_by_empty_tags(html):
    assert shows_nothing(clean_html(html))


@pytest.mark.parametrize("html", ["a", "<p>&lt;</p>", '<img src="cid:a">', "1 < 2", "<b>x"])
def test_words_and_pictures_are_shown(html):
    assert not shows_nothing(clean_html(html))
