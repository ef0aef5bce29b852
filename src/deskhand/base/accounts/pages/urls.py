from __future__ import annotations

from django.urls import path

from deskhand.base.accounts.pages import passwords, preferences
from deskhand.base.accounts.pages.screens import USERS

app_name = "accounts"
urlpatterns = [
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/theme/", preferences.theme, name="theme"),
    *USERS.urls("users/"),
    path("users/<int:pk>/password/", passwords.password, name="password"),
    path("users/<int:pk>/password-reset/", passwords.password_reset, name="password-reset"),
]
