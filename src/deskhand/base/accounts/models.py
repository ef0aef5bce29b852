from __future__ import annotations

from functools import cached_property
from hashlib import sha256

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import AuditKind, Role, SecondFactor, SignUp, Theme, UserKind
from deskhand.base.accounts.querysets import InvitationQuerySet, UserManager, UserQuerySet, Viewer
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, with the mail address as name.

    ``company`` is the company the user works in at present, ``companies`` all that the user may work in;
    ``hidden_companies`` are ids of those among them whose records the user does not want to see at present.
    ``owes_second_factor``: no page opens but those where a second factor is set up.
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
    hidden_companies = models.JSONField(default=list, blank=True, editable=False)
    owes_second_factor = models.BooleanField(default=False, editable=False)
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
    def works_in(self) -> dict[int, str]:
        """Every company the user may work in, by name: id → name. One query, once per request."""
        return dict(self.companies.values_list("pk", "name"))

    @cached_property
    def company_ids(self) -> list[int]:
        """Companies whose records the user may see; of who asks for a page, those that they chose to look at."""
        return list(self.works_in)

    def look_at_all(self) -> None:
        """From now on, while the user is in memory, records of all their companies are seen."""
        self.company_ids = list(self.works_in)
        self.__dict__.pop("viewer", None)

    @property
    def looks_at_all(self) -> bool:
        """Whether records of no company are left out."""
        return len(self.company_ids) == len(self.works_in)

    @cached_property
    def own_contact_ids(self) -> list[int]:
        """The contacts that the user is. Of a customer also those that write from the address they sign in with, once
        they have proven that it is theirs: mails about these go to them anyway. Not who signs in as somebody else.

        No query for who works here; else one, once per request.
        """
        if self.kind == UserKind.INTERNAL:
            return [self.contact_id]
        from allauth.account.models import EmailAddress  # here: it asks for our model of users when it is loaded

        is_proven = Exists(EmailAddress.objects.filter(user=self, email=self.email, verified=True))
        others = Contact.objects.filter(is_proven, email=self.email, user=None, merged_into=None)
        return [self.contact_id, *others.order_by("pk").values_list("pk", flat=True)]

    @cached_property
    def viewer(self) -> Viewer:
        """Who decides which rows a prepared query gives. Its user, whatever changes of them later."""
        return Viewer(
            pk=self.pk,
            contact_id=self.contact_id,
            own_contact_ids=self.own_contact_ids,
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


class UserSession(AbstractBaseSession):
    """A browser with a session. ``user`` None: nobody has signed in there yet.

    ``device`` is what the browser calls itself; ``seen_at`` is exact to a few minutes.
    """

    user = models.ForeignKey(User, verbose_name=_("User"), null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(_("Device"), max_length=250, blank=True)
    address = models.GenericIPAddressField(_("Address"), null=True)
    started_at = models.DateTimeField(_("Signed in on"))
    seen_at = models.DateTimeField(_("Last seen"))

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @property
    def handle(self) -> str:
        """Names the session on a page, without the key that would let in whoever reads it."""
        return sha256(self.session_key.encode()).hexdigest()[:32]


class Invitation(models.Model):
    """A personal link with which a new user comes in the first time. It works once, until ``expires_at``.

    Only the hash of its token is kept. ``accepted_at`` None: still open.
    """

    user = models.OneToOneField(User, verbose_name=_("User"), on_delete=models.CASCADE, related_name="invitation")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, verbose_name=_("Invited by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(_("Sent"))
    expires_at = models.DateTimeField(_("Valid until"))
    accepted_at = models.DateTimeField(_("Accepted on"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Invitation")
        verbose_name_plural = _("Invitations")

    def __str__(self) -> str:
        return str(self.user)


class AccessRule(models.Model):
    """What a company asks of those who sign in, and who may sign up. A company without a row has the defaults."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="access_rule")
    second_factor = models.CharField(
        _("Two-factor authentication"), max_length=10, choices=SecondFactor, default=SecondFactor.OPTIONAL
    )
    sign_up = models.CharField(_("Customer accounts"), max_length=10, choices=SignUp, default=SignUp.CUSTOMERS)

    def __str__(self) -> str:
        return f"{self.company}: {self.get_second_factor_display()}"


class AuditEntry(models.Model):
    """Something about signing in or rights that an administrator may want to look up later.

    ``user`` is whom it is about, ``by`` who did it, None: the user, or nobody who is known.
    """

    at = models.DateTimeField(_("When"), db_index=True)
    kind = models.CharField(_("What"), max_length=30, choices=AuditKind)
    user = models.ForeignKey(User, verbose_name=_("User"), on_delete=models.PROTECT, related_name="audit_entries")
    by = models.ForeignKey(User, verbose_name=_("By"), null=True, on_delete=models.SET_NULL, related_name="+")
    address = models.GenericIPAddressField(_("Address"), null=True)
    detail = models.CharField(_("Details"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Sign-in or change of rights")
        verbose_name_plural = _("Sign-ins and changes of rights")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"


class IdentityProvider(models.Model):
    """A service (OpenID Connect) that says who somebody is.

    ``key`` stands in its addresses. ``sealed_secret`` is the client's secret, sealed by :mod:`deskhand.kit.sealing`.
    ``domains``: mail domains whose people may sign in by it, in small letters; empty: all.
    ``makes_accounts``: people nobody knows get an account in ``company``, of ``kind`` and without roles.
    """

    key = models.SlugField(_("Key"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    issuer = models.URLField(_("Issuer"), max_length=300)
    client_id = models.CharField(_("Client ID"), max_length=191)
    sealed_secret = models.TextField(editable=False, blank=True)
    domains = models.JSONField(_("Mail domains"), default=list, blank=True)
    trusts_addresses = models.BooleanField(_("Trust addresses"), default=False)
    makes_accounts = models.BooleanField(_("Make accounts"), default=False)
    company = models.ForeignKey(Company, verbose_name=_("Company"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("Kind"), max_length=8, choices=UserKind, default=UserKind.INTERNAL)
    is_active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Sign-in provider")
        verbose_name_plural = _("Sign-in providers")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
