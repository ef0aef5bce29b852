from django.urls import path

from deskhand.support.closing.pages import views

app_name = "closing"
urlpatterns = [
    path("tickets/<int:pk>/closure/", views.closure, name="closure"),
]
