"""What ``deskhand demo`` does: look whether it may, found the company, let its tickets happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import Company
from deskhand.config.demo.daily_work import add_daily_work
from deskhand.config.demo.founding import cast_of, found_company
from deskhand.config.demo.load import add_load
from deskhand.config.demo.playing import Player, as_past
from deskhand.config.demo.plots import plots
from deskhand.config.demo.sister import found_sister
from deskhand.config.demo.sources import Sources, read_sources
from deskhand.kit.errors import DomainError
from deskhand.support.tickets.public import Ticket

#: Tickets of the demo that people look at.
TICKETS = 400
SEED = 1048


class OtherDataThere(DomainError):
    code = "other_data_there"
    message = (
        "This database has data that is not the demo's. Its users would share it with colleagues who sign in with a "
        "password that everybody knows. Use another database (DATABASE_URL or DESKHAND_HOME), or --force if you want "
        "just that."
    )


@dataclass(frozen=True)
class Filled:
    """What was done. ``added`` 0: everything was there already."""

    company: Company
    added: int
    total: int


def is_empty() -> bool:
    """Whether nobody has begun to work with this database."""
    return not Company.objects.exists() and not User.objects.exists()


def is_demo_there() -> bool:
    """Whether the demo's people can sign in here."""
    return _company(read_sources()) is not None


def fill(*, at: datetime, count: int = TICKETS, force: bool = False) -> Filled:
    """Make the company and its tickets in one transaction, all or nothing; nothing if the company is there.

    :raises OtherDataThere: there is other data, and nobody said ``force``.
    """
    sources = read_sources()
    company = _company(sources)
    if company is not None:
        return Filled(company, 0, _tickets_of(company))
    _refuse_other_data(force=force)
    with as_past():
        cast = found_company(sources, at=at)
        player = Player(sources, cast, seed=SEED)
        for plot in plots(sources, at=at, count=count, seed=SEED):
            player.play(plot)
        add_daily_work(cast, at=at)
        found_sister(cast, sources, at=at, seed=SEED)
    return Filled(cast.company, count, _tickets_of(cast.company))


def fill_with_load(count: int, *, at: datetime, force: bool = False) -> Filled:
    """Bring the company to ``count`` tickets, without playing them. Batch by batch: cut short, it goes on next time.

    :raises OtherDataThere: there is other data, and nobody said ``force``.
    """
    sources = read_sources()
    company = _company(sources)
    if company is None:
        _refuse_other_data(force=force)
        cast = found_company(sources, at=at)
    else:
        cast = cast_of(company, sources)
    there = _tickets_of(cast.company)
    add_load(cast, sources, first=there, last=count, at=at, seed=SEED)
    total = max(there, count)
    return Filled(cast.company, total - there, total)


def _company(sources: Sources) -> Company | None:
    return Company.objects.filter(name=sources.company["name"]).first()


def _tickets_of(company: Company) -> int:
    return Ticket.objects.filter(company=company).count()


def _refuse_other_data(*, force: bool) -> None:
    if not force and not is_empty():
        raise OtherDataThere
