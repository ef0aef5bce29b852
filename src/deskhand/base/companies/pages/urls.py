from __future__ import annotations

from django.urls import path

from deskhand.base.companies.pages.domains import alias_domain
from deskhand.base.companies.pages.logos import logo
from deskhand.base.companies.pages.screens import COMPANIES
from deskhand.base.companies.pages.settings import settings

app_name = "companies"
urlpatterns = [
    path("", settings, name="settings"),
    path("companies/<int:pk>/logo/", logo, name="logo"),
    path("companies/<int:pk>/alias-domain/", alias_domain, name="alias-domain"),
    *COMPANIES.urls("companies/"),
]
