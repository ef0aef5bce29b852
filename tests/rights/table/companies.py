"""The lines of companies. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Offer, Operation, Rows

# fmt: off
COMPANY = ("model companies.Company", "record companies.Company")
COMPANIES = ("list companies:companies", "export companies:companies")
CSV = (("format", "csv"), ("every_column", "1"))
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("companies:settings", "sign 403 403 403 200 403 403 403 403 403"),
    Door("companies:settings", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("companies:logo", "404 404 404 404 404 404 404 404 404 404", "company"),
    Door("companies:companies", "sign 403 403 403 200 403 403 403 403 403"),
    Door("companies:companies-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("companies:companies-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("companies:companies-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("companies:companies-import", "sign 403 403 403 200 403 403 403 403 403"),
    Door("companies:companies-import", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("companies:new-company", "sign 403 403 403 200 403 403 403 403 403"),
    Door("companies:new-company", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("companies:company", "sign 403 403 403 200 403 403 403 403 403", "company"),
    Door("companies:company", "sign 403 403 403 422 403 403 403 403 403", "company", "POST"),
    Door("companies:alias-domain", "sign 403 403 403 200 403 403 403 403 403", "company"),
    Operation("companies-list", "401 403 403 200 200 200 200 200 200 200"),
    Operation("companies-create", "401 403 403 403 201 403 403 403 403 403", body={"name": "New company"}),
    Operation("companies-get", "401 403 403 200 200 404 404 200 200 200", "company"),
    Operation("companies-change", "401 403 403 403 200 404 404 403 403 403", "company", body={"phone": "1"}),
    Offer("companies:companies", "- - - - yes - - - - -"),
    Offer("companies:settings", "- - - - yes - - - - -"),
    Rows("company", "- yes yes yes yes - - yes yes yes", COMPANY),
    Rows("company", "- - - yes yes - - yes yes yes", ("rows companies",)),
    Rows("company", "- - - - yes - - - - -", COMPANIES),
    Rows("company", "- - - - - - - yes yes yes", ("socket helpdesk",)),
    Operation("companies-export", "401 403 403 403 200 403 403 403 403 403"),
    Operation("companies-groups", "401 403 403 200 200 200 200 200 200 200"),
    Operation("companies-logo", "401 403 403 404 404 404 404 404 404 404", "company"),
    Operation("companies-put-logo", "401 403 403 403 204 404 404 403 403 403", "company"),
    Operation("companies-remove-logo", "401 403 403 403 204 404 404 403 403 403", "company"),
]
# fmt: on
