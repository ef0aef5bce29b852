"""The pages that are looked at, who looks, and the records in their addresses."""

from __future__ import annotations

PASSWORD = "nordlys-demo"
CUSTOMER = "siobhan@harbourview.example"
ADMIN, AGENT, OUTSIDER = "amara@nordlys.example", "jonas@nordlys.example", "sigrid@nordlys.example"
NOBODY = ""
PAGES = [
    (NOBODY, "/account/login/"),
    (NOBODY, "/account/password/reset/"),
    (NOBODY, "/account/password/reset/done/"),
    (NOBODY, "/account/password/reset/key/done/"),
    (NOBODY, "/account/inactive/"),
    (NOBODY, "/account/provider-cancelled/"),
    (NOBODY, "{link}"),
    (NOBODY, "/account/sign-up/sent/"),
    (CUSTOMER, "/my/"),
    (CUSTOMER, "/my/tickets/"),
    (CUSTOMER, "/my/tickets/?show=all&by=month"),
    (CUSTOMER, "/my/tickets/?q=nothing+has+this"),
    (CUSTOMER, "/my/tickets/{own_ticket}/"),
    (CUSTOMER, "/settings/preferences/"),
    (CUSTOMER, "/settings/preferences/addresses/new/"),
    (AGENT, "/my/tickets/"),
    (OUTSIDER, "/"),
    (AGENT, "/helpdesk/"),
    (AGENT, "/search/?q=dishwasher"),
    (AGENT, "/search/?q=nothing+has+this"),
    (AGENT, "/shortcuts/"),
    (ADMIN, "/helpdesk/?filter=followed"),
    (AGENT, "/helpdesk/daily-target/"),
    (AGENT, "/helpdesk/teams/{team}/board/"),
    (AGENT, "/helpdesk/tickets/"),
    (AGENT, "/helpdesk/tickets/?group=stage"),
    (AGENT, "/helpdesk/tickets/?filter=open&view=kanban&group=assignee"),
    (AGENT, "/helpdesk/tickets/?q=nothing+has+this"),
    (ADMIN, "/helpdesk/tickets/import/"),
    (AGENT, "/helpdesk/tickets/{ticket}/"),
    (AGENT, "/helpdesk/tickets/new/?team={team}"),
    (ADMIN, "/helpdesk/teams/{team}/board/"),
    (ADMIN, "/helpdesk/tickets/{ticket}/"),
    (ADMIN, "/helpdesk/teams/"),
    (ADMIN, "/helpdesk/teams/new/"),
    (ADMIN, "/helpdesk/teams/{team}/"),
    (ADMIN, "/helpdesk/stages/"),
    (ADMIN, "/helpdesk/stages/import/"),
    (ADMIN, "/helpdesk/stages/new/"),
    (ADMIN, "/helpdesk/stages/{stage}/"),
    (ADMIN, "/helpdesk/tags/"),
    (ADMIN, "/helpdesk/tags/import/"),
    (ADMIN, "/helpdesk/tags/new/"),
    (ADMIN, "/helpdesk/tags/{tag}/"),
    (ADMIN, "/contacts/"),
    (ADMIN, "/contacts/new/"),
    (ADMIN, "/contacts/import/"),
    (ADMIN, "/imports/{import}/"),
    (ADMIN, "/contacts/duplicates/"),
    (ADMIN, "/contacts/tags/"),
    (ADMIN, "/contacts/tags/new/"),
    (ADMIN, "/contacts/tags/import/"),
    (ADMIN, "/contacts/tags/{contact_tag}/"),
    (ADMIN, "/contacts/{person}/"),
    (ADMIN, "/contacts/{firm}/"),
    (AGENT, "/employees/"),
    (AGENT, "/employees/{employee}/"),
    (ADMIN, "/employees/{employee}/"),
    (ADMIN, "/employees/departments/"),
    (ADMIN, "/employees/new/"),
    (ADMIN, "/employees/import/"),
    (ADMIN, "/employees/departments/new/"),
    (ADMIN, "/employees/departments/import/"),
    (ADMIN, "/employees/departments/{department}/"),
    (ADMIN, "/employees/calendars/"),
    (ADMIN, "/employees/calendars/new/"),
    (ADMIN, "/employees/calendars/{calendar}/"),
    (AGENT, "/time-off/"),
    (ADMIN, "/time-off/?year=2026"),
    (ADMIN, "/time-off/requests/"),
    (AGENT, "/time-off/requests/new/"),
    (ADMIN, "/time-off/requests/{time_off}/"),
    (ADMIN, "/time-off/types/"),
    (ADMIN, "/time-off/types/new/"),
    (ADMIN, "/time-off/types/import/"),
    (ADMIN, "/time-off/types/{leave_type}/"),
    (ADMIN, "/settings/"),
    (ADMIN, "/settings/companies/"),
    (ADMIN, "/settings/companies/new/"),
    (ADMIN, "/settings/companies/import/"),
    (ADMIN, "/settings/companies/{company}/"),
    (ADMIN, "/settings/users/"),
    (ADMIN, "/settings/users/new/"),
    (ADMIN, "/settings/users/{user}/"),
    (ADMIN, "/settings/preferences/"),
    (ADMIN, "/settings/roles/"),
    (ADMIN, "/settings/audit/"),
    (ADMIN, "/settings/sign-in-providers/"),
    (ADMIN, "/settings/sign-in-providers/new/"),
    (ADMIN, "/settings/sign-in-providers/{provider}/"),
    (ADMIN, "/settings/users/import/"),
    (ADMIN, "/account/two-factor/"),
    (ADMIN, "/account/two-factor/app/"),
    (ADMIN, "/account/two-factor/passkeys/new/"),
    (ADMIN, "/account/reauthenticate/"),
    (ADMIN, "/settings/preferences/address/"),
    (NOBODY, "/api/docs/"),
    (ADMIN, "/settings/preferences/keys/"),
    (ADMIN, "/settings/keys/"),
    (ADMIN, "/settings/keys/{key}/"),
    (ADMIN, "/settings/webhooks/"),
    (ADMIN, "/settings/webhooks/new/"),
    (ADMIN, "/settings/webhooks/{webhook}/"),
    (ADMIN, "/settings/webhooks/deliveries/{delivery}/"),
    (ADMIN, "/account/password/change/"),
    (ADMIN, "/account/logout/"),
    (ADMIN, "/mail/templates/"),
    (ADMIN, "/mail/templates/new/"),
    (ADMIN, "/mail/templates/{template}/"),
    (ADMIN, "/mail/incoming/"),
    (ADMIN, "/mail/incoming/{incoming}/"),
    (ADMIN, "/mail/outgoing/"),
    (ADMIN, "/mail/outgoing/{outgoing}/"),
    (ADMIN, "/mail/outgoing-servers/"),
    (ADMIN, "/mail/outgoing-servers/new/"),
    (ADMIN, "/mail/outgoing-servers/{outgoing_server}/"),
    (ADMIN, "/mail/incoming-servers/"),
    (ADMIN, "/mail/incoming-servers/new/"),
    (ADMIN, "/mail/incoming-servers/{incoming_server}/"),
    (ADMIN, "/activities/"),
    (OUTSIDER, "/activities/"),
    (ADMIN, "/activities/types/"),
    (ADMIN, "/activities/types/new/"),
    (ADMIN, "/activities/types/import/"),
    (ADMIN, "/activities/types/{activity_type}/"),
    (ADMIN, "/activities/of/{kind}/"),
    (ADMIN, "/notifications/"),
    (ADMIN, "/notifications/ways/"),
    (ADMIN, "/chatter/canned-responses/"),
    (ADMIN, "/chatter/canned-responses/new/"),
    (ADMIN, "/chatter/canned-responses/import/"),
    (ADMIN, "/chatter/canned-responses/{canned}/"),
]
#: Routes that answer a part of a page (a popup, a row, a message, what a field offers).
PARTS = [
    "accounts:own-address",
    "accounts:password",
    "accounts:provider-connection",
    "activities:completion",
    "activities:menu",
    "activities:new",
    "chatter:canned",
    "chatter:chat",
    "chatter:feed",
    "chatter:follower",
    "chatter:history",
    "chatter:mentions",
    "chatter:note",
    "companies:alias-domain",
    "contacts:address",
    "contacts:addresses",
    "contacts:list-cell",
    "contacts:merge-into",
    "contacts:search",
    "home:palette",
    "mail:original",
    "notifications:menu",
    "portal:closure",
    "portal:my-closure",
    "runs:run",
    "screens:condition",
    "screens:custom-filter",
    "screens:favorites",
    "screens:new-card",
    "screens:suggestions",
    "teams:stage-delete",
    "teams:stage-edit",
    "tickets:list-cell",
    "tickets:messages",
    "tickets:quick-create",
    "workforce:parts",
    "workforce:refusal",
]
#: Routes that answer a file or data, besides the exports.
FILES = [
    "api-docs:openapi",
    "companies:logo",
    "contacts:tag-options",
    "files:attachment",
    "healthz",
    "imports:problems",
    "mail:source",
    "metrics",
    "mfa_download_recovery_codes",
    "portal:attachment",
    "portal:my-attachment",
    "readyz",
    "teams:follower-options",
    "teams:tag-options",
    "tool-counts",
    "workforce:photo",
]
#: Routes that only lead to another page.
WAYS = [
    "account_set_password",
    "activities:activity",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "notifications:notification",
    "openid_connect_callback",
]
#: Pages whose addresses hold a secret of the moment, or that a second factor stands before: test_ways_in.py and
#: test_portal.py go through them.
SEEN_BY_WALKS = [
    "account_invitation",
    "account_new_address",
    "account_reset_password_from_key",
    "account_sign_up",
    "account_sign_up_confirmation",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
]
KEYS = """
import json
from django.core.files.base import ContentFile
from django.db.models.functions import Length
from deskhand.base.accounts.models import IdentityProvider
from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import CannedText, Sharing, save_canned
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.kit.records import content_type_id
from deskhand.base.keys.models import ApiKey
from deskhand.base.contacts.models import ContactTag
from deskhand.base.contacts.pages.screens import CONTACTS
from deskhand.kit.screens.import_door import store_import, write_import
from deskhand.base.webhooks.models import Delivery, Webhook
from deskhand.base.mail.models import IncomingMail, IncomingServer, MailTemplate, OutgoingMail, OutgoingServer
from deskhand.base.activities.public import ActivityType
from deskhand.base.workforce.public import Department, Employee, LeaveType, TimeOff, WorkingCalendar
from deskhand.kit.clock import now
from deskhand.support.teams.public import Stage, Tag, Team
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.public import make_link_token
first = lambda rows: rows.order_by("pk").first()
team = Team.objects.get(name="Customer Care")
in_work = Ticket.objects.filter(team=team, stage__is_folded=False).exclude(tags=None)
ticket = in_work.order_by(Length("customer__name").desc(), "pk").first()
link = make_link_token(ticket.pk, ticket.customer_id, at=now())
own = Ticket.objects.own_of(User.objects.get(email="siobhan@harbourview.example"))
rows = {
    "own_ticket": first(own), "team": team, "ticket": ticket, "stage": first(Stage.objects), "tag": first(Tag.objects),
    "person": first(Contact.objects.exclude(parent=None)), "firm": first(Contact.objects.filter(is_company=True)),
    "contact_tag": first(ContactTag.objects),
    "company": first(Company.objects), "user": User.objects.get(email="jonas@nordlys.example"),
    "template": first(MailTemplate.objects), "incoming": first(IncomingMail.objects),
    "employee": Employee.objects.get(user__email="jonas@nordlys.example"),
    "calendar": WorkingCalendar.objects.get(has_two_weeks=True),
    "department": first(Department.objects), "leave_type": first(LeaveType.objects),
    "activity_type": first(ActivityType.objects),
    "time_off": first(TimeOff.objects.filter(state="requested")),
    "outgoing_server": first(OutgoingServer.objects), "incoming_server": first(IncomingServer.objects),
    "outgoing": first(OutgoingMail.objects), "key": first(ApiKey.objects),
    "provider": first(IdentityProvider.objects),
    "webhook": first(Webhook.objects), "delivery": first(Delivery.objects),
}
# These may be looked for twice, where the tests are shared out: no two shortcuts are the same.
canned = save_canned(CannedText(f"seen{now():%H%M%S%f}", "x", Sharing.ALL), by=rows["user"])
table = ContentFile("Name;E-Mail address of the firm;Note\\nZita;zita@import.example;" + "long " * 20, "people.csv")
admin = User.objects.get(email="amara@nordlys.example")
rows["import"] = write_import(CONTACTS, admin, store_import(table))
more = {"link": f"/t/{link}/", "kind": content_type_id(Ticket), "canned": canned.pk}
print(json.dumps({name: row.pk for name, row in rows.items()} | more))
"""
