from django.urls import path

from deskhand.base.files.pages import views

app_name = "files"
urlpatterns = [path("<uuid:pk>/<str:name>", views.attachment, name="attachment")]
