"""The routes of the REST API; importing them makes it."""

from __future__ import annotations

from deskhand.config.api import api

urlpatterns = api.urls[0]
