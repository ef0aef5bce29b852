"""The routes of the API's description."""

from __future__ import annotations

from deskhand.config.api import api
from deskhand.kit.api.pages.views import description_urls

urlpatterns = description_urls(api)[0]
