"""What the desk writes by itself: templates, their placeholders, and mails made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.public import Draft, Message, Via, post_message
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.models import MailTemplate
from deskhand.base.mail.places import STANDARD_TEMPLATES, TEMPLATE_KINDS, TemplateKind
from deskhand.kit.errors import DomainError
from deskhand.kit.html import clean_html, text_to_html
from deskhand.kit.transactions import in_transaction

_PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}")


class UnknownPlaceholder(DomainError):
    code = "unknown_placeholder"
    status = 422

    def __init__(self, name: str, field: str, kind: TemplateKind) -> None:
        self.field = field
        super().__init__(
            _("“%(name)s” is no placeholder. Use one of: %(known)s.")
            % {"name": f"{{{{ {name} }}}}", "known": ", ".join(known.name for known in kind.placeholders)}
        )


class NameTaken(DomainError):
    code = "template_name_taken"
    message = _("Another template has this name already. Choose a different one.")
    status = 422
    field = "name"


class TemplateInUse(DomainError):
    code = "template_in_use"
    message = _("A stage sends this template. Choose another one there first.")


class TemplateIsStandard(DomainError):
    code = "template_is_standard"
    message = _("This template belongs to Deskhand. You can reword it, but not delete it.")


@dataclass(frozen=True)
class TemplateText:
    """What somebody typed. ``body`` is HTML, or plain text."""

    name: str
    about: str
    subject: str
    body: str


def template_kind(about: str) -> TemplateKind:
    """What templates about this kind of record may say.

    :raises KeyError: nobody declared it; a mistake in the code, not of a person.
    """
    for kind in TEMPLATE_KINDS:
        if kind.about == about:
            return kind
    raise KeyError(about)


@in_transaction
def save_template(typed: TemplateText, *, pk: int | None = None) -> MailTemplate:
    """Make a template, or reword the one with ``pk``.

    :raises UnknownPlaceholder: subject or text hold one that we cannot fill.
    :raises NameTaken: the name is another template's.
    """
    kind = template_kind(typed.about)
    for field, text in (("subject", typed.subject), ("body", typed.body)):
        _check_placeholders(text, field, kind)
    if MailTemplate.objects.filter(name__iexact=typed.name).exclude(pk=pk or 0).exists():
        raise NameTaken
    template = MailTemplate.objects.select_for_update().get(pk=pk) if pk else MailTemplate(about=typed.about)
    template.name, template.subject = typed.name, typed.subject
    template.body_html = as_html(typed.body)
    template.save()
    return template


@in_transaction
def delete_template(pk: int) -> None:
    """Remove a template.

    :raises TemplateIsStandard: every Deskhand has it.
    :raises TemplateInUse: something still sends it.
    """
    template = MailTemplate.objects.select_for_update().get(pk=pk)
    if template.key:
        raise TemplateIsStandard
    try:
        template.delete()
    except ProtectedError as error:
        raise TemplateInUse from error


def standard_template(key: str) -> MailTemplate:
    """A template that every Deskhand has; made anew if it is missing. One query.

    :raises KeyError: no app declared it.
    """
    template = MailTemplate.objects.filter(key=key).first()
    if template:
        return template
    standard = next((known for known in STANDARD_TEMPLATES if known.key == key), None)
    if standard is None:
        raise KeyError(key)
    return MailTemplate.objects.get_or_create(
        key=key,
        defaults={
            "name": standard.name,
            "about": standard.about,
            "subject": standard.subject,
            "body_html": standard.body_html,
        },
    )[0]


def rendered(template: MailTemplate, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject (text) and body (HTML) with the placeholders filled in; what has no value is left out."""
    subject = _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), template.subject)
    body = _PLACEHOLDER.sub(lambda found: escape(values.get(found[1], "")), template.body_html)
    return " ".join(subject.split()), body


def samples(kind: TemplateKind) -> dict[str, str]:
    """Values for a preview."""
    return {placeholder.name: str(placeholder.sample) for placeholder in kind.placeholders}


@transaction.atomic(savepoint=False)
def send_template(
    record: Model, template: MailTemplate, contact: Contact, values: Mapping[str, str], *, at: datetime
) -> Message:
    """Write to one contact in the name of the desk; it stands in the chatter, marked automatic, and never counts as
    a response (RULES, Closing)."""
    subject, body = rendered(template, values)
    draft = Draft(html=body, author=None, from_internal=True, via=Via.AUTOMATIC, subject=subject)
    return post_message(record, draft, at=at, recipients=[contact.pk])


def unknown_placeholders(text: str, kind: TemplateKind) -> list[str]:
    """Placeholders in a text that we cannot fill."""
    known = {placeholder.name for placeholder in kind.placeholders}
    return [name for name in _PLACEHOLDER.findall(text) if name not in known]


def _check_placeholders(text: str, field: str, kind: TemplateKind) -> None:
    for name in unknown_placeholders(text, kind):
        raise UnknownPlaceholder(name, field, kind)


def as_html(typed: str) -> str:
    """What somebody typed as HTML fit to be stored; plain text gets paragraphs."""
    return clean_html(typed) if re.search(r"<[a-zA-Z/!]", typed) else text_to_html(typed)
