"""``deskhand demo``: what is in it, and what it leaves alone."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.urls import reverse

from deskhand.base.accounts.public import User, UserKind
from deskhand.base.accounts.testing import make_agent
from deskhand.base.chatter.public import Message, MessageKind
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.public import IncomingMail, Outcome, OutgoingMail
from deskhand.base.workforce.public import TimeOff, WorkingCalendar
from deskhand.config import exits
from deskhand.config.cli import main
from deskhand.config.demo.files import make_file
from deskhand.config.demo.filling import TICKETS, OtherDataThere, fill, fill_with_load
from deskhand.config.demo.founding import PASSWORD
from deskhand.config.demo.moments import HISTORY
from deskhand.config.demo.plots import IsSorted, Plot, plots
from deskhand.config.demo.sources import read_sources
from deskhand.config.demo.wording import make_slots, worded
from deskhand.kit.screens.models import Favorite
from deskhand.kit.screens.registry import screen_of
from deskhand.kit.work.models import WorkState
from deskhand.support.teams.public import Team
from deskhand.support.tickets.public import StageStay, Ticket

AT = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)


def test_the_same_seed_tells_the_same_stories():
    sources = read_sources()

    assert list(plots(sources, at=AT, count=60, seed=7)) == list(plots(sources, at=AT, count=60, seed=7))


def test_plots_are_told_in_order_and_only_up_to_now():
    told = list(plots(read_sources(), at=AT, count=200, seed=7))

    assert [plot.steps[0].at for plot in told] == sorted(plot.steps[0].at for plot in told)
    for plot in told:
        moments = [step.at for step in plot.steps]
        assert moments == sorted(moments)
        assert moments[-1] < AT


def test_there_is_work_of_today_at_whatever_moment_the_demo_is_made():
    for hours in range(0, 24 * 7, 5):
        moment = AT + timedelta(hours=hours)
        told = plots(read_sources(), at=moment, count=100, seed=7)

        fresh = [plot for plot in told if plot.steps[-1].at > moment - timedelta(days=1)]

        assert len(fresh) >= 5


def test_something_urgent_is_on_the_board_of_the_first_team_at_whatever_moment_the_demo_is_made():
    for hours in range(0, 24 * 7, 5):
        moment = AT + timedelta(hours=hours)
        told = [plot for plot in plots(read_sources(), at=moment, count=400, seed=7) if plot.story.team == "care"]

        urgent = [plot for plot in told if moment - plot.steps[0].at < timedelta(hours=40) and _stars(plot) == 3]

        assert 2 <= len(urgent) <= 4
        assert not any(getattr(step, "stage", "") in {"Solved", "Cancelled"} for plot in urgent for step in plot.steps)


def _stars(plot: Plot) -> int:
    return max((step.priority for step in plot.steps if isinstance(step, IsSorted)), default=0)


def test_no_story_is_told_again_before_all_were_told():
    sources = read_sources()

    told = Counter(plot.story.key for plot in plots(sources, at=AT, count=len(sources.stories), seed=7))

    assert set(told.values()) == {1}


def test_every_story_finds_its_words_tags_people_and_files():
    sources = read_sources()
    for story in sources.stories:
        slots = make_slots(sources.products.get(story.product, ()), "Oslo", Random(1))
        texts = [story.title, story.opening, *story.turns, *story.notes]
        assert all(worded(text, slots, Random(1)) for text in texts), story.key
        assert story.product or not any("{model}" in text for text in texts), story.key
        assert set(story.tags) <= set(sources.tags), story.key
        assert story.language in sources.languages, story.key
        assert any(customer.language == story.language for customer in sources.customers), story.key


def test_the_company_has_three_teams_twelve_users_and_sixty_customers():
    sources = read_sources()

    assert (len(sources.colleagues), len(sources.customers), len(sources.portal_users)) == (12, 60, 2)
    assert len({customer.country for customer in sources.customers}) > 15
    letters = "".join(customer.name for customer in sources.customers)
    scripts = {unicodedata.name(letter).split()[0] for letter in letters if letter.isalpha()}
    assert {"LATIN", "CYRILLIC", "ARABIC"} <= scripts


def test_four_hundred_tickets_are_told_over_six_months_and_most_are_talked_about():
    told = list(plots(read_sources(), at=AT, count=TICKETS, seed=7))

    first, last = told[0].steps[0].at, told[-1].steps[0].at
    assert len(told) == TICKETS == 400
    assert timedelta(days=170) < last - first <= HISTORY == timedelta(days=182)
    assert sum(len(plot.steps) > 1 for plot in told) > 300


def test_a_choice_is_made_and_leaves_no_gap():
    assert worded("Leaks[ badly|] since [Sunday|Sunday].", {}, Random(3)) in {
        "Leaks since Sunday.",
        "Leaks badly since Sunday.",
    }


def test_pictures_and_documents_are_what_they_say():
    assert make_file("photo", Random(1)).data.startswith(b"\x89PNG")
    assert make_file("data sheet", Random(1)).data.startswith(b"%PDF")


@pytest.mark.django_db
def test_the_demo_is_a_company_at_work_and_nobody_is_sent_a_mail(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as wake_up_calls:
        filled = fill(at=AT, count=30)

    assert wake_up_calls == []
    assert filled.added == Ticket.objects.filter(company=filled.company).count() == 30
    assert list(Team.objects.filter(company=filled.company).values_list("name", "visibility")) == [
        ("Customer Care", "public"),
        ("Ersatzteile und Garantieabwicklung", "company"),
        ("Financial Services", "private"),
    ]
    assert "Waiting for parts" in Team.objects.get(position=20).stages.values_list("name", flat=True)
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {WorkState.DONE}
    assert not OutgoingMail.objects.exclude(html="", text="").exists()
    assert set(IncomingMail.objects.values_list("outcome", flat=True)) == {Outcome.CREATED, Outcome.JOINED}
    assert Message.objects.filter(created_at__gt=AT).count() == 0
    assert Message.objects.filter(kind=MessageKind.NOTE).exists()
    assert Message.objects.exclude(quote_html="").exists()


@pytest.mark.django_db
def test_searches_are_kept_shared_and_opened_with_and_each_of_them_finds_something(client):
    fill(at=AT, count=60)
    administrator, agent = User.objects.filter(kind=UserKind.INTERNAL).order_by("pk")[:2]

    kept = {favorite.name: favorite for favorite in Favorite.objects.all()}

    client.force_login(administrator)
    for favorite in kept.values():
        answer = client.get(f"{reverse(favorite.screen)}?{favorite.query}")
        assert answer.context["listing"].pager.total or not favorite.is_shared, favorite.name
        assert (
            favorite.query
            == screen_of(favorite.screen).read_state(answer.wsgi_request, QueryDict(favorite.query)).query
        )
    assert {favorite.owner for favorite in kept.values()} == {administrator, agent}
    assert kept["My open tickets"].is_default


@pytest.mark.django_db
def test_what_the_demo_tells_of_closing_is_true():
    fill(at=AT, count=30)

    for ticket in Ticket.objects.select_related("stage"):
        present = StageStay.objects.get(ticket=ticket, left_at=None)
        assert present.stage == ticket.stage
        assert ticket.is_closed == ticket.stage.is_folded
        assert ticket.closed_at in {None, present.entered_at}


@pytest.mark.django_db
def test_everybody_signs_in_with_the_password_that_is_printed(client, capsys):
    fill(at=AT, count=1)

    for user in User.objects.filter(invitation=None):
        assert client.login(email=user.email, password=PASSWORD)
    here = User.objects.filter(kind=UserKind.PORTAL, company__name="Nordlys Home AS", invitation=None)
    assert here.count() == 2


@pytest.mark.django_db
def test_there_are_people_on_their_way_in_and_firms_with_tags_and_further_addresses():
    fill(at=AT, count=1)

    expiries = User.objects.exclude(invitation=None).values_list("invitation__expires_at", flat=True)
    assert {expires_at > AT for expires_at in expiries} == {True, False}
    assert Contact.objects.exclude(tags=None).exclude(addresses=None).exists()
    invited = Contact.objects.get(user__invitation__isnull=False, user__kind=UserKind.PORTAL)
    assert invited.user.last_login is None  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_somebody_who_called_is_there_twice_for_the_page_of_duplicates(client):
    fill(at=AT, count=1)
    client.force_login(User.objects.get(email="amara@nordlys.example"))

    groups = client.get("/contacts/duplicates/").context["groups"]

    assert [[contact.name for contact in group.contacts] for group in groups] == [
        ["Annegret Schmidt-Wüstenhöfer", "Frau Schmidt-Wüstenhöfer"]
    ]


@pytest.mark.django_db
def test_there_is_a_sister_company_in_another_country_with_people_of_both(client):
    home = fill(at=AT, count=20).company
    sister = Company.objects.exclude(pk=home.pk).get()

    assert (sister.name, sister.time_zone) == ("Nordlys Service GmbH", "Europe/Berlin")
    staff = User.objects.filter(kind=UserKind.INTERNAL, companies=sister)
    both = set(staff.filter(companies=home).values_list("email", flat=True))
    assert both == {"amara@nordlys.example", "katharina@nordlys.example"}
    assert set(staff.values_list("email", flat=True)) - both == {
        "lena@nordlys-service.example",
        "mehmet@nordlys-service.example",
    }
    assert Ticket.objects.filter(company=sister).count() == 16
    calendars = WorkingCalendar.objects.filter(company=sister)
    assert {(one.country, one.subdivision) for one in calendars} == {("DE", "HH")}
    lena, jonas = User.objects.get(email__startswith="lena@"), User.objects.get(email__startswith="jonas@")
    assert {ticket.company_id for ticket in Ticket.objects.visible_to(lena)} == {sister.pk}
    assert {ticket.company_id for ticket in Ticket.objects.visible_to(jonas)} == {home.pk}
    assert TimeOff.objects.filter(employee__company=sister).count() == 3


@pytest.mark.django_db
def test_load_has_no_sister():
    fill_with_load(5, at=AT)

    assert Company.objects.count() == 1


@pytest.mark.django_db
def test_running_it_again_changes_nothing_and_says_so(capsys):
    fill(at=AT, count=3)

    call_command("demo")

    assert "Nordlys Home AS is there already, with 3 tickets. Nothing was changed." in capsys.readouterr().out
    home = Company.objects.get(name="Nordlys Home AS")
    assert (Ticket.objects.filter(company=home).count(), Company.objects.count()) == (3, 2)


@pytest.mark.django_db
def test_it_does_not_go_into_a_database_with_other_data_unasked():
    make_agent()

    with pytest.raises(OtherDataThere):
        fill(at=AT, count=1)

    with pytest.raises(OtherDataThere, match="--force"):
        call_command("demo", "--scale", "5")
    assert (Ticket.objects.count(), Company.objects.count(), User.objects.count()) == (0, 1, 1)


@pytest.mark.django_db
def test_with_force_it_is_one_more_company():
    agent = make_agent()

    fill(at=AT, count=2, force=True)

    assert Company.objects.count() == 3
    assert not Ticket.objects.visible_to(agent).exists()


@pytest.mark.django_db
def test_if_empty_leaves_alone_what_somebody_began(capsys):
    make_agent()

    call_command("demo", "--if-empty")

    assert not Ticket.objects.exists()
    assert PASSWORD not in capsys.readouterr().out, "nobody of the demo can sign in here"


@pytest.mark.django_db
def test_if_empty_says_once_more_who_signs_in_to_the_demo(capsys, settings):
    settings.SMTP_URL, settings.EMAIL_FILE_PATH = "", "/data/sent-mails"
    fill(at=AT, count=2)

    call_command("demo", "--if-empty")

    said = capsys.readouterr().out
    assert PASSWORD in said
    assert "what would be sent lies in /data/sent-mails." in said


@pytest.mark.django_db
def test_load_is_made_of_tickets_with_five_messages_and_can_be_added_to():
    fill_with_load(40, at=AT)
    fill_with_load(60, at=AT)

    assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, 61))
    for ticket in Ticket.objects.all()[:5]:
        assert Message.objects.of(ticket).public().count() == 5
        assert StageStay.objects.get(ticket=ticket, left_at=None).stage_id == ticket.stage_id
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {WorkState.DONE}


@pytest.mark.django_db
def test_load_is_the_same_each_time():
    fill_with_load(30, at=AT)
    first = list(Ticket.objects.order_by("number").values_list("title", "customer_name", "created_at", "stage__name"))
    Ticket.objects.all().delete()

    fill_with_load(30, at=AT)

    again = Ticket.objects.order_by("number").values_list("title", "customer_name", "created_at", "stage__name")
    assert list(again) == first


@pytest.mark.django_db
def test_the_load_fills_three_columns_of_the_first_team():
    fill_with_load(400, at=AT)

    cards = Counter(Ticket.objects.open().filter(team__name="Customer Care").values_list("stage__name", flat=True))

    assert cards == {"New": 40, "In Progress": 40, "On Hold": 40}


@pytest.mark.parametrize("words", ["0", "many", "-3"])
def test_a_scale_that_is_no_number_of_tickets_is_refused(words, capsys):
    assert main(["demo", "--scale", words]) == exits.USAGE

    assert "use 1 to 1000000" in capsys.readouterr().err
