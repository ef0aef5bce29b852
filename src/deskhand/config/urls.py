"""All addresses: the pages, the REST API, and what watches over the server."""

from __future__ import annotations

from django.urls import path

from deskhand.config import pages
from deskhand.config.health import healthz, readyz
from deskhand.config.metrics import metrics
from deskhand.kit.later import RoutesLater

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    # Loaded at the first call: its libraries and models take 15 MB in each web process.
    RoutesLater("api/v1/", "deskhand.config.api_urls", namespace="api"),
    RoutesLater("api/", "deskhand.config.api_description", namespace="api-docs"),
    *pages.urlpatterns,
]

handler500 = "deskhand.kit.ui.pages.errors.server_error"
