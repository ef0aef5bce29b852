from __future__ import annotations

from django.urls import path

from deskhand.base.keys.pages import views
from deskhand.base.keys.pages.screens import ALL_KEYS

app_name = "keys"
urlpatterns = [
    path("preferences/keys/", views.mine, name="mine"),
    *ALL_KEYS.urls("keys/"),
    path("keys/<int:pk>/", views.key, name="key"),
    path("keys/<int:pk>/revocation/", views.revocation, name="revocation"),
]
