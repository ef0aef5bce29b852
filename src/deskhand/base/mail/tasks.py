"""Wake-up calls of the mail. Each does what its row still needs, and nothing if somebody else does it already."""

from __future__ import annotations

from huey import crontab

from deskhand.base.mail.models import IncomingMail
from deskhand.base.mail.services.reading import read_mail
from deskhand.base.mail.services.sending import send_mails
from deskhand.kit.clock import now
from deskhand.kit.queue import periodic_task, task

_AT_MOST = 500


@task()  # type: ignore[untyped-decorator]
def read_incoming(pk: int) -> None:
    read_mail(pk, at=now())


@task()  # type: ignore[untyped-decorator]
def send_outgoing(*pks: int) -> None:
    send_mails(pks, at=now())


@periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep_mails() -> None:
    """What is due and was not woken up: calls that got lost, retries, rows of dead processes."""
    due = IncomingMail.objects.due(now()).order_by("due_at", "pk").values_list("pk", flat=True)
    for pk in list(due[:_AT_MOST]):
        read_mail(pk, at=now())
    send_mails((), at=now())
