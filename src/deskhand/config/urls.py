"""All addresses: the pages, the REST API, and what watches over the server."""

from __future__ import annotations

from django.urls import include, path

from deskhand.config import pages
from deskhand.config.api import api
from deskhand.config.health import healthz, readyz
from deskhand.config.metrics import metrics
from deskhand.kit.api.pages.views import description_urls

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("api/", include(description_urls(api))),
    *pages.urlpatterns,
]

handler500 = "deskhand.kit.ui.pages.errors.server_error"
