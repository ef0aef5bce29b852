"""The lines of webhooks. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Mass, Offer, Operation, Rows, Secret

# fmt: off
SHOP = {"name": "x", "url": "https://shop.example/", "facts": ["ticket.created"]}
WEBHOOK = ("model webhooks.Webhook", "list webhooks:list", "export webhooks:list", "rows webhooks")
KEYS = ("list keys:all", "export keys:all")
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("api-docs:openapi", "200 200 200 200 200 200 200 200 200 200"),
    Door("api-docs:docs", "200 200 200 200 200 200 200 200 200 200"),
    Door("keys:mine", "sign 403 403 200 200 200 200 200 200 200"),
    Door("keys:mine", "sign 403 403 422 422 422 422 422 422 422", method="POST"),
    Door("keys:all", "sign 403 403 403 200 403 403 403 403 403"),
    Door("keys:all-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("keys:all-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("keys:key", "sign 404 404 404 200 404 404 200 404 404", "key"),
    Door("keys:revocation", "sign 404 404 404 302 404 404 302 404 404", "key", "POST"),
    Door("webhooks:list", "sign 403 403 403 200 403 200 403 403 200"),
    Door("webhooks:list-export", "sign 403 403 403 200 403 200 403 403 200"),
    Door("webhooks:list-mass", "sign 403 403 403 404 403 404 403 403 404", method="POST"),
    Door("webhooks:new", "sign 403 403 403 200 403 200 403 403 200"),
    Door("webhooks:new", "sign 403 403 403 422 403 422 403 403 422", method="POST"),
    Door("webhooks:webhook", "sign 403 403 403 200 403 404 403 403 200", "webhook"),
    Door("webhooks:webhook", "sign 403 403 403 422 403 404 403 403 422", "webhook", "POST"),
    Door("webhooks:webhook-archival", "sign 403 403 403 302 403 404 403 403 302", "webhook", "POST"),
    Door("webhooks:pings", "sign 403 403 403 302 403 404 403 403 302", "webhook", "POST"),
    Door("webhooks:pause", "sign 403 403 403 302 403 404 403 403 302", "webhook", "POST"),
    Door("webhooks:secret", "sign 403 403 403 302 403 404 403 403 302", "webhook", "POST"),
    Door("webhooks:delivery", "sign 403 403 403 200 403 404 403 403 200", "delivery"),
    Door("webhooks:copies", "sign 403 403 403 409 403 404 403 403 409", "delivery", "POST"),
    Operation("webhooks-list", "401 403 403 403 200 403 200 403 403 200"),
    Operation("webhooks-create", "401 403 403 403 201 403 201 403 403 201", body=SHOP),
    Operation("webhooks-get", "401 403 403 403 200 403 404 403 403 200", "webhook"),
    Operation("webhooks-change", "401 403 403 403 200 403 404 403 403 200", "webhook", body={"name": "x"}),
    Operation("webhooks-deliveries", "401 403 403 403 200 403 404 403 403 200", "webhook"),
    Operation("webhooks-ping", "401 403 403 403 201 403 404 403 403 201", "webhook"),
    Operation("webhooks-resend", "401 403 403 403 409 403 404 403 403 409", "webhook"),
    Operation("webhooks-pause", "401 403 403 403 200 403 404 403 403 200", "webhook"),
    Operation("webhooks-resume", "401 403 403 403 200 403 404 403 403 200", "webhook"),
    Operation("webhooks-new-secret", "401 403 403 403 200 403 404 403 403 200", "webhook"),
    Operation("webhooks-archive", "401 403 403 403 200 403 404 403 403 200", "webhook"),
    Operation("webhooks-restore", "401 403 403 403 200 403 404 403 403 200", "webhook"),
    Offer("keys:all", "- - - - yes - - - - -"),
    Offer("webhooks:list", "- - - - yes - - - - -"),
    Rows("key", "- - - - yes - - yes - -", ("model keys.ApiKey",)),
    Rows("key", "- - - - yes - - - - -", KEYS),
    Rows("webhook", "- - - - yes - - - - yes", WEBHOOK),
    Secret("key", "- - - - yes - - yes - -"),
    Secret("webhook", "- - - - yes - - - - yes"),
    Mass("webhooks:list archive", "- - - - yes - - - - yes", "webhook"),
    Mass("webhooks:list restore", "- - - - yes - - - - yes", "webhook"),
    Operation("api-keys-export", "401 403 403 403 200 403 403 403 403 403"),
    Operation("api-keys-get", "401 403 403 404 200 404 404 200 404 404", "key"),
    Operation("api-keys-groups", "401 403 403 200 200 200 200 200 200 200"),
    Operation("api-keys-list", "401 403 403 200 200 200 200 200 200 200"),
    Operation("api-keys-revoke", "401 403 403 404 200 404 404 200 404 404", "key"),
    Rows("key", "- - - - yes - - yes - -", ("rows api-keys",)),
    Operation("webhooks-export", "401 403 403 403 200 403 200 403 403 200"),
]
# fmt: on
