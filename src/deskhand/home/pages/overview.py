"""The overview of the Helpdesk: a card a team, one's own tickets, and what one has closed (TEAM-8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import reselect, reswap, retarget

from deskhand.base.accounts.public import User
from deskhand.home.models import DailyTarget
from deskhand.home.pages.access import for_helpdesk
from deskhand.home.queries import MyFigures, MyScore, TeamCard, Waiting, my_figures, my_scores, team_cards
from deskhand.home.services import set_daily_target
from deskhand.kit.screens.shapes import Pager
from deskhand.kit.ui.shapes import MenuItem, Tone
from deskhand.support.teams.public import TEAMS, Team, Visibility, can_configure
from deskhand.support.tickets.public import MY_COUNTS, TEAM_COUNTS, TICKET_SCORES, Score, TicketScore

#: How many cards stand on a page.
_CARDS = 60
_TONES: dict[Tone, str] = {"soon": "warnc", "bad": "badc"}


@dataclass(frozen=True)
class Tile:
    """A number, what it counts, and the list behind it. ``tone``: somebody is needed; only said of what is not 0."""

    label: str
    shown: str
    url: str
    note: str = ""
    icon: str = ""
    css: str = ""

    @classmethod
    def of(cls, count: int, label: str, url: str, *, note: str = "", icon: str = "", tone: Tone = "") -> Tile:
        if not count:
            return cls(label, number_format(0), url, css="zero")
        return cls(label, number_format(count), url, note, icon, _TONES.get(tone, ""))


@dataclass(frozen=True)
class ScoreOfTeam:
    """A score at the foot of a card: a bar and a text that leads to the tickets behind it, or that there is none."""

    text: str
    url: str = ""
    percent: int | None = None

    @property
    def rest(self) -> int:
        return 100 - (self.percent or 0)


@dataclass(frozen=True)
class DrawnCard:
    """A card as the page draws it."""

    team: Team
    address: str
    tiles: Sequence[Tile]
    scores: Sequence[ScoreOfTeam]
    menu: Sequence[MenuItem]

    @property
    def is_private(self) -> bool:
        return self.team.visibility == Visibility.PRIVATE


@dataclass(frozen=True)
class Performance:
    """One's own closed tickets beside the target, and other figures."""

    closed: int
    target: int | None
    closed_url: str
    tiles: Sequence[Tile] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Of the target; not more than all of it."""
        return min(self.closed, self.target or 0)

    @property
    def left(self) -> int:
        return max(0, (self.target or 0) - self.closed)


class DailyTargetForm(forms.Form):
    """How many tickets one wants to close in a day; empty: no target."""

    closed = forms.IntegerField(
        label=gettext_lazy("Daily target"),
        min_value=1,
        max_value=DailyTarget.MOST,
        required=False,
        error_messages={
            "invalid": gettext_lazy("Enter a whole number of tickets."),
            "min_value": gettext_lazy("Enter 1 or more, or nothing for no target."),
            "max_value": gettext_lazy("Enter 999 or less."),
        },
    )


@require_safe
@for_helpdesk
def overview(request: HttpRequest) -> HttpResponse:
    """A card a team and my own tickets (TEAM-8). A fixed number of queries, whatever the number of teams."""
    user, teams = cast(User, request.user), TEAMS.on_overview(request)
    pager, shown = _paged(request, teams)
    cards, figures = team_cards(user, shown), my_figures(user)
    context = {
        "app_key": "helpdesk",
        "box": TEAMS.overview_box(request),
        "pager": pager,
        "cards": [_drawn(card, user) for card in cards],
        "mine": list(_my_tickets(figures)),
        "performance": _performance(figures, my_scores(user)),
        "may_configure": can_configure(user),
        "live": " ".join(f"helpdesk.{company}" for company in sorted(user.company_ids)),
        "is_narrowed": bool(request.GET),
    }
    return render(request, "home/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpdesk
def daily_target(request: HttpRequest) -> HttpResponse:
    """One's own target, edited where it stands; without script on a page of its own."""
    user = cast(User, request.user)
    before = DailyTarget.objects.filter(user=user).values_list("closed", flat=True).first()
    form = DailyTargetForm(request.POST if request.method == "POST" else None, initial={"closed": before})
    if form.is_bound and form.is_valid():
        set_daily_target(user, form.cleaned_data["closed"])
        return redirect("home:overview")
    status, context = 422 if form.is_bound else 200, {"form": form, "app_key": "helpdesk"}
    if not request.headers.get("HX-Request"):
        return render(request, "home/daily_target_page.html", context, status=status)
    response = render(request, "home/daily_target.html", context, status=status)
    return reselect(reswap(retarget(response, "#daily-target"), "outerHTML"), "unset")


