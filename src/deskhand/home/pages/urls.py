from django.urls import path

from deskhand.home.pages import overview, palette, search, shortcuts, views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("helpdesk/", overview.overview, name="overview"),
    path("helpdesk/daily-target/", overview.daily_target, name="daily-target"),
    path("search/", search.search, name="search"),
    path("palette/", palette.palette, name="palette"),
    path("shortcuts/", shortcuts.shortcuts, name="shortcuts"),
]
