from django.urls import path

from deskhand.portal.pages import link

app_name = "portal"
urlpatterns = [
    path("t/<str:token>/", link.ticket, name="ticket"),
    path("t/<str:token>/closure/", link.closure, name="closure"),
    path("t/<str:token>/files/<uuid:pk>/<str:name>", link.attachment, name="attachment"),
]
