"""The lines of notifications. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Offer, Operation, Rows

# fmt: off
NOTIFICATION = (
    "model notifications.Notification", "list notifications:list", "export notifications:list",
)
CSV = (("format", "csv"), ("every_column", "1"))
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Offer("notifications:list", "- - - yes yes yes yes yes yes yes"),
    Door("notifications:list", "sign 403 403 200 200 200 200 200 200 200"),
    Door("notifications:list-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("notifications:list-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("notifications:list-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("notifications:menu", "sign 404 404 200 200 200 200 200 200 200"),
    Door("notifications:reading", "sign 404 404 302 302 302 302 302 302 302", method="POST"),
    Door("notifications:ways", "sign 404 404 200 200 200 200 200 200 200"),
    Door("notifications:ways", "sign 404 404 422 422 422 422 422 422 422", method="POST"),
    Door("notifications:mails", "sign 302 302 404 404 404 404 404 404 404", method="POST", data=(("way", "app"),)),
    Door("notifications:notification", "sign 404 404 404 404 404 404 302 404 404", "notification"),
    Door("notifications:notification", "sign 404 404 404 404 404 404 200 404 404", "notification", "POST"),
    Door("notifications:notification", "sign 404 404 404 404 404 404 200 404 404", "notification", "DELETE"),
    Rows("notification", "- - - - - - - yes - -", NOTIFICATION),
    Operation("notifications-export", "401 403 403 200 200 200 200 200 200 200"),
    Operation("notifications-get", "401 403 403 404 404 404 404 200 404 404", "notification"),
    Operation("notifications-groups", "401 403 403 200 200 200 200 200 200 200"),
    Operation("notifications-list", "401 403 403 200 200 200 200 200 200 200"),
    Operation("notifications-read", "401 403 403 404 404 404 404 200 404 404", "notification"),
    Operation("notifications-unread", "401 403 403 404 404 404 404 200 404 404", "notification"),
    Rows("notification", "- - - - - - - yes - -", ("rows notifications",)),
]
# fmt: on
