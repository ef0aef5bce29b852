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
    Door("portal:account", "302 404 404 404 404 404 404 404 404 404", "token", "POST"),
    Door("portal:account", "404 404 404 404 404 404 404 404 404 404", "altered", "POST"),
    Door("portal:home", "sign 200 200 200 200 200 200 200 200 200"),
    Door("portal:tickets", "sign 200 200 200 200 200 200 200 200 200"),
    Door("portal:my-ticket", "sign 404 200 404 404 404 404 404 404 404", "ticket"),
    Door("portal:my-ticket", "sign 404 302 404 404 404 404 404 404 404", "ticket", "POST", data=(("body", "Hello"),)),
    Door("portal:my-ticket", "sign 404 200 404 404 404 404 404 404 404", "twin_ticket"),
    Door("portal:my-ticket", "sign 404 404 404 404 404 404 404 404 404", "stray_ticket"),
    Door("portal:my-ticket", "sign 404 404 404 404 404 404 404 404 404", "company_ticket"),
    Door("portal:my-ticket", "sign 404 404 404 404 404 404 404 404 404", "archived"),
    Door("portal:my-ticket", "sign 404 404 404 404 404 404 404 404 404", "hidden"),
    Door("portal:my-ticket", "sign 404 404 404 404 404 404 404 404 404", "hidden", "POST", data=(("body", "Hello"),)),
    Door("portal:my-closure", "sign 404 404 404 404 404 404 404 404 404", "ticket"),
    Door("portal:my-closure", "sign 404 404 404 404 404 404 404 404 404", "ticket", "POST"),
    Door("portal:my-following", "sign 404 302 404 404 404 404 404 404 404", "ticket", "POST"),
    Door("portal:my-following", "sign 404 404 404 404 404 404 404 404 404", "hidden", "POST"),
    Door("portal:my-attachment", "sign 404 200 404 404 404 404 404 404 404", "ticket file"),
    Door("portal:my-attachment", "sign 404 404 404 404 404 404 404 404 404", "ticket note_file"),
    Door("portal:my-attachment", "sign 404 404 404 404 404 404 404 404 404", "ticket hidden_file"),
    Door("portal:my-attachment", "sign 404 404 404 404 404 404 404 404 404", "hidden hidden_file"),
    Operation("attachments-create", "401 403 403 201 201 201 201 201 201 201"),
    Operation("attachments-get", "401 403 403 404 404 404 404 200 200 200", "file"),
    Operation("attachments-content", "401 403 403 404 404 404 404 200 200 200", "file"),
    Secret("note_file", "- - - - - - - yes yes yes key:yes"),
    Secret("hidden_file", "- - - - - - - - yes -"),
]
# fmt: on
