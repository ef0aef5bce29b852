from __future__ import annotations

import pytest

from deskhand.kit.search.words import excerpt_of, plain, words_of


def test_words_are_what_has_letters_or_digits():
    assert words_of("  Oven  #42 — - dw-620 日本 ") == ["Oven", "#42", "dw-620", "日本"]
    assert words_of("\"*' & | ()") == []
    assert len(words_of("a " * 50)) == 10


def test_html_becomes_words_that_stay_apart():
    assert plain('<p>One</p><p title="a>b">two &lt;b&gt; &amp; </p>').split() == ["One", "two", "<b>", "&"]


def test_an_excerpt_marks_what_was_looked_for_and_nothing_else():
    text = "The <oven> of Mr. Solberg stays dark, the ovens of others do not."

    assert excerpt_of(text, "OVEN dark") == (
        "The &lt;<mark>oven</mark>&gt; of Mr. Solberg stays <mark>dark</mark>, the <mark>ovens</mark> of others do not."
    )
    assert excerpt_of(text, "ven") == ""
    assert excerpt_of(text, "") == ""


@pytest.mark.parametrize("count", [0, 5, 40])
def test_a_long_text_is_cut_between_words(count):
    excerpt = excerpt_of("before " * count + "needle" + " after" * count, "needle")

    assert "<mark>needle</mark>" in excerpt
    assert len(excerpt) < 180
    assert set(excerpt.replace("<mark>needle</mark>", "").split()) <= {"before", "after", "…"}
