"""The lines of activities. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Mass, Offer, Operation, Rows, Secret

# fmt: off
ACTIVITIES = ("list activities:list", "export activities:list")
TYPES = ("list activities:types", "export activities:types")
CSV = (("format", "csv"), ("every_column", "1"))
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("activities:list", "sign 403 403 200 200 200 200 200 200 200"),
    Door("activities:list-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("activities:list-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("activities:list-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("activities:menu", "sign 404 404 200 200 200 200 200 200 200"),
    Door("activities:types", "sign 403 403 403 200 403 403 403 403 403"),
    Door("activities:types-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("activities:types-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("activities:types-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("activities:types-import", "sign 403 403 403 200 403 403 403 403 403"),
    Door("activities:types-import", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("activities:new-type", "sign 403 403 403 200 403 403 403 403 403"),
    Door("activities:new-type", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("activities:type", "sign 403 403 403 200 403 403 403 403 403", "activity_type"),
    Door("activities:type", "sign 403 403 403 422 403 403 403 403 403", "activity_type", "POST"),
    Door("activities:type-archival", "sign 403 403 403 302 403 403 403 403 403", "activity_type", "POST"),
    Door("activities:matrix", "sign 404 404 200 200 200 200 200 200 200", "kind"),
    Door("activities:new", "sign 404 404 404 404 404 404 200 200 200", "ticket"),
    Door("activities:new", "sign 404 404 404 404 404 404 422 422 422", "ticket", "POST"),
    Door("activities:activity", "sign 404 404 404 404 404 404 302 302 302", "activity"),
    Door("activities:activity", "sign 404 404 404 404 404 404 422 422 422", "activity", "POST"),
    Door("activities:activity", "sign 404 404 404 404 404 404 204 204 204", "activity", "DELETE"),
    Door("activities:completion", "sign 404 404 404 404 404 404 200 200 200", "activity"),
    Door("activities:completion", "sign 404 404 404 404 404 404 204 204 204", "activity", "POST"),
    Door("activities:new", "sign 404 404 404 404 404 404 404 200 404", "hidden"),
    Door("activities:new", "sign 404 404 404 404 404 404 404 422 404", "hidden", "POST"),
    Door("activities:activity", "sign 404 404 404 404 404 404 404 302 404", "hidden_activity"),
    Door("activities:activity", "sign 404 404 404 404 404 404 404 422 404", "hidden_activity", "POST"),
    Door("activities:activity", "sign 404 404 404 404 404 404 404 204 404", "hidden_activity", "DELETE"),
    Door("activities:completion", "sign 404 404 404 404 404 404 404 200 404", "hidden_activity"),
    Door("activities:completion", "sign 404 404 404 404 404 404 404 204 404", "hidden_activity", "POST"),
    Offer("activities:types", "- - - - yes - - - - -"),
    Rows("activity", "- - - - - - - yes yes yes", ("model activities.Activity",)),
    Rows("activity", "- - - - - - - yes - -", ACTIVITIES),
    Rows("hidden_activity", "- - - - - - - - yes -", ("model activities.Activity",)),
    Rows("hidden_activity", "- - - - - - - - yes - watcher:-", ACTIVITIES),
    Rows("activity_type", "- - - - yes - - - - -", TYPES),
    Secret("activity", "- - - - - - - yes yes yes"),
    Secret("hidden_activity", "- - - - - - - - yes -"),
    Mass("activities:types archive", "- - - - yes - - - - -", "activity_type"),
    Mass("activities:types restore", "- - - - yes - - - - -", "activity_type"),
    Operation("activities-change", "401 403 403 404 404 404 404 200 200 200", "activity", body={"summary": "x"}),
    Operation("activities-create", "401 403 403 201 201 422 422 201 201 201",
        body={"about": {"kind": "contacts", "id": "@contact"}, "type": "@activity_type"}),
    Operation("activities-delete", "401 403 403 404 404 404 404 204 204 204", "activity"),
    Operation("activities-export", "401 403 403 200 200 200 200 200 200 200"),
    Operation("activities-finish", "401 403 403 404 404 404 404 200 200 200", "activity", body={"feedback": "x"}),
    Operation("activities-get", "401 403 403 404 404 404 404 200 200 200", "activity"),
    Operation("activities-groups", "401 403 403 200 200 200 200 200 200 200"),
    Operation("activities-list", "401 403 403 200 200 200 200 200 200 200"),
    Rows("activity", "- - - - - - - yes yes yes", ("rows activities",)),
    Operation("activity-types-archive", "401 403 403 403 200 403 403 403 403 403", "activity_type"),
    Operation("activity-types-change", "401 403 403 403 200 403 403 403 403 403", "activity_type",
        body={"default_days": 3}),
    Operation("activity-types-create", "401 403 403 403 201 403 403 403 403 403", body={"name": "Visit"}),
    Operation("activity-types-export", "401 403 403 403 200 403 403 403 403 403"),
    Operation("activity-types-get", "401 403 403 200 200 200 200 200 200 200", "activity_type"),
    Operation("activity-types-list", "401 403 403 200 200 200 200 200 200 200"),
    Operation("activity-types-restore", "401 403 403 403 200 403 403 403 403 403", "activity_type"),
    Rows("activity_type", "- - - yes yes yes yes yes yes yes", ("rows activity-types",)),
]
# fmt: on
