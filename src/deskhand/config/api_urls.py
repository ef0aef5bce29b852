"""The routes of the REST API; importing them loads what it is made of."""

from __future__ import annotations

from deskhand.config.api import api

urlpatterns = api.routes()
