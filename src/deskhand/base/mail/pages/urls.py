from django.urls import path

from deskhand.base.mail.pages import views
from deskhand.base.mail.pages.screens import INCOMING, OUTGOING, TEMPLATES

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
]
