from __future__ import annotations

from django.urls import path

from deskhand.base.webhooks.pages import views
from deskhand.base.webhooks.pages.screens import WEBHOOKS

app_name = "webhooks"
urlpatterns = [
    *WEBHOOKS.urls("webhooks/"),
    path("webhooks/<int:pk>/pings/", views.pings, name="pings"),
    path("webhooks/<int:pk>/pause/", views.pause, name="pause"),
    path("webhooks/<int:pk>/secret/", views.secret, name="secret"),
    path("webhooks/deliveries/<int:pk>/", views.delivery, name="delivery"),
    path("webhooks/deliveries/<int:pk>/copies/", views.copies, name="copies"),
]
