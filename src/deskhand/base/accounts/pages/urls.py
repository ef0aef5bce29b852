from __future__ import annotations

from django.urls import path

from deskhand.base.accounts.pages import (
    companies,
    connections,
    invitations,
    own_addresses,
    passwords,
    portal_access,
    preferences,
    roles,
    security,
)
from deskhand.base.accounts.pages.screens import AUDIT, PROVIDERS, USERS

app_name = "accounts"
urlpatterns = [
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/theme/", preferences.theme, name="theme"),
    path("preferences/companies/", companies.companies, name="companies"),
    path("preferences/address/", security.address, name="address"),
    path("preferences/addresses/new/", own_addresses.new_address, name="new-own-address"),
    path("preferences/addresses/<int:pk>/", own_addresses.address, name="own-address"),
    path("preferences/addresses/<int:pk>/deletion/", own_addresses.deletion, name="own-address-deletion"),
    path("preferences/devices/others/end/", security.other_sessions_end, name="other-sessions-end"),
    path("preferences/devices/<str:handle>/end/", security.session_end, name="session-end"),
    *USERS.urls("users/"),
    path("users/<int:pk>/password/", passwords.password, name="password"),
    path("users/<int:pk>/password-reset/", passwords.password_reset, name="password-reset"),
    path("users/<int:pk>/invitation/", invitations.invitation, name="invitation"),
    path("users/<int:pk>/invitation/withdrawal/", invitations.withdrawal, name="withdrawal"),
    path("users/<int:pk>/second-factor-reset/", security.second_factor_reset, name="second-factor-reset"),
    path("portal-access/<int:pk>/", portal_access.portal_access, name="portal-access"),
    path("portal-access/<int:pk>/revocation/", portal_access.revocation, name="portal-revocation"),
    path("roles/", roles.roles, name="roles"),
    *PROVIDERS.urls("sign-in-providers/"),
    path("sign-in-providers/<int:pk>/connection/", connections.connection, name="provider-connection"),
    *AUDIT.urls("audit/"),
]
