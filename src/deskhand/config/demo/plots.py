"""Who says what when: stories become plots, steps at moments in the past. Nothing here touches the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from deskhand.config.demo.moments import arrivals, at_work, awake
from deskhand.config.demo.sources import Customer, Language, Sources, Story
from deskhand.config.demo.wording import make_slots, worded

NEW, IN_PROGRESS, ON_HOLD, SOLVED, CANCELLED = "New", "In Progress", "On Hold", "Solved", "Cancelled"
WAITING_FOR_PARTS = "Waiting for parts"
#: What is this young goes on at any hour, so that there is life on the board on a Sunday night too.
_FRESH = timedelta(hours=40)
_URGENT = 3
#: Places, from the newest ticket on, of those urgent ones of the first team that somebody is at right now.
_URGENT_PLACES = (8, 20)


@dataclass(frozen=True)
class Step:
    """Something happens. ``by``: the address of the colleague who does it, empty for the customer."""

    at: datetime
    by: str = ""


@dataclass(frozen=True)
class Comes(Step):
    """The ticket comes in: by mail, or (``by`` is set) by phone. ``ending``: the signature of a letter."""

    title: str = ""
    text: str = ""
    ending: str = ""
    files: tuple[str, ...] = ()
    in_copy: str = ""


@dataclass(frozen=True)
class IsSorted(Step):
    """A colleague says what it is about and how urgent."""

    tags: tuple[str, ...] = ()
    priority: int = 0


@dataclass(frozen=True)
class IsTaken(Step):
    """``by`` gives it to ``who``."""

    who: str = ""


@dataclass(frozen=True)
class DeskWrites(Step):
    text: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class CustomerWrites(Step):
    """By mail, or on the customer page."""

    text: str = ""
    ending: str = ""
    files: tuple[str, ...] = ()
    on_page: bool = False


@dataclass(frozen=True)
class IsNoted(Step):
    text: str = ""


@dataclass(frozen=True)
class Moves(Step):
    stage: str = ""


@dataclass(frozen=True)
class IsMarked(Step):
    """Its card state changes."""

    state: str = ""


@dataclass(frozen=True)
class Plot:
    """A ticket from its first step to its last; the first one is :class:`Comes`."""

    story: Story
    customer: Customer
    steps: tuple[Step, ...] = field(default=())


def plots(sources: Sources, *, at: datetime, count: int, seed: int) -> Iterator[Plot]:
    """``count`` tickets in the order of their coming, told up to the moment ``at``."""
    random = Random(seed)  # noqa: S311 - the same demo everywhere
    stories = _with_urgent_ones_late(list(islice(_deck(sources.stories, random), count)))
    for moment, story in zip(arrivals(at, count, random), stories, strict=True):
        speakers = [customer for customer in sources.customers if customer.language == story.language]
        yield _Telling(sources, story, random.choice(speakers), random, at).plot(moment)


def _deck(stories: Sequence[Story], random: Random) -> Iterator[Story]:
    """All stories in random order, again and again: none is told twice before all were told once."""
    while True:
        yield from random.sample(stories, len(stories))


def _with_urgent_ones_late(stories: list[Story]) -> list[Story]:
    """The same stories, the last urgent ones of the first team brought to the days that a visitor sees on the board."""
    urgent = [place for place, story in enumerate(stories) if story.team == "care" and story.priority == _URGENT]
    for place, from_end in zip(reversed(urgent), _URGENT_PLACES, strict=False):
        if from_end <= len(stories):
            stories[place], stories[-from_end] = stories[-from_end], stories[place]
    return stories


class _Telling:
    """One story on its way to becoming a plot. ``_now`` is the moment that has been told up to."""

    def __init__(self, sources: Sources, story: Story, customer: Customer, random: Random, end: datetime) -> None:
        self._sources = sources
        self._story = story
        self._customer = customer
        self._language: Language = sources.languages[story.language]
        self._random = random
        self._end = end
        self._steps: list[Step] = []
        self._slots = make_slots(sources.products.get(story.product, ()), customer.city, random)

    def plot(self, begin: datetime) -> Plot:
        """What the story plans, as far as it has happened by now."""
        self._now = begin
        self._is_fresh = self._end - begin < _FRESH
        self._is_pressing = self._is_fresh and self._story.priority == _URGENT
        members = [one for one in self._sources.colleagues if self._story.team in one.teams]
        self._team = sorted(members, key=lambda one: one.teams[0] != self._story.team)
        self._agent = self._random.choice(self._team)
        self._come()
        outcome = self._outcome(self._end - begin)
        if outcome != "untouched":
            self._sort()
        if outcome not in {"untouched", NEW}:
            self._work(outcome)
        happened = tuple(step for step in self._steps if step.at < self._end)
        return Plot(self._story, self._customer, happened)

    # ---- how it goes ------------------------------------------------------------------------------------------------

    def _outcome(self, age: timedelta) -> str:
        """Most old tickets are solved, most young ones are not; what is urgent is being worked on."""
        chances: dict[str, float]
        if self._is_pressing:
            chances = {NEW: 1, IN_PROGRESS: 3}
        elif age < timedelta(hours=20):
            chances = {"untouched": 3, NEW: 5, IN_PROGRESS: 5, SOLVED: 1}
        elif age < timedelta(days=4):
            chances = {"untouched": 1, NEW: 4, IN_PROGRESS: 5, ON_HOLD: 3, SOLVED: 4}
        elif age < timedelta(days=21):
            chances = {IN_PROGRESS: 3, ON_HOLD: 3, SOLVED: 13, CANCELLED: 1}
        else:
            chances = {IN_PROGRESS: 0.5, ON_HOLD: 1, SOLVED: 50, CANCELLED: 1.5}
        outcome = self._random.choices(list(chances), list(chances.values()))[0]
        return CANCELLED if outcome == SOLVED and self._story.ends == "cancelled" else outcome

    def _come(self) -> None:
        by_phone = self._chance(0.18)
        text = self._worded(self._story.opening)
        self._steps.append(
            Comes(
                self._now,
                self._agent.email if by_phone else "",
                title=self._worded(self._story.title),
                text=text if by_phone else f"{self._random.choice(self._language.hello)}\n\n{text}",
                ending="" if by_phone else self._ending(),
                files=() if by_phone else self._story.files,
                in_copy=self._colleague_of_customer() if not by_phone and self._chance(0.15) else "",
            )
        )

    def _sort(self) -> None:
        self._wait(minutes=(2, 50))
        highest = self._story.priority
        is_seen = self._is_pressing or (highest > 1 and self._chance(0.6))
        priority = highest if is_seen else self._random.choice((0, 0, 0, 0, 1))
        lead = self._team[0].email
        self._add(IsSorted, by=lead, tags=self._story.tags, priority=priority)
        if self._chance(0.7):
            self._wait(minutes=(0, 3))
            self._add(IsTaken, by=lead, who=self._agent.email)

    def _work(self, outcome: str) -> None:
        """The conversation, as far as the outcome lets it go, and where the ticket stands then."""
        self._wait(minutes=(5, 200))
        self._add(IsTaken, by=self._agent.email, who=self._agent.email)
        self._add(Moves, by=self._agent.email, stage=IN_PROGRESS)
        turns = self._story.turns
        last = len(turns) if outcome in {SOLVED, CANCELLED} else self._random.randint(1, max(1, len(turns) - 1))
        for index, text in enumerate(turns[:last]):
            self._turn(index, text, is_last=index + 1 == last)
        if outcome == ON_HOLD:
            self._wait(minutes=(1, 20))
            self._add(Moves, by=self._agent.email, stage=self._holding_stage())
        if outcome in {SOLVED, CANCELLED}:
            self._finish(outcome)
        elif self._chance(0.5):
            self._wait(minutes=(1, 10))
            self._add(IsMarked, by=self._agent.email, state=self._random.choice(("ready", "blocked")))

    def _turn(self, index: int, text: str, *, is_last: bool) -> None:
        if index % 2:
            self._hear(text, files=self._story.reply_files if index == 1 else ())
            return
        if index == 2 and self._chance(0.7):
            self._remark()
        self._answer(text, files=self._story.agent_files if index == 0 else ())
        if not is_last and self._chance(0.18):
            self._wait(minutes=(1, 10))
            self._add(Moves, by=self._agent.email, stage=self._holding_stage())

    def _finish(self, outcome: str) -> None:
        self._wait(minutes=(10, 300))
        self._add(Moves, by=self._agent.email, stage=outcome)
        if outcome == SOLVED and self._chance(0.05):
            self._come_back()

    def _come_back(self) -> None:
        """It was not solved after all. The desk's rule for answers to closed tickets opens it again."""
        self._wait(hours=(30, 200))
        self._hear(self._language.again)
        self._answer(self._language.sorry)
        self._wait(hours=(150, 200))
        self._hear(self._language.settled)
        self._wait(minutes=(10, 90))
        self._add(Moves, by=self._agent.email, stage=SOLVED)

    # ---- who says what ----------------------------------------------------------------------------------------------

    def _hear(self, text: str, files: tuple[str, ...] = ()) -> None:
        self._wait(hours=(0, 3) if self._is_fresh else (1, 40), by_customer=True)
        on_page = self._chance(0.25)
        ending = "" if on_page else self._ending()
        self._add(CustomerWrites, text=self._worded(text), ending=ending, files=files, on_page=on_page)
        self._wait(minutes=(5, 90))
        self._add(Moves, by=self._agent.email, stage=IN_PROGRESS)

    def _answer(self, text: str, files: tuple[str, ...] = ()) -> None:
        self._wait(minutes=(10, 120) if self._is_fresh else (20, 400))
        greeting = self._random.choice(self._language.dear).format(name=self._customer.call or self._customer.name)
        body = (
            f"{greeting}\n\n{self._worded(text)}\n\n{self._random.choice(self._language.regards)}\n{self._agent.name}"
        )
        self._add(DeskWrites, by=self._agent.email, text=body, files=files)

    def _remark(self) -> None:
        """What the story has to say inside, else sometimes one of those things that colleagues always say."""
        notes = self._story.notes or (self._sources.notes if self._chance(0.4) else ())
        if notes:
            self._wait(minutes=(2, 60))
            by = self._random.choice(self._team)
            self._add(IsNoted, by=by.email, text=self._worded(self._random.choice(notes)))

    def _ending(self) -> str:
        """A signature, sometimes a business one behind the usual two dashes."""
        who = self._customer
        if who.firm and self._chance(0.5):
            lines = [who.name, who.job, who.firm, who.phone]
            return f"{self._random.choice(self._language.bye)}\n\n-- \n" + "\n".join(filter(None, lines))
        return f"{self._random.choice(self._language.bye)}\n{who.name}"

    # ---- small things -----------------------------------------------------------------------------------------------

    def _add(self, kind: type[Step], *, by: str = "", **said: object) -> None:
        self._steps.append(kind(self._now, by, **said))

    def _wait(
        self,
        *,
        minutes: tuple[int, int] | None = None,
        hours: tuple[int, int] = (0, 0),
        by_customer: bool = False,
    ) -> None:
        """Let time pass; customers sleep at night, the desk does what it does while people are at work."""
        low, high = minutes or (hours[0] * 60, hours[1] * 60)
        self._now += timedelta(seconds=self._random.uniform(low * 60, high * 60) + 1)
        if not self._is_fresh:
            self._now = awake(self._now, self._random) if by_customer else at_work(self._now, self._random)

    def _chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def _holding_stage(self) -> str:
        return WAITING_FOR_PARTS if self._story.team == "parts" and self._chance(0.6) else ON_HOLD

    def _colleague_of_customer(self) -> str:
        others = [
            one.email
            for one in self._sources.customers
            if one.firm and one.firm == self._customer.firm and one != self._customer
        ]
        return self._random.choice(others) if others else ""

    def _worded(self, text: str) -> str:
        return worded(text, self._slots, self._random)
