from django.urls import path

from deskhand.portal.pages import account, link, tickets

app_name = "portal"
urlpatterns = [
    path("t/<str:token>/", link.ticket, name="ticket"),
    path("t/<str:token>/closure/", link.closure, name="closure"),
    path("t/<str:token>/account/", link.account, name="account"),
    path("t/<str:token>/files/<uuid:pk>/<str:name>", link.attachment, name="attachment"),
    path("my/", account.home, name="home"),
    path("my/tickets/", tickets.tickets, name="tickets"),
    path("my/tickets/<int:pk>/", tickets.ticket, name="my-ticket"),
    path("my/tickets/<int:pk>/closure/", tickets.closure, name="my-closure"),
    path("my/tickets/<int:pk>/following/", tickets.following, name="my-following"),
    path("my/tickets/<int:pk>/files/<uuid:file_pk>/<str:name>", tickets.attachment, name="my-attachment"),
]
