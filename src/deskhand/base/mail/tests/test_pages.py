from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import Role
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_user
from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.models import IncomingMail, MailTemplate, OutgoingMail
from deskhand.base.mail.testing import deliver, make_mail, make_outgoing, make_outgoing_server, make_template
from deskhand.kit.work.models import WorkState

from .conftest import OURS

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_user(app="settings", role=Role.ADMINISTRATOR))
    return client


@pytest.fixture
def unread(mailbox) -> IncomingMail:
    """A mail that nobody here receives."""
    return deliver(
        make_mail(to="nobody@desk.example", subject="Lost <mail>", text="Where am I?"), to="nobody@desk.example"
    )


@pytest.mark.parametrize("name", ["templates", "incoming", "outgoing"])
def test_lists_are_for_administrators(client, name):
    client.force_login(make_agent())
    assert client.get(reverse(f"mail:{name}")).status_code == 403

    client.force_login(make_portal_user())
    assert client.get(reverse(f"mail:{name}")).status_code == 403

    client.logout()
    assert client.get(reverse(f"mail:{name}")).status_code == 302


def test_a_mail_that_could_not_be_read_is_listed_with_its_reason(admin, unread):
    page = admin.get(reverse("mail:incoming"), {"filter": "failed"}).content.decode()

    assert "Lost &lt;mail&gt;" in page
    assert "Nobody here receives mail for nobody@desk.example." in page
    assert "Unreadable" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_for_one_and_three_rows(admin, mailbox, django_assert_num_queries, count):
    for number in range(count):
        deliver(make_mail(to="nobody@desk.example", subject=str(number)), to="nobody@desk.example")
        make_outgoing()
        make_template()
    admin.get(reverse("mail:incoming"))

    for name, queries in (("incoming", 6), ("outgoing", 6), ("templates", 6)):
        with django_assert_num_queries(queries):
            admin.get(reverse(f"mail:{name}"))


def test_a_mail_is_shown_as_text_with_its_headers(admin, unread):
    page = admin.get(reverse("mail:incoming-mail", args=[unread.pk])).content.decode()

    assert "Where am I?" in page
    assert "Message-Id" in page
    assert "Read again" in page


def test_a_mail_that_nobody_can_take_apart_is_shown_as_it_came(admin, mailbox):
    unreadable = deliver(b"\0\0\0", to=OURS)

    page = admin.get(reverse("mail:incoming-mail", args=[unreadable.pk])).content.decode()

    assert "could not be taken apart" in page


def test_a_mail_is_read_again_after_what_was_wrong_is_mended(admin, unread, mailbox, monkeypatch):
    response = admin.post(reverse("mail:incoming-reading", args=[unread.pk]), follow=True)

    unread.refresh_from_db()
    assert (unread.state, unread.outcome) == (WorkState.WAITING, Outcome.PENDING)
    assert "will be read again" in response.content.decode()


def test_a_mail_that_was_read_is_not_read_again(admin, mailbox):
    mail = deliver(make_mail(to=OURS, auto_submitted="auto-replied"), to=OURS)

    response = admin.post(reverse("mail:incoming-reading", args=[mail.pk]), follow=True)

    mail.refresh_from_db()
    assert mail.state == WorkState.DONE
    assert "was read already" in response.content.decode()


def test_the_source_is_saved_and_never_shown(admin, unread):
    response = admin.get(reverse("mail:source", args=[unread.pk]))

    assert response.content == bytes(unread.raw)
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["original", "source"])
def test_mails_without_a_record_are_not_for_agents(client, unread, name):
    client.force_login(make_agent())

    assert client.get(reverse(f"mail:{name}", args=[unread.pk])).status_code == 404


def test_a_failed_mail_is_sent_again(admin):
    mail = make_outgoing(state=WorkState.FAILED, last_error="550 No such user")
    page = admin.get(reverse("mail:outgoing-mail", args=[mail.pk])).content.decode()
    assert "550 No such user" in page

    response = admin.post(reverse("mail:outgoing-sending", args=[mail.pk]), follow=True)

    mail.refresh_from_db()
    assert mail.state == WorkState.WAITING
    assert "will be sent again" in response.content.decode()


def test_sending_again_is_not_for_those_who_do_not_see_the_record(client):
    mail = make_outgoing(state=WorkState.FAILED)
    client.force_login(make_agent())

    response = client.post(reverse("mail:outgoing-sending", args=[mail.pk]))

    mail.refresh_from_db()
    assert (response.status_code, mail.state) == (404, WorkState.FAILED)


