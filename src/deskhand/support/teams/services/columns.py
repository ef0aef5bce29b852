"""Columns that a user folds away on their own board; closes nothing (CLOSE-1)."""

from __future__ import annotations

from deskhand.base.accounts.public import User
from deskhand.kit.transactions import in_transaction
from deskhand.support.teams.models import FoldedColumn, Stage, Team


@in_transaction
def fold_column(*, user: User, team: Team, stage: Stage) -> None:
    """Fold a column for one user (**Fold**). Folded already: nothing happens."""
    FoldedColumn.objects.get_or_create(user=user, team=team, stage=stage)


@in_transaction
def unfold_column(*, user: User, team: Team, stage: Stage) -> None:
    FoldedColumn.objects.filter(user=user, team=team, stage=stage).delete()
