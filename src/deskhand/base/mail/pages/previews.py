"""How a template looks to a customer, with sample data."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from deskhand.base.mail.models import MailTemplate
from deskhand.base.mail.places import TemplateKind
from deskhand.base.mail.services.templates import as_html, rendered, samples, unknown_placeholders


def preview_of(subject: str, body: str, kind: TemplateKind) -> dict[str, Any]:
    """What ``mail/preview.html`` needs; placeholders that cannot be filled are named."""
    values = samples(kind)
    subject_line, html = rendered(MailTemplate(subject=subject, body_html=as_html(body)), values)
    return {
        "unknown": unknown_placeholders(subject + body, kind),
        "subject": subject_line,
        "body": html,
        "company": values[kind.company],
        "sender": f"{values[kind.company]} {values[kind.sender]}",
        "reference": values[kind.reference],
        "link": "#",
        "link_label": kind.link_label,
        "takes_replies": True,
        "language": get_language(),
    }