def _paged(request: HttpRequest, teams: QuerySet[Team]) -> tuple[Pager, QuerySet[Team]]:
    """One query."""
    total, typed = teams.count(), request.GET.get("page", "")
    pages = max(1, -(-total // _CARDS))
    page = min(pages, max(1, int(typed))) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 1
    last = min(page * _CARDS, total)
    pager = Pager(
        first=min((page - 1) * _CARDS + 1, total),
        last=last,
        total=total,
        previous_url=_at_page(request, page - 1) if page > 1 else "",
        next_url=_at_page(request, page + 1) if page < pages else "",
    )
    return pager, teams[(page - 1) * _CARDS : last]


def _at_page(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{request.path}?{query.urlencode()}"


def _drawn(card: TeamCard, user: User) -> DrawnCard:
    team, within = card.team, f"in=team.{card.team.pk}"
    tiles = [Tile.of(card.open, _("Open"), _listed(within, "filter=open"))]
    for known in TEAM_COUNTS:
        url = _listed(within, "filter=open", f"filter={known.filter.key}")
        count = card.counts.get(known.filter.key, 0)
        tiles.append(Tile.of(count, str(known.filter.label), url, icon=known.icon, tone=known.tone))
    tiles.append(Tile.of(card.closed, _("Closed, 7 days"), _listed(within, "filter=closed-week")))
    scores = [_score_of(card.scores.get(known.key), known, within) for known in TICKET_SCORES]
    return DrawnCard(team, card.address, tiles, scores, list(_menu(team, user)))


def _menu(team: Team, user: User) -> Iterator[MenuItem]:
    within = f"in=team.{team.pk}"
    yield MenuItem(_("New ticket"), f"{reverse('tickets:new')}?team={team.pk}", icon="plus")
    yield MenuItem(_("Kanban"), reverse("tickets:board", args=[team.pk]), icon="layout-kanban")
    yield MenuItem(_("List"), _listed(within, "filter=open"), icon="list")
    yield MenuItem(_("My Tickets"), _listed(within, "filter=mine", "filter=open"), icon="user")
    if can_configure(user):
        yield MenuItem(_("Settings"), reverse("teams:team", args=[team.pk]), icon="settings")


def _score_of(score: Score | None, known: TicketScore, within: str) -> ScoreOfTeam:
    if score is None:
        return ScoreOfTeam(str(known.team_empty))
    percent = None if score.share is None else round(100 * score.share)
    return ScoreOfTeam(f"{score.shown} {known.team_label}", _listed(within, known.query), percent)


def _my_tickets(figures: MyFigures) -> Iterator[Tile]:
    opened = figures.waiting["open"]
    yield Tile.of(opened.count, _("Open"), _listed("filter=mine", "filter=open"), note=_age(opened))
    for known in MY_COUNTS:
        waiting = figures.waiting[known.filter.key]
        url = _listed("filter=mine", "filter=open", f"filter={known.filter.key}")
        label, note = str(known.filter.label), _age(waiting)
        yield Tile.of(waiting.count, label, url, note=note, icon=known.icon, tone=known.tone)


def _age(waiting: Waiting) -> str:
    """How long they have been open on average, in hours, in days from two days on."""
    if waiting.age is None:
        return ""
    hours = round(waiting.age.total_seconds() / 3600)
    if hours < 48:
        return _("avg %(hours)s h open") % {"hours": number_format(hours)}
    return _("avg %(days)s days open") % {"days": number_format(round(hours / 24))}


def _performance(figures: MyFigures, scores: dict[str, MyScore]) -> Performance:
    per_day = number_format(figures.closed_per_day, decimal_pos=1)
    week = _listed("filter=mine", "filter=closed-week")
    tiles = [Tile(_("Closed per day"), per_day, week, _("7-day average"), css="" if figures.closed_in_days else "zero")]
    tiles += [_my_score(scores[known.key], known) for known in TICKET_SCORES]
    today = _listed("filter=mine", "filter=closed-today")
    return Performance(figures.closed_today, figures.target, today, tiles)


def _my_score(score: MyScore, known: TicketScore) -> Tile:
    note = _("7-day average %(score)s") % {"score": score.in_days.shown if score.in_days else "–"}
    url = _listed("filter=mine", known.query)
    return Tile(
        str(known.label), score.today.shown if score.today else "–", url, note, css="" if score.today else "zero"
    )


def _listed(*query: str) -> str:
    """The list of tickets that is asked for this."""
    return f"{reverse('tickets:list')}?{'&'.join(query)}"
