from __future__ import annotations

from django.urls import path

from deskhand.base.contacts.pages import addresses, merging, picker
from deskhand.base.contacts.pages.screens import CONTACTS
from deskhand.base.contacts.pages.tag_screens import CONTACT_TAGS

app_name = "contacts"
urlpatterns = [
    path("search/", picker.search, name="search"),
    path("quick/", picker.quick, name="quick"),
    path("tags/options/", picker.tag_options, name="tag-options"),
    path("duplicates/", merging.duplicates, name="duplicates"),
    path("merges/", merging.merges, name="merges"),
    path("distinctions/", merging.distinctions, name="distinctions"),
    path("<int:pk>/merge/", merging.merge_into, name="merge-into"),
    path("<int:pk>/addresses/", addresses.addresses, name="addresses"),
    path("<int:pk>/addresses/<int:address_pk>/", addresses.address, name="address"),
    path("<int:pk>/addresses/<int:address_pk>/deletion/", addresses.address_deletion, name="address-deletion"),
    *CONTACTS.urls(),
    *CONTACT_TAGS.urls(prefix="tags/"),
]
