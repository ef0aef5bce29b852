from __future__ import annotations

from django.urls import path

from deskhand.base.contacts.pages import picker
from deskhand.base.contacts.pages.screens import CONTACTS

app_name = "contacts"
urlpatterns = [
    path("search/", picker.search, name="search"),
    path("quick/", picker.quick, name="quick"),
    *CONTACTS.urls(),
]
