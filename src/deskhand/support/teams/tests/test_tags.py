from __future__ import annotations

import pytest

from deskhand.kit.hues import Hue
from deskhand.support.teams.models import Tag
from deskhand.support.teams.services.tags import TagNameTaken, create_tag, delete_tag, update_tag

pytestmark = pytest.mark.django_db


def test_hues_take_turns_and_leave_grey_out():
    made = [create_tag(f"Tag {number}") for number in range(7)]

    assert [tag.color for tag in made] == [1, 2, 3, 4, 5, 6, 1]


def test_capitals_make_no_other_name():
    tag, other = create_tag("Pricing"), create_tag("IT")

    with pytest.raises(TagNameTaken):
        create_tag("PRICING")
    with pytest.raises(TagNameTaken):
        update_tag(other.pk, name="pricing", color=Hue.GREY)

    assert sorted(Tag.objects.values_list("name", flat=True)) == ["IT", "Pricing"]
    assert update_tag(tag.pk, name="pricing", color=Hue.TEAL).name == "pricing"


def test_a_tag_can_be_deleted():
    delete_tag(create_tag("Pricing").pk)

    assert not Tag.objects.exists()
