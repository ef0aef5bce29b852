"""The lines of screens. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Rows

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
]
# fmt: on
