from django.urls import path

from deskhand.base.mail.pages import server_views, views
from deskhand.base.mail.pages.screens import INCOMING, OUTGOING, TEMPLATES
from deskhand.base.mail.pages.server_screens import INCOMING_SERVERS, OUTGOING_SERVERS

app_name = "mail"
urlpatterns = [
    *TEMPLATES.urls("templates/"),
    path("templates/preview/<slug:about>/", views.template_preview, name="template-preview"),
    *INCOMING.urls("incoming/"),
    path("incoming/<int:pk>/", views.incoming_mail, name="incoming-mail"),
    path("incoming/<int:pk>/original/", views.original, name="original"),
    path("incoming/<int:pk>/source.eml", views.source, name="source"),
    path("incoming/<int:pk>/reading/", views.incoming_reading, name="incoming-reading"),
    *OUTGOING.urls("outgoing/"),
    path("outgoing/<int:pk>/", views.outgoing_mail, name="outgoing-mail"),
    path("outgoing/<int:pk>/sending/", views.outgoing_sending, name="outgoing-sending"),
    *OUTGOING_SERVERS.urls("outgoing-servers/"),
    path("outgoing-servers/<int:pk>/test/", server_views.outgoing_test, name="outgoing-server-test"),
    path("outgoing-servers/<int:pk>/test-mail/", server_views.outgoing_test_mail, name="outgoing-server-test-mail"),
    *INCOMING_SERVERS.urls("incoming-servers/"),
    path("incoming-servers/<int:pk>/test/", server_views.incoming_test, name="incoming-server-test"),
    path("incoming-servers/<int:pk>/fetch/", server_views.incoming_fetch, name="incoming-server-fetch"),
    path("incoming-servers/<int:pk>/passed/", server_views.incoming_passed, name="incoming-server-passed"),
]
