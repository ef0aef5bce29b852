"""The ``deskhand`` command: what it says, and the number it ends with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest
import redis
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError

from deskhand.config import exits
from deskhand.config.cli import OF_APPS, OWN, main
from deskhand.config.exits import Stop, explained
from deskhand.config.server import bind
from deskhand.kit.errors import NotAllowed


@pytest.fixture(autouse=True)
def _no_redis(monkeypatch):
    monkeypatch.delenv("REDIS_URL", raising=False)


def test_without_a_command_it_lists_all_of_them(capsys):
    assert main([]) == exits.OK

    said = capsys.readouterr().out
    for name in [*OWN, *OF_APPS]:
        assert f"  {name} " in said


def test_an_unknown_command_is_a_sentence_with_the_known_ones(capsys):
    assert main(["dance"]) == exits.USAGE

    assert "There is no such command" in capsys.readouterr().err


@pytest.mark.parametrize("name", [*OWN, *OF_APPS])
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])

    assert not end.value.code
    assert capsys.readouterr().out.startswith(f"usage: deskhand {name}")


def test_wrong_words_for_a_command_of_ours_are_a_usage_error(capsys):
    with pytest.raises(SystemExit) as end:
        main(["serve", "--port", "eighty"])

    assert end.value.code == exits.USAGE
    assert "`deskhand serve --help` shows how it is used" in capsys.readouterr().err


@pytest.mark.parametrize("name", OF_APPS)
def test_wrong_words_for_a_command_of_an_app_are_a_usage_error(name, capsys):
    assert main([name, "--no-such-option"]) == exits.USAGE

    assert f"`deskhand {name} --help` shows how it is used" in capsys.readouterr().err


def test_several_web_processes_without_redis_are_refused(capsys):
    assert main(["serve", "--processes", "2"]) == exits.CONFIG

    assert "Several web processes need Redis" in capsys.readouterr().err


def test_no_web_process_is_refused(capsys):
    assert main(["serve", "--processes", "0"]) == exits.USAGE


def test_a_taken_port_is_a_sentence(capsys):
    with socket.create_server(("127.0.0.1", 0)) as other:
        code = main(["serve", "--port", str(other.getsockname()[1])])

    assert code == exits.UNAVAILABLE
    assert "is taken by another program" in capsys.readouterr().err


@pytest.mark.parametrize(("host", "port"), [("no.such.host.example.", 8000), ("127.0.0.1", 99_999)])
def test_an_impossible_address_is_a_sentence(host, port):
    with pytest.raises(Stop) as refusal:
        bind(host, port)

    assert refusal.value.code == exits.USAGE


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OperationalError("no such table: tickets_ticket"), exits.CONFIG, "Run `deskhand migrate`"),
        (ProgrammingError('relation "tickets_ticket" does not exist\nLINE 1: …'), exits.CONFIG, "deskhand migrate"),
        (OperationalError("connection failed: Connection refused"), exits.TEMPORARY, "Check DATABASE_URL"),
        (OperationalError('database "desk" does not exist'), exits.TEMPORARY, "Check DATABASE_URL"),
        (redis.ConnectionError("Connection refused."), exits.TEMPORARY, "Check REDIS_URL"),
        (ImproperlyConfigured("MAX_MAIL_MB is 'x'. Use a whole number."), exits.CONFIG, "MAX_MAIL_MB"),
        (CommandError("Try later.", returncode=75), exits.TEMPORARY, "Try later."),
        (NotAllowed(), exits.DATA, "Ask an administrator"),
        (PermissionError(13, "Permission denied", "/data"), exits.NOT_ALLOWED, "/data"),
    ],
)
def test_an_expected_failure_is_a_sentence_and_a_number(error, code, words):
    reason = explained(error)

    assert reason is not None
    assert reason.code == code
    assert words in str(reason)


def test_a_mistake_in_the_code_is_not_explained_away():
    assert explained(ValueError("oops")) is None


def test_an_address_of_no_known_database_is_refused_in_a_sentence_that_does_not_repeat_it(tmp_path):
    words = [sys.executable, "-m", "deskhand.config.cli", "check"]
    settings = {"DESKHAND_HOME": str(tmp_path), "DATABASE_URL": "mysql://desk:secret@db.example/desk"}

    done = subprocess.run(words, env=os.environ | settings, capture_output=True, text=True, check=False)

    assert done.returncode == exits.CONFIG
    assert "Use postgresql://… or sqlite:///…." in done.stderr
    assert "secret" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_whoever_stops_reading_our_output_gets_no_traceback():
    reading, writing = os.pipe()
    os.close(reading)

    with os.fdopen(writing, "wb", closefd=True) as nobody_reads:
        done = subprocess.run(
            [sys.executable, "-u", "-m", "deskhand.config.cli"],
            stdout=nobody_reads,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert (done.returncode, done.stderr) == (exits.OK, b"")
