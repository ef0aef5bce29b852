from django.urls import path

from deskhand.base.notifications.pages import views
from deskhand.base.notifications.pages.screens import NOTIFICATIONS

app_name = "notifications"
urlpatterns = [
    *NOTIFICATIONS.urls(),
    path("menu/", views.menu, name="menu"),
    path("reading/", views.reading, name="reading"),
    path("ways/", views.ways, name="ways"),
    path("mails/", views.mails, name="mails"),
    path("<int:pk>/", views.notification, name="notification"),
]
