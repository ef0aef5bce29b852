from django.urls import path

from deskhand.kit.screens.imports import pages

app_name = "imports"
urlpatterns = [
    path("<int:pk>/", pages.mapping, name="import"),
    path("<int:pk>/problems/", pages.problems, name="problems"),
]
