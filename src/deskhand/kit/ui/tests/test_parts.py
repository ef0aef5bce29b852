from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.utils.safestring import mark_safe

from deskhand.kit.ui.parts import avatar, badge, bar, initials, stars, tag
from deskhand.kit.ui.shapes import Badge


@dataclass
class ATag:
    name: str
    color: int


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Okafor", "AO"),
        ("Amara Ngozi Okafor", "AO"),
        ("Siobhán O’Connell", "SO"),
        ("李小龙", "李"),
        ("فاطمة الزهراء بن علي", "فع"),
        ("(Ms) anna", "MA"),
        ("support@kunde.example", "S"),
        ("…", "…"),
    ],
)
def test_initials_are_the_first_letters_of_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_an_avatar_says_whose_it_is_and_is_always_of_the_same_hue() -> None:
    drawn = avatar("Amara Okafor", "l")

    assert 'aria-label="Amara Okafor" title="Amara Okafor"' in drawn
    assert drawn == avatar("Amara Okafor", "l")


def test_an_avatar_beside_the_name_is_not_read_twice() -> None:
    assert 'aria-hidden="true"' in avatar("Amara Okafor", beside=True)
    assert "title" not in avatar("Amara Okafor", beside=True)


def test_nobody_is_a_dashed_circle_that_says_unassigned() -> None:
    drawn = avatar("")

    assert 'class="av none"' in drawn
    assert 'aria-label="Unassigned"' in drawn


def test_a_name_cannot_smuggle_markup_into_the_page() -> None:
    assert "<script>" not in avatar("<script>alert(1)</script>") + tag(ATag("<script>", 1))


@pytest.mark.parametrize(
    ("priority", "label", "filled"), [(0, "Low", 0), (2, "High", 2), (3, "Urgent", 3), (9, "Urgent", 3)]
)
def test_stars_show_the_priority_and_say_its_name(priority: int, label: str, filled: int) -> None:
    drawn = stars(priority)

    assert f'aria-label="Priority: {label}"' in drawn
    assert drawn.count("class=on") == filled
    assert drawn.count("<path") == 3


def test_a_badge_has_its_word_besides_its_colour() -> None:
    drawn = badge(Badge("35 min left", icon="hourglass", tone="soon", title="Due at 16:35"))

    assert drawn.startswith('<span class="dh-b soon" title="Due at 16:35"><svg')
    assert drawn.endswith("35 min left</span>")


def test_a_badge_without_tone_and_icon_is_plain() -> None:
    assert badge(Badge("A < B")) == '<span class="dh-b">A &lt; B</span>'


def test_a_tag_has_the_hue_of_its_colour_and_grey_none() -> None:
    assert tag(ATag("Repair", 1)) == '<span class="dh-tag h1c"><bdi class="cut">Repair</bdi></span>'
    assert tag(ATag("Repair", 0)) == '<span class="dh-tag"><bdi class="cut">Repair</bdi></span>'


def test_a_long_tag_is_read_by_pointing_at_it() -> None:
    assert 'title="Wasserstoffperoxidflaschen &amp; more"' in tag(ATag("Wasserstoffperoxidflaschen & more", 0))


def test_a_tag_that_gets_another_colour_is_drawn_anew() -> None:
    shown = ATag("Repair", 1)
    tag(shown)
    shown.color = 2

    assert "h2c" in tag(shown)


def test_what_is_remembered_of_safe_text_is_not_used_for_text_of_people() -> None:
    badge(Badge(mark_safe("<b>1</b>")))

    assert badge(Badge("<b>1</b>")) == '<span class="dh-b">&lt;b&gt;1&lt;/b&gt;</span>'


def test_a_bar_divides_the_whole_in_the_order_given_and_says_the_same_in_words() -> None:
    drawn = bar("1 ready, 3 in progress", ok=1, bad=0, n=3)

    assert 'aria-label="1 ready, 3 in progress"' in drawn
    assert '<rect class="ok" x="0%" y="-2" width="25%" height="10"/>' in drawn
    assert '<rect class="n" x="25%" y="-2" width="75%" height="10"/>' in drawn
    assert '"bad"' not in drawn


def test_a_bar_of_nothing_is_empty() -> None:
    assert "<rect" not in bar("nothing", ok=0, n=0)
