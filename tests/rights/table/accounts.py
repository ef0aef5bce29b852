"""The lines of accounts. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Mass, Offer, Operation, Rows, Secret

# fmt: off
ZOE = {"name": "Zoe", "email": "zoe@desk.example", "company": "@company"}
SEEN = ("model accounts.User", "rows users")
MANAGED = ("record accounts.User", "list accounts:users", "export accounts:users", "socket user", "presence user")
PROVIDERS = ("list accounts:providers", "export accounts:providers")
AUDIT = ("list accounts:audit", "export accounts:audit")
CSV = (("format", "csv"), ("every_column", "1"))
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("accounts:preferences", "sign 200 200 200 200 200 200 200 200 200"),
    Door("accounts:preferences", "sign 200 200 200 200 200 200 200 200 200", method="POST"),
    Door("accounts:theme", "sign 302 302 302 302 302 302 302 302 302", method="POST"),
    Door("accounts:users", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:users-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("accounts:users-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:users-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("accounts:new-user", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:new-user", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("accounts:user", "sign 403 403 403 200 403 403 403 403 403", "user"),
    Door("accounts:user", "sign 403 403 403 422 403 403 403 403 403", "user", "POST"),
    Door("accounts:user-archival", "sign 403 403 403 302 403 403 403 403 403", "user", "POST"),
    Door("accounts:password", "sign 403 403 403 200 403 403 403 403 403", "user"),
    Door("accounts:password", "sign 403 403 403 200 403 403 403 403 403", "user", "POST"),
    Door("accounts:password-reset", "sign 403 403 403 302 403 403 403 403 403", "user", "POST"),
    Door("accounts:companies", "sign 302 302 302 302 302 302 302 302 302", method="POST", data=(("all", "1"),)),
    Door("accounts:address", "sign 302 302 302 302 302 302 302 302 302"),
    Door("accounts:other-sessions-end", "sign 302 302 302 302 302 302 302 302 302", method="POST"),
    Door("accounts:session-end", "sign 404 404 404 404 404 404 404 404 404", "x", "POST"),
    Door("accounts:invitation", "sign 403 403 403 409 403 403 403 403 403", "user", "POST"),
    Door("accounts:withdrawal", "sign 403 403 403 404 403 403 403 403 403", "user", "POST"),
    Door("accounts:second-factor-reset", "sign 403 403 403 409 403 403 403 403 403", "user", "POST"),
    Door("accounts:roles", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:audit", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:audit-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:audit-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("accounts:audit-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("accounts:providers-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("accounts:providers-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:providers-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("accounts:providers", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:new-provider", "sign 403 403 403 200 403 403 403 403 403"),
    Door("accounts:new-provider", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("accounts:provider", "sign 403 403 403 200 403 403 403 403 403", "provider"),
    Door("accounts:provider", "sign 403 403 403 422 403 403 403 403 403", "provider", "POST"),
    Door("accounts:provider-archival", "sign 403 403 403 302 403 403 403 403 403", "provider", "POST"),
    Operation("users-list", "401 403 403 200 200 200 200 200 200 200"),
    Operation("users-create", "401 403 403 403 201 403 403 403 403 403", body=ZOE),
    Operation("users-get", "401 403 403 200 200 404 404 200 200 200", "colleague"),
    Operation("users-change", "401 403 403 403 200 404 404 403 403 403", "colleague", body={"name": "Zoe"}),
    Operation("users-archive", "401 403 403 403 200 404 404 403 403 403", "colleague"),
    Operation("users-restore", "401 403 403 403 200 404 404 403 403 403", "colleague"),
    Offer("accounts:audit", "- - - - yes - - - - -"),
    Offer("accounts:providers", "- - - - yes - - - - -"),
    Offer("accounts:roles", "- - - - yes - - - - -"),
    Offer("accounts:users", "- - - - yes - - - - -"),
    Rows("user", "- - - yes yes - - yes yes yes", SEEN),
    Rows("user", "- - - - yes - - - - -", MANAGED),
    Rows("user", "- - - yes - - - - - -", ("socket bell",)),
    Rows("provider", "- - - - yes - - - - -", PROVIDERS),
    Rows("audit", "- - - - yes - - - - -", AUDIT),
    Secret("audit", "- - - - yes - - - - -"),
    Mass("accounts:providers archive", "- - - - yes - - - - -", "provider"),
    Mass("accounts:providers restore", "- - - - yes - - - - -", "provider"),
    Mass("accounts:users archive", "- - - - yes - - - - -", "user"),
    Mass("accounts:users restore", "- - - - yes - - - - -", "user"),
]
# fmt: on
