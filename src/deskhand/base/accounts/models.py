from __future__ import annotations

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import Role, Theme, UserKind
from deskhand.base.accounts.querysets import UserManager, UserQuerySet, Viewer
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, with the mail address as name.

    ``company`` is the company the user works in at present, ``companies`` all that the user may work in.
    """

    email = models.EmailField(_("Email"), unique=True)
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=8, choices=UserKind, default=UserKind.INTERNAL)
    contact = models.OneToOneField(Contact, verbose_name=_("Contact"), on_delete=models.PROTECT, related_name="user")
    company = models.ForeignKey(Company, verbose_name=_("Company"), on_delete=models.PROTECT, related_name="+")
    companies = models.ManyToManyField(Company, verbose_name=_("Companies"), related_name="users")
    language = models.CharField(_("Language"), max_length=10, default="en")
    time_zone = models.CharField(_("Time zone"), max_length=60, default="UTC")
    theme = models.CharField(_("Appearance"), max_length=5, choices=Theme, default=Theme.AUTO)
    signature = models.TextField(_("Signature"), blank=True)
    is_active = models.BooleanField(_("Active"), default=True)
    is_staff = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField(_("Joined on"), auto_now_add=True)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("User")
        verbose_name_plural = _("Users")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_internal(self) -> bool:
        return self.is_active and self.kind == UserKind.INTERNAL

    @cached_property
    def roles(self) -> dict[str, Role]:
        """The user's role per app, ``none`` left out. One query, once per request."""
        if not self.is_internal:
            return {}
        return {grant.app: Role(grant.role) for grant in self.role_grants.all()}

    @property
    def is_settings_administrator(self) -> bool:
        """Whether the user may change companies, users, mail servers and templates."""
        return self.has_role("settings", Role.ADMINISTRATOR)

    @cached_property
    def company_ids(self) -> list[int]:
        """Companies whose records the user may see. One query, once per request."""
        return list(self.companies.values_list("pk", flat=True))

    @cached_property
    def viewer(self) -> Viewer:
        """Who decides which rows a prepared query gives. Its user, whatever changes of them later."""
        return Viewer(
            pk=self.pk,
            contact_id=self.contact_id,
            company_ids=self.company_ids,
            is_active=self.is_active,
            is_internal=self.is_internal,
            granted=frozenset(self.roles.items()),
        )

    def has_role(self, app: str, role: Role = Role.USER) -> bool:
        """Whether the user is at least ``role`` in ``app`` (a name such as ``helpdesk``)."""
        return self.roles.get(app, Role.NONE) >= role


class RoleGrant(models.Model):
    """The role of a user in an app."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    app = models.CharField(_("App"), max_length=40)
    role = models.PositiveSmallIntegerField(_("Role"), choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "app"], name="one_role_per_app")]

    def __str__(self) -> str:
        return f"{self.app}: {self.get_role_display()}"
