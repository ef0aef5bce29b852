from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UserKind(models.TextChoices):
    """Who signs in. The public, who does not sign in, is Django's ``AnonymousUser``."""

    INTERNAL = "internal", _("Internal user")
    PORTAL = "portal", _("Portal user")


class Role(models.IntegerChoices):
    """What an internal user is in an app. Ordered: who has more has all of the less."""

    NONE = 0, _("None")
    USER = 1, _("User")
    ADMINISTRATOR = 2, _("Administrator")


class Theme(models.TextChoices):
    AUTO = "auto", _("As my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class SecondFactor(models.TextChoices):
    """Of whom a company asks a second factor at sign-in."""

    OPTIONAL = "optional", _("Optional: whoever wants it")
    INTERNAL = "internal", _("Required of internal users")
    EVERYBODY = "everybody", _("Required of everybody, portal users too")


class SignUp(models.TextChoices):
    """Who may make an account of a company's customers."""

    INVITED = "invited", _("On invitation: we invite whom we want")
    CUSTOMERS = "customers", _("Customers with a ticket: by the link in our mails")
    FREE = "free", _("Everybody: free sign-up")


class AuditKind(models.TextChoices):
    """What is written down about signing in and rights."""

    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    INVITED = "invited", _("Invited")
    INVITATION_WITHDRAWN = "invitation_withdrawn", _("Invitation withdrawn")
    INVITATION_ACCEPTED = "invitation_accepted", _("Invitation accepted")
    SIGNED_UP = "signed_up", _("Signed up")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    ADDRESS_CHANGED = "address_changed", _("Email changed")
    FACTOR_ADDED = "factor_added", _("Second factor added")
    FACTOR_REMOVED = "factor_removed", _("Second factor removed")
    FACTORS_RESET = "factors_reset", _("Two-factor authentication reset")
    ROLES_CHANGED = "roles_changed", _("Roles changed")
    DEACTIVATED = "deactivated", _("Archived")
    REACTIVATED = "reactivated", _("Restored")
    SESSIONS_ENDED = "sessions_ended", _("Signed out elsewhere")
    KEY_MADE = "key_made", _("API key made")
    KEY_REVOKED = "key_revoked", _("API key revoked")
    SETTINGS_CHANGED = "settings_changed", _("Settings changed")