def test_sending_again_goes_back_to_where_one_came_from_but_never_elsewhere(admin):
    for wanted, expected in (("/helpdesk/tickets/1/", "/helpdesk/tickets/1/"), ("https://evil.example/", None)):
        mail = make_outgoing(state=WorkState.FAILED)
        response = admin.post(reverse("mail:outgoing-sending", args=[mail.pk]), {"next": wanted})
        assert response["Location"] == (expected or reverse("mail:outgoing-mail", args=[mail.pk]))


def test_a_template_is_made_and_reworded(admin):
    typed = {"name": "Thanks", "subject": "Thanks, {{ customer.name }}", "body": "See {{ ticket.title }}."}

    admin.post(reverse("mail:new-template"), typed)
    template = MailTemplate.objects.get(name="Thanks")
    admin.post(reverse("mail:template", args=[template.pk]), typed | {"name": "Many thanks"})

    template.refresh_from_db()
    assert (template.name, template.body_html) == ("Many thanks", "<p>See {{ ticket.title }}.</p>")


def test_an_unknown_placeholder_stands_beside_its_field_and_what_was_typed_is_kept(admin):
    template = make_template()

    response = admin.post(
        reverse("mail:template", args=[template.pk]), {"name": "x", "subject": "{{ ticket.colour }}", "body": "Typed"}
    )

    template.refresh_from_db()
    page = response.content.decode()
    assert response.status_code == 422
    assert "is no placeholder" in page
    assert "Typed" in page
    assert template.subject == "Hello"


def test_the_page_of_a_template_lists_its_placeholders(admin):
    page = admin.get(reverse("mail:template", args=[make_template().pk])).content.decode()

    assert "{{ ticket.title }}" in page
    assert "mail-preview" in page


def test_the_page_of_a_new_template_lists_placeholders_too(admin):
    page = admin.get(reverse("mail:new-template")).content.decode()

    assert "{{ ticket.title }}" in page


def test_the_preview_shows_what_is_typed_with_samples_in_a_box_that_runs_nothing(admin):
    url = reverse("mail:template-preview", args=["ticket"])

    response = admin.post(
        url, {"subject": "On {{ ticket.title }}", "body": "<p>Hi {{ customer.name }}</p><script>x()</script>{{ odd }}"}
    )

    page = response.content.decode()
    assert "On Oven display stays dark" in page
    assert "Hi Erik Solberg" in page
    assert "View the ticket" in page
    assert "“odd” is no placeholder" in page
    assert "script" not in page
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_preview_of_a_saved_template(admin):
    template = make_template(body_html="<p>Saved words</p>")

    page = admin.get(reverse("mail:template-preview", args=["ticket"]), {"template": template.pk}).content.decode()

    assert "Saved words" in page


@pytest.mark.parametrize(("about", "query"), [("nothing", ""), ("ticket", "?template=x"), ("ticket", "?template=99")])
def test_there_is_no_preview_of_nothing(admin, about, query):
    assert admin.get(reverse("mail:template-preview", args=[about]) + query).status_code == 404


def test_the_outbox_shows_nothing_of_the_links_in_mails(admin):
    mail = make_outgoing(html='<a href="/t/secret/">x</a>', text="/t/secret/")

    page = admin.get(reverse("mail:outgoing-mail", args=[mail.pk])).content.decode()

    assert "/t/secret" not in page
    assert OutgoingMail.objects.get().text == "/t/secret/"


def test_failed_mails_are_sent_again_many_at_once_and_others_say_why_not(admin):
    failed = [make_outgoing(state=WorkState.FAILED, last_error="No such user") for _ in range(2)]
    waiting = make_outgoing()

    admin.post(
        reverse("mail:outgoing-mass"),
        {"action": "send-again", "pk": [mail.pk for mail in [*failed, waiting]], "go": "1"},
    )

    states = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in failed]).values_list("state", "last_error")
    assert set(states) == {(WorkState.WAITING, "")}


def test_mails_that_could_not_be_read_are_read_again_many_at_once(admin, unread):
    admin.post(reverse("mail:incoming-mass"), {"action": "read-again", "pk": [unread.pk], "go": "1"})

    unread.refresh_from_db()
    assert (unread.state, unread.outcome) == (WorkState.WAITING, Outcome.PENDING)


def test_the_lists_are_grouped_by_the_way_that_mails_came_and_left(admin, unread):
    make_outgoing(state=WorkState.DONE, server=make_outgoing_server(name="Post office"))
    make_outgoing(last_error="Nobody answers.")

    assert "SMTP" in admin.get(reverse("mail:incoming"), {"group": "via"}).content.decode()
    page = admin.get(reverse("mail:outgoing"), {"group": "server"}).content.decode()
    assert ("Post office" in page, "As the installation is set up" in page) == (True, True)
    page = admin.get(reverse("mail:outgoing"), {"filter": "troubled"}).content.decode()
    assert ("Nobody answers." in page, "Post office" in page) == (True, False)
