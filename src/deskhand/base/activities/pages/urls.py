from django.urls import path

from deskhand.base.activities.pages import views
from deskhand.base.activities.pages.screens import ACTIVITIES, ACTIVITY_TYPES

app_name = "activities"
urlpatterns = [
    *ACTIVITIES.urls(),
    *ACTIVITY_TYPES.urls("types/"),
    path("menu/", views.menu, name="menu"),
    path("of/<int:kind>/", views.matrix, name="matrix"),
    path("of/<int:kind>/<int:pk>/new/", views.new, name="new"),
    path("<int:pk>/", views.activity, name="activity"),
    path("<int:pk>/completion/", views.completion, name="completion"),
]
