"""Which records of the domain name system an alias domain needs, as they are written there."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from deskhand.base.companies.public import Company
from deskhand.base.mail.models import OutgoingServer


@dataclass(frozen=True)
class DnsRecord:
    kind: str
    name: str
    value: str
    purpose: str


def domain_records(company: Company, domain: str) -> SafeString:
    """A section for the settings: the records, with what each is for. One query."""
    del company
    host = urlsplit(settings.SITE_URL).hostname or ""
    context = {"records": _records(domain, host), "domain": domain, "is_local": _is_local(host)}
    return SafeString(render_to_string("mail/sections/dns.html", context))


def _records(domain: str, host: str) -> list[DnsRecord]:
    senders = " ".join(f"a:{name}" for name in _sending_hosts(domain))
    return [
        DnsRecord("MX", domain, f"10 {host}", _("Brings mail to the aliases here, at port 25. Leave it as it is where "
                  "your own mail server passes mail on, or where a mailbox is read.")),
        DnsRecord("TXT", domain, " ".join(filter(None, ["v=spf1 mx", senders, "~all"])),
                  _("SPF: who may send mail of the domain. If there is such a record, add to it.")),
        DnsRecord("TXT", f"…._domainkey.{domain}", "v=DKIM1; …",
                  _("DKIM: the server by which mails leave signs them, and names this record.")),
        DnsRecord("TXT", f"_dmarc.{domain}", "v=DMARC1; p=none",
                  _("DMARC: what others do with mails that are neither of the two. Begin with none.")),
    ]  # fmt: skip


def _sending_hosts(domain: str) -> list[str]:
    """Servers by which mails of the domain leave."""
    servers = OutgoingServer.objects.in_use().order_by("priority", "pk")
    kept = [server.host for server in servers if server.fitness(f"postmaster@{domain}")]
    environment = [str(settings.EMAIL_HOST)] if settings.SMTP_URL and not kept else []
    return [host for host in dict.fromkeys([*kept, *environment]) if not _is_local(host)]


def _is_local(host: str) -> bool:
    """No name that others could find."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return True
