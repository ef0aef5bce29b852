from django.urls import path

from deskhand.support.tickets.pages.screens import TICKETS
from deskhand.support.tickets.pages.views import actions, board, conversation, tickets

app_name = "tickets"
urlpatterns = [
    path("teams/<int:team_pk>/board/", board.board, name="board"),
    path("teams/<int:team_pk>/board/<int:stage_pk>/new/", board.quick_create, name="quick-create"),
    *TICKETS.urls("tickets/"),
    path("tickets/new/", tickets.new, name="new"),
    path("tickets/<int:pk>/", tickets.ticket, name="ticket"),
    path("tickets/<int:pk>/stage/", board.stage, name="stage"),
    path("tickets/<int:pk>/priority/", actions.priority, name="priority"),
    path("tickets/<int:pk>/state/", actions.card_state, name="state"),
    path("tickets/<int:pk>/archival/", actions.archival, name="archival"),
    path("tickets/<int:pk>/copies/", actions.copies, name="copies"),
    path("tickets/<int:pk>/messages/", conversation.messages, name="messages"),
    path("tickets/<int:pk>/notes/", conversation.notes, name="notes"),
    path("tickets/<int:pk>/followers/", conversation.followers, name="followers"),
    path("tickets/<int:pk>/followers/<int:contact_pk>/", conversation.follower, name="follower"),
]
