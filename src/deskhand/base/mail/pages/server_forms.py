"""What is typed about mail servers. Passwords are taken, never shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import Company, SettingsForm
from deskhand.base.mail.enums import Afterwards, BoxKind, Security
from deskhand.base.mail.models import IncomingServer, MailServer, MailSetup, OutgoingServer
from deskhand.base.mail.services.receiving import offered_addresses
from deskhand.base.mail.services.servers import IncomingDetails, OutgoingDetails, use_custom_servers

_PLAIN = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}


class ServerForm(forms.Form):
    """The fields that outgoing and incoming servers have in common."""

    name = forms.CharField(label=_("Name"), max_length=80, error_messages={"required": _("Enter a name.")})
    host = forms.CharField(
        label=_("Server"),
        max_length=253,
        widget=forms.TextInput(attrs=_PLAIN | {"placeholder": "mail.nordlys.example"}),
        error_messages={"required": _("Enter the name of the server.")},
    )
    security = forms.ChoiceField(label=_("Encryption"), choices=Security.choices, initial=Security.TLS)
    port = forms.IntegerField(label=_("Port"), required=False, min_value=1, max_value=65_535)
    username = forms.CharField(
        label=_("User"), max_length=254, required=False, strip=False, widget=forms.TextInput(attrs=_PLAIN)
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    trusted_certificate = forms.CharField(
        label=_("Trusted certificate"),
        max_length=50_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "placeholder": "-----BEGIN CERTIFICATE-----"}),
        help_text=_("Only for a server whose certificate nobody else vouches for. Empty: what this machine trusts."),
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, instance: MailServer | None, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, files, initial=(self.known(instance) if instance else {}) | initial)
        if instance and instance.sealed_password:
            self.fields["password"].help_text = gettext("It is kept sealed and never shown. Empty: it stays as it is.")

    def known(self, server: Any) -> dict[str, Any]:
        return {name: getattr(server, name) for name in self.base_fields if name != "password"}


class OutgoingServerForm(ServerForm):
    """A server that mails leave by."""

    from_filter = forms.CharField(
        label=_("From filter"), max_length=500, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )
    priority = forms.IntegerField(
        label=_("Priority"),
        min_value=1,
        max_value=32_000,
        initial=10,
        help_text=_("Of several that fit, the lowest number is used, and the next one while that is away."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["port"].help_text = gettext("Empty: 465 for TLS from the start, 587 for STARTTLS, else 25.")
        self.fields["from_filter"].help_text = _filter_help()

    def details(self) -> OutgoingDetails:
        return OutgoingDetails(**self.cleaned_data | {"security": Security(self.cleaned_data["security"])})


class IncomingServerForm(ServerForm):
    """A mailbox that is read."""

    kind = forms.ChoiceField(label=_("Protocol"), choices=BoxKind.choices, initial=BoxKind.IMAP)
    folder = forms.CharField(
        label=_("Folder"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("Of IMAP. What is unread in it is fetched."),
        initial="INBOX",
    )
    afterwards = forms.ChoiceField(
        label=_("Afterwards"),
        choices=Afterwards.choices,
        initial=Afterwards.KEEP,
        help_text=_("What becomes of a message there, once it is stored here."),
    )
    move_to = forms.CharField(
        label=_("Move to"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN | {"placeholder": "Deskhand"}),
        help_text=_("The folder; it is made if there is none."),
    )
    otherwise_to = forms.ChoiceField(
        label=_("Otherwise to"),
        required=False,
        help_text=_(
            "Which team gets messages that name none of our addresses. Else they are kept under Incoming Mail."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["port"].help_text = gettext("Empty: the usual one, such as 993 for IMAP with TLS from the start.")
        offered = offered_addresses()
        present = self.initial.get("otherwise_to")
        if present and present not in dict(offered):
            offered.append((present, gettext("receives no mail any more")))
        nobody = ("", gettext("Nobody"))
        self.fields["otherwise_to"].choices = [  # type: ignore[attr-defined]
            nobody,
            *((address, f"{name} – {address}") for address, name in offered),
        ]

    def details(self) -> IncomingDetails:
        data = self.cleaned_data
        choices = {
            "security": Security(data["security"]),
            "kind": BoxKind(data["kind"]),
            "afterwards": Afterwards(data["afterwards"]),
            "folder": data["folder"].strip() or "INBOX",
            "move_to": data["move_to"].strip(),
        }
        return IncomingDetails(**data | choices)


class CustomServersSection(SettingsForm):
    """*Custom Email Servers* in the general settings; for all companies."""

    uses_custom_servers = forms.BooleanField(label=_("Custom Email Servers"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"uses_custom_servers": MailSetup.objects.filter(uses_custom_servers=True).exists()}

    @property
    def counts(self) -> dict[str, int]:
        """How many servers there are, for the links. Two queries."""
        return {
            "outgoing": OutgoingServer.objects.filter(is_active=True).count(),
            "incoming": IncomingServer.objects.filter(is_active=True).count(),
        }

    @property
    def environment(self) -> str:
        """What mails leave by otherwise."""
        return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if settings.SMTP_URL else ""

    def save(self) -> None:
        use_custom_servers(is_on=self.cleaned_data["uses_custom_servers"], by=self.user)


def _filter_help() -> str:
    """What to write, with the domains that there are. One query."""
    domains = Company.objects.exclude(alias_domain="").order_by("name").values_list("alias_domain", flat=True)
    told = gettext("Senders whose mails it takes: addresses and domains, several with commas. Empty: all.")
    known = ", ".join(dict.fromkeys(domains))
    return f"{told} {gettext('Alias domains: %(domains)s.') % {'domains': known}}" if known else told
