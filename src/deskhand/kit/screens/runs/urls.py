from django.urls import path

from deskhand.kit.screens.runs import pages

app_name = "runs"
urlpatterns = [
    path("<int:pk>/", pages.run, name="run"),
    path("<int:pk>/undo/", pages.undo, name="undo"),
]
