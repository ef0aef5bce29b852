"""The page for what nobody foresaw."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from deskhand.kit.ui.middleware import database_away


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database went away before a view was reached (session, user). Drawn without a query."""
    error = sys.exc_info()[1]
    if isinstance(error, (OperationalError, InterfaceError)):
        return database_away(request, error)
    return render(None, "500.html", status=500)  # no request: no session, no user
