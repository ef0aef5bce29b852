"""What people keep of a list: searches by a name, and the columns that they want to see."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.kit.screens.querysets import FavoriteQuerySet


class Favorite(models.Model):
    """A search that somebody gave a name: filters, groups, order, columns and view, as they stand in an address.

    ``screen`` is the name of the list's route. What it shows is asked anew by each reader, so it never shows more than
    the reader may see. ``is_shared``: colleagues find it too. ``is_default``: the list opens with it, where its address
    says nothing; an own default goes before a shared one.
    """

    screen = models.CharField(max_length=100)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=100)
    query = models.TextField()
    is_shared = models.BooleanField(_("Shared"), default=False)
    is_default = models.BooleanField(_("Default filter"), default=False)

    objects = FavoriteQuerySet.as_manager()

    class Meta:
        verbose_name = _("Favorite")
        verbose_name_plural = _("Favorites")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["screen", "owner", "name"], name="favorite_name_once")]

    def __str__(self) -> str:
        return self.name


class ColumnChoice(models.Model):
    """The columns of a list that a person chose to see; who never chose sees the screen's own."""

    screen = models.CharField(max_length=100)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    columns = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["screen", "owner"], name="column_choice_once")]

    def __str__(self) -> str:
        return self.screen
