"""What the intake does when something happens: new teams get an address, stages write to customers."""

from __future__ import annotations

from deskhand.kit.events import on
from deskhand.support.intake.services.aliases import create_alias
from deskhand.support.intake.services.stage_mails import send_stage_mail
from deskhand.support.teams.public import TeamCreated
from deskhand.support.tickets.public import Channel, StageEntered


@on(TeamCreated)
def give_address(fact: TeamCreated) -> None:
    create_alias(fact.team)


@on(StageEntered)
def write_to_customer(fact: StageEntered) -> None:
    if fact.left is None and fact.ticket.channel == Channel.FILE:
        return  # a case of another desk, whose customer has not written to us just now (RULES, Closing)
    send_stage_mail(fact.ticket, fact.stage, at=fact.at)
