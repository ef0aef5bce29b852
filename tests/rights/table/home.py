"""The lines of home. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Offer

# fmt: off
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("healthz", "200 200 200 200 200 200 200 200 200 200"),
    Door("readyz", "503 503 503 503 503 503 503 503 503 503"),
    Door("metrics", "404 404 404 404 404 404 404 404 404 404"),
    Door("home:start", "sign 302 302 302 302 302 302 302 302 302"),
    Door("home:overview", "sign 403 403 403 403 200 200 200 200 200"),
    Door("home:daily-target", "sign 403 403 403 403 200 200 200 200 200"),
    Door("home:search", "sign 403 403 200 200 200 200 200 200 200"),
    Door("home:palette", "sign 403 403 200 200 200 200 200 200 200"),
    Door("home:shortcuts", "sign 403 403 200 200 200 200 200 200 200"),
    Door("tool-counts", "sign 200 200 200 200 200 200 200 200 200"),
    Offer("home:overview", "- - - - - yes yes yes yes yes"),
]
# fmt: on
