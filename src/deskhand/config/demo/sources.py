"""What the demo is made of: the company, its customers and their stories, from the TOML files in ``data/``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Colleague:
    """Somebody who works at the company. ``roles``: app → role; ``teams``, ``follows``: keys of the teams."""

    name: str
    email: str
    roles: Mapping[str, int]
    teams: tuple[str, ...]
    follows: tuple[str, ...]
    does: str
    language: str = ""


@dataclass(frozen=True)
class Customer:
    """Somebody who writes to the company. ``call``: how the desk addresses them. ``has_account``: a portal user."""

    name: str
    email: str
    call: str
    language: str
    country: str
    city: str
    street: str = ""
    postal_code: str = ""
    phone: str = ""
    job: str = ""
    firm: str = ""
    has_account: bool = False


@dataclass(frozen=True)
class Firm:
    """A customer with several people."""

    name: str
    email: str
    country: str
    city: str
    street: str
    postal_code: str
    phone: str


@dataclass(frozen=True)
class FirmDetails:
    """What else is known of a firm: tags, and where else it is (``kind`` of address, street and so on)."""

    tags: tuple[str, ...] = ()
    addresses: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Double:
    """A customer who called, and was written down by somebody who did not look whether they are known."""

    name: str
    firm: str
    phone: str
    note: str


@dataclass(frozen=True)
class Story:
    """What happens with a ticket. ``turns`` begin with the desk's answer and alternate.

    ``ends``: the stage at its end. ``files``, ``reply_files`` (of the customer) and ``agent_files`` are kinds of files.
    """

    key: str
    language: str
    team: str
    title: str
    opening: str
    turns: tuple[str, ...]
    tags: tuple[str, ...]
    product: str = ""
    priority: int = 1
    ends: str = "solved"
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    reply_files: tuple[str, ...] = ()
    agent_files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Language:
    """How letters of a language begin and end, and how mail clients quote."""

    hello: tuple[str, ...]
    bye: tuple[str, ...]
    dear: tuple[str, ...]
    regards: tuple[str, ...]
    wrote: str
    original: tuple[str, ...]
    again: str
    sorry: str
    settled: str


@dataclass(frozen=True)
class Sources:
    """Everything that was read."""

    company: Mapping[str, str]
    notes: tuple[str, ...]
    products: Mapping[str, tuple[str, ...]]
    tags: Mapping[str, int]
    colleagues: tuple[Colleague, ...]
    firms: tuple[Firm, ...]
    firm_details: Mapping[str, FirmDetails]
    customers: tuple[Customer, ...]
    languages: Mapping[str, Language]
    stories: tuple[Story, ...]
    doubles: tuple[Double, ...] = ()

    @property
    def portal_users(self) -> tuple[Customer, ...]:
        return tuple(customer for customer in self.customers if customer.has_account)


@cache
def read_sources() -> Sources:
    """Read all files, once per process."""
    company = _read("company.toml")
    return Sources(
        company=company["company"],
        notes=tuple(company["notes"]),
        products={family: tuple(models) for family, models in company["products"].items()},
        tags=company["tags"],
        colleagues=colleagues_of(company),
        firms=firms_of(company),
        firm_details=firm_details_of(company),
        customers=customers_of(company),
        languages={key: Language(**_tuples(entry)) for key, entry in _read("languages.toml").items()},
        stories=tuple(story for path in sorted((_DATA / "stories").glob("*.toml")) for story in _stories(path)),
        doubles=tuple(Double(**entry) for entry in company["double"]),
    )


def colleagues_of(said: Mapping[str, Any]) -> tuple[Colleague, ...]:
    """Those who work at the company of a file."""
    return tuple(_colleague(entry, said["company"]) for entry in said["user"])


def firms_of(said: Mapping[str, Any]) -> tuple[Firm, ...]:
    """Its customers that have several people."""
    return tuple(_firm(entry) for entry in said["firm"])


def firm_details_of(said: Mapping[str, Any]) -> dict[str, FirmDetails]:
    """What else is known of these, by name."""
    return {
        entry["name"]: FirmDetails(tuple(entry.get("tags", ())), tuple(entry.get("address", ())))
        for entry in said["firm"]
    }


def customers_of(said: Mapping[str, Any]) -> tuple[Customer, ...]:
    """The people of its firms, and those who buy for themselves."""
    found = [_person_of(firm, person) for firm in said["firm"] for person in firm["people"]]
    return (*found, *(Customer(**person) for person in said["person"]))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _stories(path: Path) -> list[Story]:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["story"]
    return [
        Story(key=f"{path.stem}-{number}", language=path.stem, **_tuples(entry))
        for number, entry in enumerate(entries, start=1)
    ]


def _colleague(entry: Mapping[str, Any], company: Mapping[str, str]) -> Colleague:
    return Colleague(
        name=entry["name"],
        email=f"{entry['login']}@{company['alias_domain']}",
        roles=entry["roles"],
        teams=tuple(entry["teams"]),
        follows=tuple(entry.get("follows", ())),
        does=entry["does"],
        language=entry.get("language", ""),
    )


def _firm(entry: Mapping[str, Any]) -> Firm:
    plain = {key: entry[key] for key in ("name", "country", "city", "street", "postal_code", "phone")}
    return Firm(email=f"office@{entry['domain']}", **plain)


def _person_of(firm: Mapping[str, Any], person: Mapping[str, Any]) -> Customer:
    return Customer(
        name=person["name"],
        email=f"{person['email']}@{firm['domain']}",
        call=person["call"],
        language=person["language"],
        country=firm["country"],
        city=firm["city"],
        street=firm["street"],
        postal_code=firm["postal_code"],
        phone=person.get("phone", firm["phone"]),
        job=person["job"],
        firm=firm["name"],
        has_account=person.get("portal", False),
    )
