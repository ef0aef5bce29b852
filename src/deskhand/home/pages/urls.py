from django.urls import path

from deskhand.home.pages import palette, search, shortcuts, views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("helpdesk/", views.overview, name="overview"),
    path("search/", search.search, name="search"),
    path("palette/", palette.palette, name="palette"),
    path("shortcuts/", shortcuts.shortcuts, name="shortcuts"),
]
