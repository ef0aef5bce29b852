"""Mails of Django and its libraries wait in the outbox like all others."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.urls import reverse

from deskhand.base.accounts.testing import make_agent
from deskhand.base.mail.backends import FilesBackend
from deskhand.base.mail.models import OutgoingMail
from deskhand.base.mail.services.sending import send_mails
from deskhand.kit.clock import now
from deskhand.kit.work.models import WorkState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _outbox(settings):
    settings.EMAIL_BACKEND = "deskhand.base.mail.backends.OutboxBackend"


def test_a_link_to_choose_a_password_waits_in_the_outbox_while_the_mail_server_is_away(client, settings, other_server):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    user = make_agent(email="amara@nordlys.example")

    answer = client.post(reverse("account_reset_password"), {"email": user.email})
    send_mails(at=now())

    waiting = OutgoingMail.objects.get()
    assert answer.status_code == 302
    assert (waiting.state, waiting.to_address, waiting.is_automatic) == (WorkState.WAITING, user.email, True)
    settings.EMAIL_PORT = port
    send_mails(at=waiting.due_at)
    (sent,) = other_server.mails
    assert sent["Auto-Submitted"] == "auto-generated"
    assert all("/account/password/reset/key/" in part.get_content() for part in sent.iter_parts())
    waiting.refresh_from_db()
    # The link grants rights: it does not stay.
    assert (waiting.state, waiting.text, waiting.html) == (WorkState.DONE, "", "")


def test_the_worker_is_woken_up_after_the_commit(django_capture_on_commit_callbacks, monkeypatch):
    woken = []
    monkeypatch.setattr("deskhand.base.mail.tasks.send_outgoing", lambda: woken.append("now"))

    with django_capture_on_commit_callbacks(execute=True):
        send_mail("Hello", "Text", "Desk <desk@nordlys.example>", ["Ada <ada@home.example>", "bo@home.example"])
        assert woken == []

    rows = OutgoingMail.objects.order_by("pk").values_list("pk", "from_name", "from_address", "to_name", "to_address")
    first, second = rows
    assert woken == ["now"]
    assert first[1:] == ("Desk", "desk@nordlys.example", "Ada", "ada@home.example")
    assert second[1:] == ("Desk", "desk@nordlys.example", "", "bo@home.example")


def test_a_mail_with_files_is_refused(settings):
    message = EmailMultiAlternatives("Hello", "Text", "desk@nordlys.example", ["ada@home.example"])
    message.attach("a.txt", "text", "text/plain")

    with pytest.raises(ValueError, match="belongs to a record"):
        message.send()

    assert not OutgoingMail.objects.exists()


def test_without_a_mail_server_each_mail_is_a_file_that_a_mail_program_opens(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "sent-mails")
    message = EmailMultiAlternatives("Größe", "Text", "desk@nordlys.example", ["Ada <ada@home.example>"])
    message.attach_alternative("<p>Text</p>", "text/html")

    sent = FilesBackend().send_messages([message, EmailMultiAlternatives("B", "b", "c@d.example", ["../up@x.example"])])

    first, second = sorted((tmp_path / "sent-mails").iterdir(), key=lambda file: "ada" not in file.name)
    read = message_from_bytes(first.read_bytes(), policy=default)
    assert sent == 2
    assert (first.suffix, second.suffix) == (".eml", ".eml")
    assert "-ada" in first.name
    assert (read["Subject"], read["To"]) == ("Größe", "Ada <ada@home.example>")
    assert read.get_body(("html",)).get_content().strip() == "<p>Text</p>"
