from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate

from deskhand.base.chatter.public import Message
from deskhand.base.companies.testing import make_company
from deskhand.kit.clock import now
from deskhand.kit.search.indexes import declared

pytestmark = pytest.mark.django_db


def texts():
    return next(index for index in declared() if index.model is Message)


def write(html: str) -> Message:
    return Message.objects.create(
        content_type_id=1, object_id=make_company().pk, kind="note", body_html=html, created_at=now()
    )


def found(typed: str) -> list[str]:
    return [message.body_html for message in texts().newest(Message.objects.all(), typed, most=10)]


def test_words_are_found_by_their_beginnings_in_any_order_and_case():
    write("<p>The <b>Geschirrspüler</b> leaks</p>")
    write("<p>The oven stays dark</p>")

    assert found("LEAK geschirr") == ["<p>The <b>Geschirrspüler</b> leaks</p>"]
    assert found("the") == ["<p>The oven stays dark</p>", "<p>The <b>Geschirrspüler</b> leaks</p>"]
    assert found("leaks oven") == []
    assert found("ven") == []


def test_tags_are_no_words():
    write('<p><a href="https://blockquote.example" title="strong">x</a><strong>y</strong></p>')

    assert found("strong") == found("href") == found("blockquote") == []
    assert len(found("y")) == 1


@pytest.mark.parametrize("typed", ["", " ", "'", '"', "\\", "&", "a' | 'b", 'x" OR "y', "NEAR(", "a:*", "\0", "%"])
def test_whatever_is_typed_is_words_and_no_syntax(typed):
    write("<p>y</p>")

    assert found(typed) == []


def test_signs_around_a_word_do_not_matter():
    write("<p>y</p>")

    assert len(found("!y")) == len(found("(y)")) == len(found('"y"')) == 1


def test_addresses_and_hyphens_are_found():
    write("<p>The DW-620 of erik.solberg@fjordkraft.example, part 12/3</p>")

    assert len(found("dw-620")) == len(found("erik.solberg@fjordkraft.example")) == len(found("DW-6")) == 1


def test_what_is_changed_or_deleted_is_found_no_more():
    message = write("<p>before</p>")

    message.body_html = "<p>after</p>"
    message.save()
    assert (found("before"), len(found("after"))) == ([], 1)

    message.delete()
    assert found("after") == []


def test_the_newest_come_first_and_not_too_many():
    for number in range(5):
        write(f"<p>word {number}</p>")

    newest = texts().newest(Message.objects.all(), "word", most=2)
    assert [message.body_html for message in newest] == ["<p>word 4</p>", "<p>word 3</p>"]


def test_migrating_again_changes_nothing_and_makes_what_is_lost():
    write("<p>kept</p>")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # as a migration that makes a table anew
            cursor.execute(f'DROP TRIGGER "{texts().name}_insert"')
        else:
            cursor.execute(f'DROP INDEX "{texts().name}"')
    write("<p>missed</p>")

    connection.check_constraints()  # what waits for the end of the transaction stands in the way of an index
    for _ in range(2):
        post_migrate.send(apps.get_app_config("chatter"), app_config=apps.get_app_config("chatter"), using="default")

    write("<p>kept and new</p>")
    assert (len(found("kept")), len(found("missed")), len(found("new"))) == (2, 1, 1)


def test_every_index_is_used():
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL says how it answers; SQLite has no other way.")
    for index in declared():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
            plan = index.newest(index.model._default_manager.all(), "word", most=10).explain()
        assert index.name in plan
