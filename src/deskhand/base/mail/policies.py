from __future__ import annotations

from typing import Any

from deskhand.base.companies.public import Company, can_configure
from deskhand.base.mail.models import IncomingMail, OutgoingMail
from deskhand.base.mail.places import MAIL_ADMINISTRATORS
from deskhand.kit import records


def can_administer_mail(user: Any) -> bool:
    """Whether somebody may see what came in and went out, have it tried again, and word templates."""
    return bool(user.is_authenticated and user.is_internal and any(agrees(user) for agrees in MAIL_ADMINISTRATORS))


def can_see_mail(user: Any, mail: IncomingMail | OutgoingMail) -> bool:
    """Whoever works here and sees the record it belongs to; mail that led to none: administrators whose companies it
    was sent to, and all of it (also what goes out, such as links to choose a password) those of the settings.

    At most two queries.
    """
    if not user.is_authenticated or not user.is_internal:
        return False
    if mail.content_type_id is not None and mail.object_id is not None:
        return records.find_visible(user, mail.content_type_id, mail.object_id) is not None
    if can_configure(user):
        return True
    return (
        isinstance(mail, IncomingMail)
        and can_administer_mail(user)
        and not domains_of(user).isdisjoint(address.rpartition("@")[2] for address in mail.recipients)
    )


def domains_of(user: Any) -> set[str]:
    """What stands behind the @ of the companies a user works in. One query."""
    companies = Company.objects.filter(pk__in=user.company_ids).exclude(alias_domain="")
    return set(companies.values_list("alias_domain", flat=True))
