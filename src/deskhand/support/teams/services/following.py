"""Who follows all tickets of a team (TEAM-5)."""

from __future__ import annotations

from collections.abc import Collection

from deskhand.base.accounts.public import portal_contacts
from deskhand.base.chatter.public import Follower, FollowersRemoved, add_followers, followers_of, remove_follower
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction
from deskhand.support.teams.models import Team


@in_transaction
def set_followers(team: Team, contact_ids: Collection[int]) -> None:
    """Let exactly these contacts follow the team: who is invited to all of its tickets and told of each update."""
    before = followers_of(team)
    for contact_id in before:
        if contact_id not in contact_ids:
            remove_follower(team, contact_id)
    new = [pk for pk in contact_ids if pk not in before]
    if new:
        add_followers(team, new)


@in_transaction
def remove_portal_followers(team: Team) -> None:
    """Take away the portal users among a team's followers; contacts without an account stay (TEAM-4, TEAM-5)."""
    Follower.objects.of(team).filter(contact__in=portal_contacts()).delete()
    publish(FollowersRemoved(team))


@in_transaction
def forget_followers(team_id: int) -> None:
    """Nobody follows a team that is deleted."""
    Follower.objects.of(Team(pk=team_id)).delete()
