from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_admin, make_portal_user, make_settings_admin
from deskhand.base.companies.places import SETTINGS_SECTIONS, SettingsForm, SettingsSection
from deskhand.base.companies.testing import make_company
from deskhand.kit.errors import DomainError
from deskhand.kit.panels import Place

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(client: Client) -> User:
    user = make_settings_admin(make_company(name="Nordlys", alias_domain="nordlys.example"))
    client.force_login(user)
    return user


def typed(**fields: Any) -> dict[str, Any]:
    """The form as the browser sends it."""
    return {
        "company-name": "Nordlys",
        "company-currency": "NOK",
        "company-time_zone": "Europe/Oslo",
        "email-alias_domain": "nordlys.example",
    } | fields


def test_only_administrators_of_the_settings_come_in(client: Client) -> None:
    assert client.get("/settings/").status_code == 302
    for user in (make_admin(), make_portal_user()):
        client.force_login(user)
        for page in ("/settings/", "/settings/companies/", "/settings/companies/new/"):
            assert client.get(page).status_code == 403
        assert client.post("/settings/", typed(**{"company-name": "Hacked"})).status_code == 403
        user.company.refresh_from_db()
        assert user.company.name != "Hacked"


def test_the_sections_stand_under_their_anchors_and_the_alias_domain_has_one_of_its_own(
    client: Client, admin: User
) -> None:
    content = client.get("/settings/").content.decode()

    for anchor in ("company", "email", "alias-domain"):
        assert f'id="{anchor}"' in content


def test_what_is_typed_is_kept_for_the_present_company_alone(client: Client, admin: User) -> None:
    other = make_company(name="Other")

    response = client.post(
        "/settings/",
        typed(
            **{"company-short_name": "Nordlys Home", "company-website": "nordlys.example", "email-email": "p@n.example"}
        ),
    )

    admin.company.refresh_from_db()
    other.refresh_from_db()
    assert response["Location"] == "/settings/"
    assert (admin.company.public_name, admin.company.currency) == ("Nordlys Home", "NOK")
    assert admin.company.time_zone == "Europe/Oslo"
    assert admin.company.website == "https://nordlys.example"
    assert admin.company.email == "p@n.example"
    assert (other.name, other.email) == ("Other", "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email-alias_domain", "not a domain"),
        ("email-email", "nonsense"),
        ("company-name", ""),
        ("company-name", "TAKEN"),
        ("company-currency", "XXX"),
        ("company-time_zone", "Mars/Olympus"),
    ],
)
def test_one_wrong_field_and_nothing_is_saved(client: Client, admin: User, field: str, value: str) -> None:
    make_company(name="Taken")

    response = client.post("/settings/", typed(**{"company-phone": "+47 22", field: value}))

    key, _, name = field.partition("-")
    section = next(found for found in response.context["sections"] if found.section.key == key)
    admin.company.refresh_from_db()
    assert response.status_code == 422
    assert list(section.form.errors) == [name]
    assert (admin.company.name, admin.company.phone) == ("Nordlys", "")


# ---- logo -----------------------------------------------------------------------------------------------------------


def test_a_logo_is_there_for_everybody_until_it_is_removed(client: Client, admin: User) -> None:
    client.post("/settings/", typed(**{"company-logo": SimpleUploadedFile("logo.png", PNG)}))
    admin.company.refresh_from_db()
    first = admin.company.logo_url

    shown = Client().get(first)
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/png"
    assert b"".join(shown.streaming_content) == PNG  # type: ignore[attr-defined]

    client.post("/settings/", typed(**{"company-logo": SimpleUploadedFile("new.png", PNG + b"1")}))
    admin.company.refresh_from_db()
    assert admin.company.logo_url != first

    client.post("/settings/", typed(**{"company-remove_logo": "on"}))
    admin.company.refresh_from_db()
    assert admin.company.logo_url == ""
    assert Client().get(first).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", b"<svg onload=alert(1)>"),
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("logo.exe", b"MZ\x90"),
        ("logo.png", PNG + b"\0" * 1_000_000),
    ],
)
def test_a_logo_that_is_no_small_picture_is_refused_and_nothing_is_saved(
    client: Client, admin: User, name: str, content: bytes
) -> None:
    upload = SimpleUploadedFile(name, content)

    response = client.post("/settings/", typed(**{"company-phone": "1", "company-logo": upload}))

    admin.company.refresh_from_db()
    assert response.status_code == 422
    assert (admin.company.logo, admin.company.phone) == ("", "")


# ---- sections of other apps -----------------------------------------------------------------------------------------


class OvenSection(SettingsForm):
    degrees = forms.IntegerField(min_value=50)
    saved: list[tuple[str, int]] = []

    def save(self) -> None:
        if self.cleaned_data["degrees"] > 300:
            raise TooHot
        self.saved.append((self.company.name, self.cleaned_data["degrees"]))


class TooHot(DomainError):
    code = "too_hot"
    message = "Nothing is baked at that."
    field = "degrees"


@pytest.fixture
def _with_ovens(monkeypatch: pytest.MonkeyPatch) -> None:
    place: Place[SettingsSection] = Place("settings.sections")
    for section in SETTINGS_SECTIONS:
        place.add(section)
    place.add(SettingsSection("oven", "Ovens", OvenSection, "ui/form_errors.html"), order=90)
    monkeypatch.setattr("deskhand.base.companies.pages.settings.SETTINGS_SECTIONS", place)
    OvenSection.saved = []


@pytest.mark.usefixtures("_with_ovens")
def test_another_apps_section_is_saved_with_the_others(client: Client, admin: User) -> None:
    client.post("/settings/", typed(**{"company-phone": "1", "oven-degrees": "180"}))

    admin.company.refresh_from_db()
    assert OvenSection.saved == [("Nordlys", 180)]
    assert admin.company.phone == "1"


@pytest.mark.usefixtures("_with_ovens")
@pytest.mark.parametrize("degrees", ["10", "900"])
def test_what_another_apps_section_refuses_undoes_the_others(client: Client, admin: User, degrees: str) -> None:
    response = client.post("/settings/", typed(**{"company-phone": "1", "oven-degrees": degrees}))

    admin.company.refresh_from_db()
    assert response.status_code == 422
    assert response.context["sections"][-1].form.errors["degrees"]
    assert admin.company.phone == ""
