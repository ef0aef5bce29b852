"""Uploads that nobody used are forgotten after a day, and their bytes a day later; never anything that is used."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from deskhand.base.accounts.testing import make_agent
from deskhand.base.files.models import Attachment
from deskhand.base.files.services import attach, forget_unused, open_attachment, store_bytes
from deskhand.kit.clock import now
from deskhand.kit.records import content_type_id
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1, minutes=1)


@pytest.fixture
def store(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def age(store: Path, by: timedelta) -> None:
    """Let all that was uploaded have been so much earlier."""
    earlier = now() - by
    Attachment.objects.update(created_at=earlier)
    for path in store.rglob("*"):
        if path.is_file():
            os.utime(path, (earlier.timestamp(), earlier.timestamp()))


def names(store: Path) -> set[str]:
    return {path.read_text() for path in store.rglob("*") if path.is_file()}


def upload(text: str) -> Attachment:
    [made] = attach([store_bytes(text.encode(), name=f"{text}.txt")], record=None, owner=make_agent().contact)
    return made


def sweep(at: datetime | None = None) -> int:
    return forget_unused(at=at or now())


def test_an_upload_that_nobody_used_goes_after_a_day_and_its_bytes_the_day_after(store):
    upload("forgotten")
    age(store, DAY)

    assert sweep() == 1
    assert not Attachment.objects.exists()
    assert names(store) == {"forgotten"}

    sweep()
    assert names(store) == set()


def test_bytes_that_are_wanted_again_while_they_are_swept_stay(store):
    upload("forgotten")
    age(store, DAY)
    sweep()
    wanted = []

    def want_it_again(execute, sql, params, many, context):
        if not wanted:
            wanted.append(store_bytes(b"forgotten", name="again.txt"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(want_it_again):
        sweep()

    assert names(store) == {"forgotten"}


def test_an_upload_of_today_stays(store):
    upload("fresh")

    assert sweep() == 0
    assert Attachment.objects.get().name == "fresh.txt"
    assert names(store) == {"fresh"}


def test_what_belongs_to_a_record_or_to_something_that_is_being_written_stays(store):
    agent, ticket = make_agent(), make_ticket()
    attach([store_bytes(b"of a ticket", name="a.txt")], record=ticket, owner=None)
    [kept] = attach([store_bytes(b"of a draft", name="b.txt")], record=None, owner=agent.contact)
    draft = apps.get_model("chatter", "Unsent").objects.create(
        user=agent, content_type_id=content_type_id(ticket), object_id=ticket.pk, kind="note", updated_at=now()
    )
    draft.files.add(kept)
    age(store, 30 * DAY)

    assert sweep() == 0
    sweep()

    for attachment in Attachment.objects.all():
        with open_attachment(attachment) as file:
            assert file.read().decode() in {"of a ticket", "of a draft"}
    assert Attachment.objects.count() == 2


def test_bytes_that_another_record_has_too_stay(store):
    upload("shared")
    attach([store_bytes(b"shared", name="again.txt")], record=make_ticket(), owner=None)
    age(store, DAY)

    assert sweep() == 1
    sweep()

    assert Attachment.objects.get().name == "again.txt"
    assert names(store) == {"shared"}


def test_bytes_that_are_uploaded_again_are_wanted_again(store):
    upload("again")
    age(store, DAY)
    sweep()

    store_bytes(b"again", name="again.txt")
    sweep()

    assert names(store) == {"again"}


def test_what_others_keep_in_the_store_stays(store):
    picture = store / "photos" / "a.png"
    picture.parent.mkdir()
    picture.write_text("a picture")
    age(store, 30 * DAY)

    sweep()

    assert picture.exists()
