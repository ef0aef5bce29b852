"""The lines of screens. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Operation, Rows

# fmt: off
CARD = (("card", "@ticket"), ("stage", "@stage"))
HIDDEN_CARD = (("card", "@hidden"), ("stage", "@stage"))
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("screens:suggestions", "sign 403 403 403 403 200 200 200 200 200", "tickets.list"),
    Door("screens:suggestions", "sign 403 403 200 200 200 200 200 200 200", "contacts.list"),
    Door("screens:suggestions", "sign 404 404 404 404 404 404 404 404 404", "nothing.here"),
    Door("screens:custom-filter", "sign 403 403 403 403 200 200 200 200 200", "tickets.list"),
    Door("screens:custom-filter", "sign 403 403 403 403 422 422 422 422 422", "tickets.list", "POST"),
    Door("screens:condition", "sign 403 403 403 403 200 200 200 200 200", "tickets.list"),
    Door("screens:favorites", "sign 403 403 403 403 200 200 200 200 200", "tickets.list"),
    Door("screens:favorites", "sign 403 403 403 403 422 422 422 422 422", "tickets.list", "POST"),
    Door("screens:favorite", "sign 403 403 403 403 404 404 200 403 200", "tickets.list favorite", "DELETE"),
    Door("screens:columns", "sign 403 403 403 403 204 204 204 204 204", "tickets.list", "POST"),
    Door("screens:cards", "sign 403 403 403 403 404 404 404 404 404", "tickets.list", "POST"),
    Door("screens:cards", "sign 403 403 403 403 404 404 200 200 200", "tickets.list", "POST", CARD),
    Door("screens:cards", "sign 403 403 403 403 404 404 404 200 404", "tickets.list", "POST", HIDDEN_CARD),
    Door("screens:new-card", "sign 403 403 403 200 403 403 403 403 403", "accounts.users"),
    Door("screens:new-card", "sign 403 403 403 422 403 403 403 403 403", "accounts.users", "POST"),
    Door("imports:import", "sign 404 404 404 404 404 404 200 404 404", "import"),
    Door("imports:import", "sign 404 404 404 404 404 404 302 404 404", "import", "POST"),
    Door("imports:problems", "sign 404 404 404 404 404 404 200 404 404", "import"),
    Door("runs:run", "sign 404 404 404 404 404 404 200 404 404", "run"),
    Door("runs:undo", "sign 404 404 404 404 404 404 302 404 404", "run", "POST"),
    Rows("favorite", "- - - yes yes - - yes yes yes", ("model kit_screens.Favorite",)),
    Rows("import", "- - - - - - - yes - -", ("model kit_imports.Import",)),
    Rows("run", "- - - - - - - yes - -", ("model kit_runs.Run",)),
    Operation("favorites-change", "401 403 403 403 403 404 404 200 403 403", "favorite", body={"query": "q=x"}),
    Operation("favorites-create", "401 403 403 201 201 201 201 201 201 201",
        body={"list": "contacts", "name": "x", "query": "q=x"}),
    Operation("favorites-delete", "401 403 403 403 403 404 404 204 403 204", "favorite"),
    Operation("favorites-get", "401 403 403 200 200 404 404 200 200 200", "favorite"),
    Operation("favorites-list", "401 403 403 200 200 200 200 200 200 200"),
    Rows("favorite", "- - - yes yes - - yes yes yes", ("rows favorites",)),
    Operation("imports-change", "401 403 403 404 404 404 404 200 404 404", "import", body={"key": "name"}),
    Operation("imports-create", "401 403 403 201 201 201 201 201 201 201"),
    Operation("imports-get", "401 403 403 404 404 404 404 200 404 404", "import"),
    Operation("imports-list", "401 403 403 200 200 200 200 200 200 200"),
    Operation("imports-start", "401 403 403 404 404 404 404 200 404 404", "import"),
    Operation("imports-try", "401 403 403 404 404 404 404 200 404 404", "import"),
    Rows("import", "- - - - - - - yes - -", ("rows imports",)),
    Operation("runs-create", "401 403 403 201 201 422 422 201 201 201",
        body={"list": "contacts", "action": "archive", "records": ["@contact"]}),
    Operation("runs-get", "401 403 403 404 404 404 404 200 404 404", "run"),
    Operation("runs-list", "401 403 403 200 200 200 200 200 200 200"),
    Operation("runs-steps", "401 403 403 404 404 404 404 200 404 404", "run"),
    Operation("runs-undo", "401 403 403 404 404 404 404 409 404 404", "run"),
    Rows("run", "- - - - - - - yes - -", ("rows runs",)),
]
# fmt: on
