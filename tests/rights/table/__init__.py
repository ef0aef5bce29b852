"""Rights, proven: every door of the house, by every kind of person.

**Your door is not in the table?** Add one line to the file of its noun in this folder. A line says, for each person in
the order of the comment above it (:mod:`tests.rights.people` says who they are), what the door answers::

    Door("teams:team", "sign 404 404 404 404 403 404 403 403 200", "team"),           a page: route, words, thing
    Door("teams:team", "sign 404 …", "team", "POST", data=(("name", "x"),)),          …posted
    Operation("teams-get", "401 403 …", "team"),                                      a call of the API
    Rows("hidden", "- - - - - - - - yes -", TICKET),                                  a record where its kind comes up
    Offer("teams:list", "- - - - - yes …"),                                           an entry of a menu
    Secret("note", "- - - yes …"),                                                    a word that nobody else ever reads

200 and 302: comes in. 403: may not. 404: there is nothing. ``sign``: to the sign-in. 422 and 409: came in, and what was
typed is refused. People who stand below ``LIKE`` follow by name where they differ: ``watcher:404``. A thing is a name
in :mod:`tests.rights.things`. A model that no door lists by itself goes into :mod:`tests.rights.table.models`.

``pytest tests/rights`` tells which names are missing, and which cells are wrong.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tests.rights.lines import Line


@cache
def parts() -> dict[str, list[Line]]:
    """The lines of each file of this folder."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").LINES for name in names}
