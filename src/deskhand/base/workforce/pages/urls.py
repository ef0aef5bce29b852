from __future__ import annotations

from django.urls import path

from deskhand.base.workforce.pages import absences, calendars, decisions, photos
from deskhand.base.workforce.pages.screens import CALENDARS, DEPARTMENTS, EMPLOYEES_SCREEN, LEAVE_TYPES, TIMES_OFF

app_name = "workforce"
urlpatterns = [
    *EMPLOYEES_SCREEN.urls("employees/"),
    path("employees/<int:pk>/photo/", photos.photo, name="photo"),
    *DEPARTMENTS.urls("employees/departments/"),
    path("employees/calendars/parts/", calendars.parts, name="parts"),
    *CALENDARS.urls("employees/calendars/"),
    path("employees/calendars/<int:pk>/default/", calendars.default, name="calendar-default"),
    path("employees/calendars/<int:pk>/days/", calendars.days, name="calendar-days"),
    path("employees/calendars/<int:pk>/days/<int:day_pk>/", calendars.day_deletion, name="calendar-day"),
    path("time-off/", absences.absences, name="absences"),
    *LEAVE_TYPES.urls("time-off/types/"),
    *TIMES_OFF.urls("time-off/requests/"),
    path("time-off/requests/<int:pk>/approval/", decisions.approval, name="approval"),
    path("time-off/requests/<int:pk>/refusal/", decisions.refusal, name="refusal"),
    path("time-off/requests/<int:pk>/withdrawal/", decisions.withdrawal, name="withdrawal"),
]
