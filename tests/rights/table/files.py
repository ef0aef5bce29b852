"""The lines of files. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Operation, Secret

# fmt: off
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("files:attachment", "404 404 200 404 404 404 404 200 200 200", "file"),
    Door("files:attachment", "404 404 404 404 404 404 404 200 200 200", "note_file"),
    Door("files:attachment", "404 404 404 404 404 404 404 404 200 404", "hidden_file"),
    Door("portal:ticket", "200 200 200 200 200 200 200 200 200 200", "token"),
    Door("portal:ticket", "302 302 302 302 302 302 302 302 302 302", "token", "POST", data=(("body", "Hello"),)),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "token"),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "token", "POST"),
    Door("portal:ticket", "404 404 404 404 404 404 404 404 404 404", "altered"),
    Door("portal:ticket", "404 404 404 404 404 404 404 404 404 404", "altered", "POST", data=(("body", "Hello"),)),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "altered"),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "altered", "POST"),
    Door("portal:ticket", "404 404 404 404 404 404 404 404 404 404", "x"),
    Door("portal:ticket", "404 404 404 404 404 404 404 404 404 404", "x", "POST", data=(("body", "Hello"),)),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "x"),
    Door("portal:closure", "404 404 404 404 404 404 404 404 404 404", "x", "POST"),
    Door("portal:attachment", "200 200 200 200 200 200 200 200 200 200", "token file"),
    Door("portal:attachment", "404 404 404 404 404 404 404 404 404 404", "token note_file"),
    Door("portal:attachment", "404 404 404 404 404 404 404 404 404 404", "token hidden_file"),
    Door("portal:attachment", "404 404 404 404 404 404 404 404 404 404", "altered file"),
    Operation("attachments-create", "401 403 403 201 201 201 201 201 201 201"),
    Operation("attachments-get", "401 403 403 404 404 404 404 200 200 200", "file"),
    Operation("attachments-content", "401 403 403 404 404 404 404 200 200 200", "file"),
    Secret("note_file", "- - - - - - - yes yes yes key:yes"),
    Secret("hidden_file", "- - - - - - - - yes -"),
]
# fmt: on
