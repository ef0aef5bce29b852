"""The lines of contacts. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Mass, Offer, Operation, Rows, Secret

# fmt: off
CONTACT = (
    "model contacts.Contact", "record contacts.Contact", "list contacts:list", "export contacts:list", "rows contacts",
    "search contacts", "palette contacts", "socket contact", "presence contact",
)
CSV = (("format", "csv"), ("every_column", "1"))
TYPED = (("value", "x@y.example"),)
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("contacts:search", "sign 403 403 200 200 200 200 200 200 200"),
    Door("contacts:quick", "sign 403 403 201 201 201 201 201 201 201", method="POST", data=(("text", "Somebody"),)),
    Door("contacts:duplicates", "sign 403 403 403 200 403 403 403 403 403"),
    Door("contacts:merges", "sign 403 403 403 302 403 403 403 403 403", method="POST"),
    Door("contacts:merge-into", "sign 403 403 403 200 403 403 403 403 403", "contact"),
    Door("contacts:merge-into", "sign 403 403 403 422 403 403 403 403 403", "contact", "POST"),
    Door("contacts:addresses", "sign 403 403 200 200 404 404 200 200 200", "contact"),
    Door("contacts:addresses", "sign 403 403 422 422 404 404 422 422 422", "contact", "POST"),
    Door("contacts:address", "sign 403 403 200 200 404 404 200 200 200", "contact"),
    Door("contacts:address", "sign 403 403 422 422 404 404 422 422 422", "contact", "POST"),
    Door("contacts:address-deletion", "sign 403 403 302 302 404 404 302 302 302", "contact", "POST"),
    Door("contacts:list", "sign 403 403 200 200 200 200 200 200 200"),
    Door("contacts:list-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("contacts:list-import", "sign 403 403 200 200 200 200 200 200 200"),
    Door("contacts:list-import", "sign 403 403 422 422 422 422 422 422 422", method="POST"),
    Door("contacts:list-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("contacts:list-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("contacts:new", "sign 403 403 200 200 200 200 200 200 200"),
    Door("contacts:new", "sign 403 403 422 422 422 422 422 422 422", method="POST"),
    Door("contacts:contact", "sign 403 403 200 200 404 404 200 200 200", "contact"),
    Door("contacts:contact", "sign 403 403 200 200 200 200 200 200 200", "shared"),
    Door("contacts:contact", "sign 403 403 422 422 404 404 422 422 422", "contact", "POST"),
    Door("contacts:contact-archival", "sign 403 403 302 302 404 404 302 302 302", "contact", "POST"),
    Door("contacts:contact-deletion", "sign 403 403 403 302 404 404 403 403 403", "contact", "POST"),
    Door("contacts:list-cell", "sign 403 403 200 200 404 404 200 200 200", "contact"),
    Door("contacts:list-cell", "sign 403 403 200 200 404 404 200 200 200", "contact", "POST", data=TYPED),
    Operation("contacts-list", "401 403 403 200 200 200 200 200 200 200"),
    Operation("contacts-create", "401 403 403 201 201 201 201 201 201 201", body={"name": "Zoe"}),
    Operation("contacts-get", "401 403 403 200 200 404 404 200 200 200", "contact"),
    Operation("contacts-change", "401 403 403 200 200 404 404 200 200 200", "contact", body={"city": "Oslo"}),
    Operation("contacts-delete", "401 403 403 403 204 404 404 403 403 403", "contact"),
    Operation("contacts-archive", "401 403 403 200 200 404 404 200 200 200", "contact"),
    Operation("contacts-restore", "401 403 403 200 200 404 404 200 200 200", "contact"),
    Offer("contacts:new", "- - - yes yes yes yes yes yes yes", "action"),
    Offer("contacts:duplicates", "- - - - yes - - - - -"),
    Offer("contacts:list", "- - - yes yes yes yes yes yes yes"),
    Rows("contact", "- - - yes yes - - yes yes yes", CONTACT),
    Rows("shared_contact", "- - - yes yes yes yes yes yes yes", CONTACT),
    Secret("contact", "- - - yes yes - - yes yes yes"),
    Secret("shared_contact", "- - - yes yes yes yes yes yes yes"),
    Mass("contacts:list restore", "- - - yes yes - - yes yes yes", "contact"),
    Mass("contacts:list archive", "- - - yes yes - - yes yes yes", "contact"),
    Mass("contacts:list grant-portal-access", "- - - - - - - - - -", "contact"),
    Mass("contacts:list revoke-portal-access", "- - - - - - - - - -", "contact"),
    Mass("contacts:list delete", "- - - - yes - - - - -", "contact"),
    Operation("contact-tags-get", "401 403 403 200 200 200 200 200 200 200", "contact_tag"),
    Operation("contact-tags-list", "401 403 403 200 200 200 200 200 200 200"),
    Rows("contact_tag", "- - - yes yes yes yes yes yes yes", ("rows contact-tags",)),
    Operation("contacts-add-address", "401 403 403 201 201 404 404 201 201 201", "contact", body={"city": "Oslo"}),
    Operation("contacts-addresses", "401 403 403 200 200 404 404 200 200 200", "contact"),
    Operation("contacts-change-address", "401 403 403 200 200 404 404 200 200 200", "contact", body={"city": "Bergen"}),
    Operation("contacts-export", "401 403 403 200 200 200 200 200 200 200"),
    Operation("contacts-follow", "401 403 403 204 204 404 404 204 204 204", "contact"),
    Operation("contacts-followers", "401 403 403 200 200 404 404 200 200 200", "contact"),
    Operation("contacts-groups", "401 403 403 200 200 200 200 200 200 200"),
    Operation("contacts-merge", "401 403 403 403 200 404 404 403 403 403", "contact",
        body={"contacts": ["@other_contact"]}),
    Operation("contacts-messages", "401 403 403 200 200 404 404 200 200 200", "contact"),
    Operation("contacts-note", "401 403 403 201 201 404 404 201 201 201", "contact", body={"text": "x"}),
    Operation("contacts-remove-address", "401 403 403 204 204 404 404 204 204 204", "contact"),
    Operation("contacts-unfollow", "401 403 403 204 204 404 404 204 204 204", "contact"),
]
# fmt: on
