from django.urls import path

from deskhand.base.chatter.pages.screens import CANNED_RESPONSES
from deskhand.base.chatter.pages.views import composing, conversation, following, notes

app_name = "chatter"
urlpatterns = [
    *CANNED_RESPONSES.urls("canned-responses/"),
    path("messages/<int:pk>/", notes.note, name="note"),
    path("messages/<int:pk>/history/", notes.history, name="history"),
    path("<int:kind>/<int:pk>/", conversation.chat, name="chat"),
    path("<int:kind>/<int:pk>/feed/", conversation.feed, name="feed"),
    path("<int:kind>/<int:pk>/messages/", conversation.messages, name="messages"),
    path("<int:kind>/<int:pk>/notes/", conversation.notes, name="notes"),
    path("<int:kind>/<int:pk>/followers/", following.followers, name="followers"),
    path("<int:kind>/<int:pk>/followers/<int:contact_pk>/", following.follower, name="follower"),
    path("<int:kind>/<int:pk>/following/", following.following, name="following"),
    path("<int:kind>/<int:pk>/mentions/", composing.mentions, name="mentions"),
    path("<int:kind>/<int:pk>/canned/", composing.canned, name="canned"),
    path("<int:kind>/<int:pk>/unsent/", composing.unsent, name="unsent"),
    path("<int:kind>/<int:pk>/unsent/files/", composing.unsent_files, name="unsent-files"),
    path("<int:kind>/<int:pk>/unsent/files/<uuid:file_pk>/", composing.unsent_file, name="unsent-file"),
]
