"""The pages of the library that people sign in with: these and no others.

Nobody adds addresses or connects providers by themselves; what the library offers for that has no door. Customers sign
up by pages of our own.
"""

from __future__ import annotations

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from deskhand.base.accounts.pages import invitations, security, signing_up
from deskhand.base.accounts.pages.sign_in import login
from deskhand.kit.later import later

# Passkeys and providers bring 14 MB of libraries for cryptography.
_FACTORS, _OURS = "allauth.mfa", "deskhand.base.accounts.pages"

urlpatterns = [
    path("login/", login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("language/", set_language, name="account_language"),
    path("sign-up/", signing_up.asking, name="account_sign_up"),
    path("sign-up/sent/", signing_up.sent, name="account_sign_up_sent"),
    path("sign-up/<str:token>/", signing_up.confirmation, name="account_sign_up_confirmation"),
    path("invitation/<str:token>/", invitations.acceptance, name="account_invitation"),
    path("address/<str:token>/", security.new_address, name="account_new_address"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("two-factor/", later(f"{_FACTORS}.base.views.index"), name="mfa_index"),
    path("two-factor/sign-in/", later(f"{_FACTORS}.base.views.authenticate"), name="mfa_authenticate"),
    path("two-factor/reauthenticate/", later(f"{_FACTORS}.base.views.reauthenticate"), name="mfa_reauthenticate"),
    path("two-factor/app/", later(f"{_FACTORS}.totp.views.activate_totp"), name="mfa_activate_totp"),
    path("two-factor/app/removal/", later(f"{_FACTORS}.totp.views.deactivate_totp"), name="mfa_deactivate_totp"),
    path(
        "two-factor/codes/",
        later(f"{_FACTORS}.recovery_codes.views.view_recovery_codes"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "two-factor/codes/new/",
        later(f"{_FACTORS}.recovery_codes.views.generate_recovery_codes"),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "two-factor/codes/file/",
        later(f"{_FACTORS}.recovery_codes.views.download_recovery_codes"),
        name="mfa_download_recovery_codes",
    ),
    path("two-factor/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("two-factor/passkeys/new/", later(f"{_OURS}.passkeys.add_passkey"), name="mfa_add_webauthn"),
    path("two-factor/passkeys/sign-in/", later(f"{_FACTORS}.webauthn.views.login_webauthn"), name="mfa_login_webauthn"),
    path(
        "two-factor/passkeys/reauthenticate/",
        later(f"{_FACTORS}.webauthn.views.reauthenticate_webauthn"),
        name="mfa_reauthenticate_webauthn",
    ),
    path("two-factor/passkeys/<int:pk>/", later(f"{_FACTORS}.webauthn.views.edit_webauthn"), name="mfa_edit_webauthn"),
    path(
        "two-factor/passkeys/<int:pk>/removal/",
        later(f"{_OURS}.passkeys.remove_passkey"),
        name="mfa_remove_webauthn",
    ),
    path("provider-cancelled/", later(f"{_OURS}.identity.cancelled"), name="socialaccount_login_cancelled"),
    path("provider/<slug:provider_id>/", later(f"{_OURS}.identity.sign_in"), name="openid_connect_login"),
    path("provider/<slug:provider_id>/back/", later(f"{_OURS}.identity.come_back"), name="openid_connect_callback"),
]
