from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from deskhand.base.chatter.enums import MessageKind
from deskhand.base.chatter.events import MessagePosted
from deskhand.base.chatter.models import Follower, Message
from deskhand.base.chatter.queries import feed_of, public_feed_of
from deskhand.base.chatter.services.following import add_followers, remove_follower
from deskhand.base.chatter.services.writing import (
    Draft,
    FieldChange,
    NothingWritten,
    log_changes,
    log_note,
    post_message,
)
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
from deskhand.base.files.public import store_bytes
from deskhand.kit import events
from deskhand.kit.clock import now
from deskhand.kit.panels import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[MessagePosted]:
    """Facts that were told; nobody else listens."""
    told: list[MessagePosted] = []
    monkeypatch.setitem(events._inside, MessagePosted, [told.append])
    return told


def test_a_message_goes_to_all_followers_but_its_author(posted):
    record, author, reader = make_company(), make_contact(), make_contact()
    add_followers(record, [author.pk, reader.pk])

    post_message(record, Draft(html="<p>Hello</p>", author=author), at=now())

    assert posted[0].recipients == (reader.pk,)


def test_a_note_goes_to_nobody(posted):
    record, reader = make_company(), make_contact()
    add_followers(record, [reader.pk])

    note = log_note(record, Draft(html="<p>Psst</p>", author=None), at=now())

    assert note.kind == MessageKind.NOTE
    assert posted[0].recipients == ()


def test_html_is_cleaned_before_it_is_stored(posted):
    message = post_message(
        make_company(), Draft(html='<p onclick="x()">Hi<script>steal()</script></p>', author=None), at=now()
    )

    assert message.body_html == "<p>Hi</p>"


def test_an_empty_message_is_refused_and_leaves_nothing(posted):
    with pytest.raises(NothingWritten):
        post_message(make_company(), Draft(html="<p> <br></p>", author=None), at=now())

    assert not Message.objects.exists()
    assert posted == []


def test_a_file_alone_is_a_message(posted):
    file = store_bytes(b"%PDF-1.4 x", name="log.pdf")

    message = post_message(make_company(), Draft(html="", author=None, files=[file]), at=now())

    assert [attachment.name for attachment in message.attachments.all()] == ["log.pdf"]


def test_inline_pictures_point_to_the_stored_file(posted):
    record = make_company()
    picture = store_bytes(
        b"\x89PNG\r\n\x1a\n", name="plate.png", mime_type="image/png", content_id="a@b", is_inline=True
    )

    message = post_message(record, Draft(html='<p><img src="cid:a@b"></p>', author=None, files=[picture]), at=now())

    attachment = message.attachments.get()
    assert attachment.url in message.body_html
    assert feed_of(record).days[0].entries[0].files == []
    assert default_storage.exists(f"{attachment.sha256[:2]}/{attachment.sha256[2:4]}/{attachment.sha256}")


def test_changes_are_one_entry_and_nothing_changed_is_none(posted):
    record = make_company()

    entry = log_changes(record, [FieldChange("stage", "Stage", "New", "Solved")], by=None, at=now())

    assert entry is not None
    assert entry.changes == [{"field": "stage", "label": "Stage", "old": "New", "new": "Solved"}]
    assert log_changes(record, [], by=None, at=now()) is None


def test_what_happened_is_escaped(posted):
    entry = log_changes(make_company(), [], by=None, at=now(), text="Mail from <b>x</b>")

    assert entry is not None
    assert entry.body_html == "Mail from &lt;b&gt;x&lt;/b&gt;"


def test_following_twice_is_following_once():
    record, contact = make_company(), make_contact()

    add_followers(record, [contact.pk])
    add_followers(record, [contact.pk])
    assert Follower.objects.of(record).count() == 1

    remove_follower(record, contact.pk)
    assert not Follower.objects.of(record).exists()


def test_the_public_feed_has_no_notes_and_no_changes(posted):
    record = make_company()
    log_note(record, Draft(html="<p>inside</p>", author=None), at=now())
    log_changes(record, [FieldChange("x", "X", "1", "2")], by=None, at=now())
    post_message(record, Draft(html="<p>outside</p>", author=None), at=now())

    assert [entry.message.body_html for entry in public_feed_of(record)] == ["<p>outside</p>"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_costs_the_same_for_one_and_three_messages(posted, monkeypatch, django_assert_num_queries, count):
    monkeypatch.setattr("deskhand.base.chatter.queries.MESSAGE_MARKS", Place("no marks"))
    record = make_company()
    file = store_bytes(b"x", name="a.txt")
    for _ in range(count):
        post_message(record, Draft(html="<p>Hi</p>", author=make_contact(), files=[file]), at=now())

    with django_assert_num_queries(2):
        assert len([entry.message.author.name for entry in feed_of(record)]) == count
