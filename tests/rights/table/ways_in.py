"""The lines of ways_in. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line

# fmt: off
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("account_login", "200 302 302 302 302 302 302 302 302 302"),
    Door("account_logout", "302 200 200 200 200 200 200 200 200 200"),
    Door("account_inactive", "200 200 200 200 200 200 200 200 200 200"),
    Door("account_change_password", "sign 200 200 200 200 200 200 200 200 200"),
    Door("account_reset_password", "200 200 200 200 200 200 200 200 200 200"),
    Door("account_reset_password_done", "200 200 200 200 200 200 200 200 200 200"),
    Door("account_reset_password_from_key", "200 200 200 200 200 200 200 200 200 200"),
    Door("account_reset_password_from_key_done", "200 200 200 200 200 200 200 200 200 200"),
    Door("account_reauthenticate", "sign 200 200 200 200 200 200 200 200 200"),
    Door("account_invitation", "404 404 404 404 404 404 404 404 404 404", "x"),
    Door("account_invitation", "200 200 200 200 200 200 200 200 200 200", "invited"),
    Door("account_invitation", "422 422 422 422 422 422 422 422 422 422", "invited", "POST", data=(("name", "N"),)),
    Door("account_sign_up", "404 302 302 302 302 302 302 302 302 302"),
    Door("account_sign_up", "404 302 302 302 302 302 302 302 302 302", method="POST", data=(("email", "n@e.example"),)),
    Door("account_sign_up_sent", "200 200 200 200 200 200 200 200 200 200"),
    Door("account_sign_up_confirmation", "404 404 404 404 404 404 404 404 404 404", "x"),
    Door("account_sign_up_confirmation", "404 404 404 404 404 404 404 404 404 404", "x", "POST"),
    Door("account_language", "302 302 302 302 302 302 302 302 302 302", method="POST"),
    Door("account_new_address", "404 404 404 404 404 404 404 404 404 404", "x"),
    Door("account_new_address", "404 404 404 404 404 404 404 404 404 404", "x", "POST"),
    Door("account_set_password", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_index", "sign 200 200 200 200 200 200 200 200 200"),
    Door("mfa_authenticate", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_reauthenticate", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_activate_totp", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_deactivate_totp", "sign 404 404 404 404 404 404 404 404 404"),
    Door("mfa_view_recovery_codes", "sign 404 404 404 404 404 404 404 404 404"),
    Door("mfa_generate_recovery_codes", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_download_recovery_codes", "sign 404 404 404 404 404 404 404 404 404"),
    Door("mfa_list_webauthn", "302 302 302 302 302 302 302 302 302 302"),
    Door("mfa_add_webauthn", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_login_webauthn", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_reauthenticate_webauthn", "sign 302 302 302 302 302 302 302 302 302"),
    Door("mfa_edit_webauthn", "sign 302 302 302 302 302 302 302 302 302", "passkey"),
    Door("mfa_remove_webauthn", "sign 302 302 302 302 302 302 302 302 302", "passkey", "POST"),
    Door("socialaccount_login_cancelled", "200 200 200 200 200 200 200 200 200 200"),
    Door("openid_connect_login", "404 404 404 404 404 404 404 404 404 404", "x", "POST"),
    Door("openid_connect_callback", "404 404 404 404 404 404 404 404 404 404", "x"),
]
# fmt: on
