"""The lines of teams. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Mass, Offer, Operation, Rows, Secret

# fmt: off
TEAM = ("model teams.Team", "record teams.Team", "rows teams", "socket team", "presence team")
TEAMS = ("list teams:list", "export teams:list")
STAGE = ("model teams.Stage", "rows stages")
STAGES = ("list teams:stages", "export teams:stages")
TAGS = ("list teams:tags", "export teams:tags")
CSV = (("format", "csv"), ("every_column", "1"))
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("teams:list", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:list-mass", "sign 404 404 404 404 403 404 403 403 404", method="POST"),
    Door("teams:list-export", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:list-export", "sign 404 404 404 404 403 200 403 403 200", method="POST", data=CSV),
    Door("teams:new", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:follower-options", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:stages", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:stages-mass", "sign 404 404 404 404 403 404 403 403 404", method="POST"),
    Door("teams:stages-export", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:stages-export", "sign 404 404 404 404 403 200 403 403 200", method="POST", data=CSV),
    Door("teams:stage-new", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:tag-options", "sign 404 404 404 404 200 200 200 200 200"),
    Door("teams:tags", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:tags-mass", "sign 404 404 404 404 403 404 403 403 404", method="POST"),
    Door("teams:tags-import", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:tags-import", "sign 404 404 404 404 403 422 403 403 422", method="POST"),
    Door("teams:tags-export", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:tags-export", "sign 404 404 404 404 403 200 403 403 200", method="POST", data=CSV),
    Door("teams:tag-new", "sign 404 404 404 404 403 200 403 403 200"),
    Door("teams:stage-order", "sign 404 404 404 404 403 404 403 403 204", method="POST", data=(("order", "@stage"),)),
    Door("teams:new", "sign 404 404 404 404 403 422 403 403 422", method="POST"),
    Door("teams:order", "sign 404 404 404 404 403 204 403 403 204", method="POST"),
    Door("teams:stage-new", "sign 404 404 404 404 403 422 403 403 422", method="POST"),
    Door("teams:tag-options", "sign 404 404 404 404 422 422 422 422 422", method="POST"),
    Door("teams:tag-new", "sign 404 404 404 404 403 422 403 403 422", method="POST"),
    Door("teams:team", "sign 404 404 404 404 403 404 403 403 200", "team"),
    Door("teams:team", "sign 404 404 404 404 403 404 403 403 422", "team", "POST"),
    Door("teams:copies", "sign 404 404 404 404 403 404 403 403 302", "team", "POST"),
    Door("teams:deletion", "sign 404 404 404 404 403 404 403 403 302", "team", "POST"),
    Door("teams:archival", "sign 404 404 404 404 403 404 403 403 302", "team", "POST"),
    Door("teams:stage", "sign 404 404 404 404 403 404 403 403 200", "stage"),
    Door("teams:stage", "sign 404 404 404 404 403 404 403 403 422", "stage", "POST"),
    Door("teams:stage-edit", "sign 404 404 404 404 403 404 403 403 200", "stage"),
    Door("teams:stage-edit", "sign 404 404 404 404 403 404 403 403 422", "stage", "POST"),
    Door("teams:stage-fold", "sign 404 404 404 404 404 404 302 302 302", "stage", "POST"),
    Door("teams:stage-delete", "sign 404 404 404 404 403 404 403 403 200", "stage"),
    Door("teams:stage-delete", "sign 404 404 404 404 403 404 403 403 422", "stage", "POST"),
    Door("teams:tag", "sign 404 404 404 404 403 200 403 403 200", "tag"),
    Door("teams:tag", "sign 404 404 404 404 403 422 403 403 422", "tag", "POST"),
    Door("teams:tag-deletion", "sign 404 404 404 404 403 302 403 403 302", "tag", "POST"),
    Operation("teams-list", "401 403 403 403 403 200 200 200 200 200"),
    Operation("teams-create", "401 403 403 403 403 403 201 403 403 201", body={"name": "New team"}),
    Operation("teams-get", "401 403 403 403 403 404 404 200 200 200", "team"),
    Operation("teams-change", "401 403 403 403 403 404 404 403 403 200", "team", body={"description": "x"}),
    Operation("teams-followers", "401 403 403 403 403 404 404 200 200 200", "team"),
    Operation("teams-copy", "401 403 403 403 403 404 404 403 403 201", "team"),
    Operation("teams-archive", "401 403 403 403 403 404 404 403 403 200", "team"),
    Operation("teams-restore", "401 403 403 403 403 404 404 403 403 200", "team"),
    Operation("teams-delete", "401 403 403 403 403 404 404 403 403 409", "team"),
    Operation("stages-list", "401 403 403 403 403 200 200 200 200 200"),
    Operation("stages-create", "401 403 403 403 403 403 201 403 403 201", body={"name": "New stage"}),
    Operation("stages-get", "401 403 403 403 403 404 404 200 200 200", "own_stage"),
    Operation("stages-change", "401 403 403 403 403 404 404 403 403 200", "own_stage", body={"description": "x"}),
    Operation("stages-delete", "401 403 403 403 403 404 404 403 403 204", "own_stage"),
    Operation("tags-list", "401 403 403 403 403 200 200 200 200 200"),
    Operation("tags-create", "401 403 403 403 403 201 201 201 201 201", body={"name": "New tag"}),
    Operation("tags-get", "401 403 403 403 403 200 200 200 200 200", "tag"),
    Operation("tags-change", "401 403 403 403 403 403 200 403 403 200", "tag", body={"color": 1}),
    Operation("tags-delete", "401 403 403 403 403 403 204 403 403 204", "tag"),
    Offer("teams:list", "- - - - - - yes - - yes"),
    Offer("teams:stages", "- - - - - - yes - - yes"),
    Offer("teams:tags", "- - - - - - yes - - yes"),
    Rows("team", "- - - - - - - yes yes yes", TEAM),
    Rows("team", "- - - - - - - - - yes watcher:-", TEAMS),
    Rows("hidden_team", "- - - - - - - yes yes yes", TEAM),
    Rows("hidden_team", "- - - - - - - - - yes", TEAMS),
    Rows("own_stage", "- - - - - - - yes yes yes", STAGE),
    Rows("own_stage", "- - - - - - - - - yes", STAGES),
    Rows("tag", "- - - - - yes yes yes yes yes", ("rows tags",)),
    Rows("tag", "- - - - - - yes - - yes", TAGS),
    Secret("own_stage", "- - - - - - - yes yes yes key:yes"),
    Mass("teams:list archive", "- - - - - - - - - yes", "team"),
    Mass("teams:list restore", "- - - - - - - - - yes", "team"),
    Mass("teams:list delete", "- - - - - - - - - -", "team"),  # it has tickets
    Mass("teams:tags delete", "- - - - - - yes - - yes", "tag"),
]
# fmt: on
