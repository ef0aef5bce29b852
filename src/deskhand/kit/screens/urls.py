from django.urls import path

from deskhand.kit.screens import doors

app_name = "screens"
urlpatterns = [
    path("<str:screen>/suggestions/", doors.suggestions, name="suggestions"),
    path("<str:screen>/custom-filter/", doors.custom_filter, name="custom-filter"),
    path("<str:screen>/custom-filter/condition/", doors.condition, name="condition"),
    path("<str:screen>/favorites/", doors.favorites, name="favorites"),
    path("<str:screen>/favorites/<int:pk>/", doors.favorite, name="favorite"),
    path("<str:screen>/columns/", doors.columns, name="columns"),
    path("<str:screen>/cards/", doors.cards, name="cards"),
    path("<str:screen>/cards/new/", doors.new_card, name="new-card"),
]
