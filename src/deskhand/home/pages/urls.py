from django.urls import path

from deskhand.home.pages import views

app_name = "home"
urlpatterns = [path("", views.start, name="start"), path("helpdesk/", views.overview, name="overview")]
