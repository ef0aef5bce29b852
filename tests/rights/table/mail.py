"""The lines of mail. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Mass, Offer, Operation, Rows, Secret

# fmt: off
TEXT = {"name": "x", "about": "ticket", "subject": "x", "body": "x"}
TEMPLATE = ("list mail:templates", "export mail:templates", "rows mail-templates")
INCOMING = ("list mail:incoming", "export mail:incoming", "rows incoming-mails")
OUTGOING = ("list mail:outgoing", "export mail:outgoing", "rows outgoing-mails")
CSV = (("format", "csv"), ("every_column", "1"))
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("mail:templates", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:templates-mass", "sign 403 403 403 404 403 404 403 403 404", method="POST"),
    Door("mail:templates-export", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:templates-export", "sign 403 403 403 200 403 200 403 403 200", method="POST", data=CSV),
    Door("mail:new-template", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:new-template", "sign 403 403 403 422 403 422 403 403 422", method="POST"),
    Door("mail:template", "sign 403 403 403 200 403 200 403 403 200", "template"),
    Door("mail:template", "sign 403 403 403 422 403 422 403 403 422", "template", "POST"),
    Door("mail:template-deletion", "sign 403 403 403 302 403 302 403 403 302", "template", "POST"),
    Door("mail:template-preview", "sign 403 403 403 200 403 200 403 403 200", "ticket", "POST"),
    Door("mail:incoming", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:incoming-mass", "sign 403 403 403 404 403 404 403 403 404", method="POST"),
    Door("mail:incoming-export", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:incoming-export", "sign 403 403 403 200 403 200 403 403 200", method="POST", data=CSV),
    Door("mail:outgoing", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:outgoing-mass", "sign 403 403 403 404 403 404 403 403 404", method="POST"),
    Door("mail:outgoing-export", "sign 403 403 403 200 403 200 403 403 200"),
    Door("mail:outgoing-export", "sign 403 403 403 200 403 200 403 403 200", method="POST", data=CSV),
    Door("mail:incoming-mail", "sign 403 403 403 404 403 404 403 403 200", "incoming"),
    Door("mail:original", "sign 404 404 404 404 404 404 200 200 200", "incoming"),
    Door("mail:source", "sign 404 404 404 404 404 404 200 200 200", "incoming"),
    Door("mail:incoming-reading", "sign 403 403 403 404 403 404 403 403 302", "incoming", "POST"),
    Door("mail:incoming-mail", "sign 403 403 403 404 403 404 403 403 404", "hidden_incoming"),
    Door("mail:original", "sign 404 404 404 404 404 404 404 200 404", "hidden_incoming"),
    Door("mail:source", "sign 404 404 404 404 404 404 404 200 404", "hidden_incoming"),
    Door("mail:incoming-reading", "sign 403 403 403 404 403 404 403 403 404", "hidden_incoming", "POST"),
    Door("mail:incoming-mail", "sign 403 403 403 200 403 404 403 403 200", "lost_incoming"),
    Door("mail:original", "sign 404 404 404 200 404 404 404 404 200", "lost_incoming"),
    Door("mail:source", "sign 404 404 404 200 404 404 404 404 200", "lost_incoming"),
    Door("mail:incoming-reading", "sign 403 403 403 302 403 404 403 403 302", "lost_incoming", "POST"),
    Door("mail:outgoing-mail", "sign 403 403 403 404 403 404 403 403 200", "outgoing"),
    Door("mail:outgoing-sending", "sign 404 404 404 404 404 404 302 302 302", "outgoing", "POST"),
    Door("mail:outgoing-mail", "sign 403 403 403 404 403 404 403 403 404", "hidden_outgoing"),
    Door("mail:outgoing-sending", "sign 404 404 404 404 404 404 404 302 404", "hidden_outgoing", "POST"),
    Door("mail:outgoing-mail", "sign 403 403 403 200 403 404 403 403 404", "lost_outgoing"),
    Door("mail:outgoing-sending", "sign 404 404 404 302 404 404 404 404 404", "lost_outgoing", "POST"),
    Operation("mail-templates-list", "401 403 403 403 200 403 200 403 403 200"),
    Operation("mail-templates-create", "401 403 403 403 201 403 201 403 403 201", body=TEXT),
    Operation("mail-templates-get", "401 403 403 403 200 403 200 403 403 200", "template"),
    Operation("mail-templates-change", "401 403 403 403 200 403 200 403 403 200", "template", body={"subject": "x"}),
    Operation("mail-templates-delete", "401 403 403 403 204 403 204 403 403 204", "template"),
    Operation("incoming-mails-list", "401 403 403 403 200 403 200 403 403 200"),
    Operation("incoming-mails-get", "401 403 403 403 404 403 404 403 403 200", "incoming"),
    Operation("incoming-mails-read-again", "401 403 403 403 404 403 404 403 403 409", "incoming"),
    Operation("outgoing-mails-list", "401 403 403 403 200 403 200 403 403 200"),
    Operation("outgoing-mails-get", "401 403 403 403 404 403 404 403 403 200", "outgoing"),
    Operation("outgoing-mails-send-again", "401 403 403 403 404 403 404 403 403 409", "outgoing"),
    Offer("mail:incoming", "- - - - yes - yes - - yes"),
    Offer("mail:outgoing", "- - - - yes - - - - -"),
    Offer("mail:templates", "- - - - yes - yes - - yes"),
    Rows("template", "- - - - yes - yes - - yes", TEMPLATE),
    Rows("incoming", "- - - - - - - - - yes", INCOMING),
    Rows("hidden_incoming", "- - - - - - - - - -", INCOMING),
    Rows("lost_incoming", "- - - - yes - - - - yes", INCOMING),
    Rows("outgoing", "- - - - - - - - - yes", OUTGOING),
    Rows("hidden_outgoing", "- - - - - - - - - -", OUTGOING),
    Rows("lost_outgoing", "- - - - yes - - - - -", OUTGOING),
    Secret("hidden_incoming", "- - - - - - - - yes -"),
    Secret("hidden_outgoing", "- - - - - - - - yes -"),
    Secret("lost_incoming", "- - - - yes - - - - yes"),
    Secret("lost_outgoing", "- - - - yes - - - - -"),
    Mass("mail:templates delete", "- - - - yes - yes - - yes", "template"),
]
# fmt: on
