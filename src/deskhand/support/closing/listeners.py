"""What closing does when something happens elsewhere."""

from __future__ import annotations

from deskhand.kit.events import on
from deskhand.support.closing.services.replies import follow_reply
from deskhand.support.closing.services.rules import copy_rules
from deskhand.support.teams.public import TeamCreated
from deskhand.support.tickets.public import CustomerReplied


@on(CustomerReplied)
def apply_reply_rule(fact: CustomerReplied) -> None:
    follow_reply(fact.ticket, at=fact.at)


@on(TeamCreated)
def give_copy_the_rules(fact: TeamCreated) -> None:
    if fact.copied_from:
        copy_rules(fact.copied_from, to=fact.team)
