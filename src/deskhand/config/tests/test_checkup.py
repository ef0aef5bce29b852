"""``deskhand check`` and ``deskhand migrate``."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import OperationalError

from deskhand.base.accounts.testing import make_settings_admin
from deskhand.base.mail.testing import make_outgoing_server, use_custom_servers
from deskhand.config import checkup, exits
from deskhand.config.cli import main


@pytest.fixture
def built(settings, tmp_path: Path) -> Path:
    """A front end that is built."""
    manifest = tmp_path / "manifest.json"
    manifest.write_text("{}")
    settings.DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": manifest}}
    return manifest


def findings(capsys) -> list[str]:
    code = main(["check"])
    lines = capsys.readouterr().out.splitlines()
    assert code == (exits.CONFIG if any(line.startswith("!!") for line in lines) else exits.OK)
    return lines


@pytest.mark.django_db
def test_a_complete_installation_has_nothing_to_complain_of(built, capsys):
    assert [line for line in findings(capsys) if line.startswith("!!")] == []


@pytest.mark.django_db
def test_a_front_end_that_is_not_built_is_said_with_what_to_do(built, capsys):
    built.unlink()

    assert "!!  Front end: is not built. Run `make build`." in findings(capsys)


@pytest.mark.django_db
def test_missing_migrations_are_said_with_what_to_do(built, capsys, monkeypatch):
    monkeypatch.setattr(checkup, "missing_migrations", lambda: ["tickets.0001_initial"])

    assert "!!  Tables: 1 migrations are missing. Run `deskhand migrate`." in findings(capsys)


def test_a_database_that_is_away_is_said_with_what_to_do(built, capsys, monkeypatch):
    def away() -> list[str]:
        raise OperationalError("connection refused")

    monkeypatch.setattr(checkup, "missing_migrations", away)

    assert "!!  Database: does not answer: connection refused. Check DATABASE_URL and that it runs." in findings(capsys)


@pytest.mark.django_db
def test_a_redis_that_is_away_is_said_with_what_to_do(built, capsys, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert [line for line in findings(capsys) if line.startswith("!!  Redis: does not answer")]


@pytest.mark.django_db
def test_a_sender_that_nobody_can_answer_is_said(built, capsys, settings):
    settings.SMTP_URL = "smtp://mail.example"
    settings.SERVER_EMAIL = "helpdesk@localhost"

    assert [line for line in findings(capsys) if line.startswith("!!  Mail out") and "MAIL_FROM" in line]


@pytest.mark.django_db
def test_a_mail_server_that_does_not_answer_is_said_with_what_to_do(built, capsys):
    make_outgoing_server(name="Post", port=1)
    use_custom_servers(is_on=True, by=make_settings_admin())

    assert (
        "!!  Outgoing mail server “Post”: Nobody answers at localhost:1. Check the port, and whether a firewall stands "
        "in between. Correct it under Settings → Email." in findings(capsys)
    )


@pytest.mark.django_db
def test_quiet_shows_only_what_is_missing(built, capsys):
    assert main(["check", "--quiet"]) == exits.OK

    assert capsys.readouterr().out == ""


def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_it_will_be_made_in(tmp_path):
    assert checkup._nearest_that_exists(tmp_path / "data" / "deep") == tmp_path


@pytest.mark.django_db
def test_migrating_an_up_to_date_database_changes_nothing(capsys):
    assert main(["migrate"]) == exits.OK

    assert "0 migrations were applied" in capsys.readouterr().out
