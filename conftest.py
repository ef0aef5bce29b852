"""Settings of every test: data in a folder of its own, no network, quick passwords, tasks run only when told to."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

# Before Django reads its settings: nothing of a test run touches the data of a running Deskhand, and the processes of
# a parallel run (gw0, gw1, …) do not touch each other: a data folder and a Redis database each.
_HOME = Path(tempfile.mkdtemp(prefix="deskhand-test-"))
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
os.environ["DESKHAND_HOME"] = str(_HOME)
(_HOME / "static").mkdir()
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{1 + _WORKER % 7}").geturl()
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
os.environ["STRICT_ICONS"] = "1"

import django  # noqa: E402
import pytest  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from pytest_django.plugin import blocking_manager_key  # noqa: E402

from scripts.languages import compile_changed  # noqa: E402

# Here and not by an option of pytest-django, which would read the settings before this file is loaded. For the same
# reason the variable goes again: the processes of a parallel run inherit our environment.
os.environ["DJANGO_SETTINGS_MODULE"] = "deskhand.config.settings"
compile_changed()  # whoever begins with pytest has built nothing yet
django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]
if not str(settings.MEDIA_ROOT).startswith(str(_HOME)):
    pytest.exit("The settings were read too early. Unset DJANGO_SETTINGS_MODULE, then try again.", returncode=4)


@pytest.fixture(autouse=True)
def _quick_passwords(settings: pytest.FixtureRequest) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _mails_stay_here(settings: pytest.FixtureRequest) -> None:
    """What the worker sends is in ``mailoutbox``; a test that wants a mail server says so."""
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _no_webhooks_asked_for() -> None:
    """Which webhooks there are is asked every few seconds; a test that counts queries shall not meet that moment."""
    from deskhand.base.webhooks.testing import know_of_no_webhooks

    know_of_no_webhooks()


@pytest.fixture(autouse=True)
def _immediate_off() -> None:
    """Tasks are enqueued, not run: a test that wants their effect calls the service."""


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    return "transactional_db" in fixtures or bool(marker and marker.kwargs.get("transaction"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that commits ends by emptying the database. That what migrations made is kept aside is asked for here."""
    for item in items:
        if _commits(item):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """And here it is put back: a process of a parallel run may take any test after it (``--dist worksteal``). After the
    last one there is no database any more.
    """
    yield
    kept = getattr(connection, "_test_serialized_contents", "")  # nothing where a test was left out before it began
    if kept and nextitem and _commits(item):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(kept)


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)
