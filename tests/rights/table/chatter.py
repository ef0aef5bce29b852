"""The lines of chatter. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Mass, Offer, Operation, Rows, Secret

# fmt: off
CANNED = ("list chatter:canned-responses", "export chatter:canned-responses")
FOLLOWER = (("email", "n@e.example"),)
CSV = (("format", "csv"), ("every_column", "1"))
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("chatter:canned-responses", "sign 403 403 200 200 200 200 200 200 200"),
    Door("chatter:canned-responses-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("chatter:canned-responses-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("chatter:canned-responses-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("chatter:new-canned-response", "sign 403 403 200 200 200 200 200 200 200"),
    Door("chatter:new-canned-response", "sign 403 403 422 422 422 422 422 422 422", method="POST"),
    Door("chatter:canned-response", "sign 403 403 404 404 404 404 200 404 404", "canned"),
    Door("chatter:canned-response", "sign 403 403 404 404 404 404 422 404 404", "canned", "POST"),
    Door("chatter:canned-response-deletion", "sign 403 403 404 404 404 404 302 404 404", "canned", "POST"),
    Door("chatter:note", "sign 404 404 404 404 404 404 200 403 403", "note"),
    Door("chatter:note", "sign 404 404 404 404 404 404 204 403 403", "note", "POST", data=(("body", "x"),)),
    Door("chatter:note", "sign 404 404 404 404 404 404 204 403 403", "note", "DELETE"),
    Door("chatter:history", "sign 404 404 404 404 404 404 200 200 200", "note"),
    Door("chatter:note", "sign 404 404 404 404 404 404 404 403 404", "hidden_note"),
    Door("chatter:note", "sign 404 404 404 404 404 404 404 409 404", "hidden_note", "DELETE"),
    Door("chatter:history", "sign 404 404 404 404 404 404 404 200 404", "hidden_note"),
    Door("chatter:chat", "sign 404 404 404 404 404 404 302 302 302", "ticket"),
    Door("chatter:feed", "sign 404 404 404 404 404 404 200 200 200", "ticket"),
    Door("chatter:messages", "sign 404 404 404 404 404 404 422 422 422", "ticket", "POST"),
    Door("chatter:notes", "sign 404 404 404 404 404 404 422 422 422", "ticket", "POST"),
    Door("chatter:followers", "sign 404 404 404 404 404 404 302 302 302", "ticket", "POST", data=FOLLOWER),
    Door("chatter:follower", "sign 404 404 404 404 404 404 200 200 200", "ticket"),
    Door("chatter:follower", "sign 404 404 404 404 404 404 204 204 204", "ticket", "POST"),
    Door("chatter:follower", "sign 404 404 404 404 404 404 302 302 302", "ticket", "DELETE"),
    Door("chatter:following", "sign 404 404 404 404 404 404 302 302 302", "ticket", "POST"),
    Door("chatter:following", "sign 404 404 404 404 404 404 302 302 302", "ticket", "DELETE"),
    Door("chatter:mentions", "sign 404 404 404 404 404 404 200 200 200", "ticket"),
    Door("chatter:canned", "sign 404 404 404 404 404 404 200 200 200", "ticket"),
    Door("chatter:unsent", "sign 404 404 404 404 404 404 204 204 204", "ticket", "POST"),
    Door("chatter:unsent-files", "sign 404 404 404 404 404 404 200 200 200", "ticket", "POST"),
    Door("chatter:unsent-file", "sign 404 404 404 404 404 404 200 200 200", "ticket", "DELETE"),
    Door("chatter:chat", "sign 404 404 404 404 404 404 404 302 404", "hidden"),
    Door("chatter:feed", "sign 404 404 404 404 404 404 404 200 404", "hidden"),
    Door("chatter:messages", "sign 404 404 404 404 404 404 404 422 404", "hidden", "POST"),
    Door("chatter:notes", "sign 404 404 404 404 404 404 404 422 404", "hidden", "POST"),
    Door("chatter:followers", "sign 404 404 404 404 404 404 404 302 404", "hidden", "POST", data=FOLLOWER),
    Door("chatter:follower", "sign 404 404 404 404 404 404 404 404 404", "hidden"),
    Door("chatter:follower", "sign 404 404 404 404 404 404 404 404 404", "hidden", "POST"),
    Door("chatter:follower", "sign 404 404 404 404 404 404 404 302 404", "hidden", "DELETE"),
    Door("chatter:following", "sign 404 404 404 404 404 404 404 302 404", "hidden", "POST"),
    Door("chatter:mentions", "sign 404 404 404 404 404 404 404 200 404", "hidden"),
    Door("chatter:canned", "sign 404 404 404 404 404 404 404 200 404", "hidden"),
    Door("chatter:unsent", "sign 404 404 404 404 404 404 404 204 404", "hidden", "POST"),
    Door("chatter:unsent-files", "sign 404 404 404 404 404 404 404 200 404", "hidden", "POST"),
    Door("chatter:unsent-file", "sign 404 404 404 404 404 404 404 200 404", "hidden", "DELETE"),
    Offer("chatter:canned-responses", "- - - - - yes yes yes yes yes"),
    Rows("canned", "- - - - - - - yes - -", CANNED),
    Secret("canned", "- - - - - - - yes - -"),
    Secret("note", "- - - - - - - yes yes yes key:yes"),
    Secret("hidden_note", "- - - - - - - - yes -"),
    Mass("chatter:canned-responses delete", "- - - - - - - yes - -", "canned"),
    Operation("canned-responses-change", "401 403 403 404 404 404 404 200 404 404", "canned", body={"text": "Bye"}),
    Operation("canned-responses-create", "401 403 403 201 201 201 201 201 201 201",
        body={"shortcut": "bye", "text": "Bye"}),
    Operation("canned-responses-delete", "401 403 403 404 404 404 404 204 404 404", "canned"),
    Operation("canned-responses-export", "401 403 403 200 200 200 200 200 200 200"),
    Operation("canned-responses-get", "401 403 403 404 404 404 404 200 404 404", "canned"),
    Operation("canned-responses-list", "401 403 403 200 200 200 200 200 200 200"),
    Rows("canned", "- - - - - - - yes - -", ("rows canned-responses",)),
]
# fmt: on
