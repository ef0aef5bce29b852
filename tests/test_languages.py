"""Every text has its German, and no page shows a word of another language than its reader's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from babel.messages.catalog import Message
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client, override_settings

from deskhand.base.accounts.public import User
from scripts import languages
from tests.rights.addresses import address_of
from tests.rights.lines import Door
from tests.rights.people import words_of
from tests.rights.table import parts as parts_of_the_table
from tests.rights.world import World, made

CATALOGUES = languages.catalogue_files()

# ---- catalogues -----------------------------------------------------------------------------------------------------


def test_every_language_that_can_be_chosen_has_a_catalogue() -> None:
    chosen = {code for code, _name in settings.LANGUAGES} - {"en"}

    assert {languages.language_of(path) for path in CATALOGUES} == chosen


@pytest.mark.parametrize("path", CATALOGUES, ids=languages.language_of)
def test_the_catalogue_has_the_texts_of_the_sources_and_no_others(path: Any) -> None:
    asked, known = (set(map(_key, catalogue)) for catalogue in (languages.texts_of_sources(), languages.read(path)))

    assert asked - known == set(), "These texts are new. Run `make messages`, then translate them."
    assert known - asked == set(), "Nobody asks for these texts any more. Run `make messages`."


@pytest.mark.parametrize("path", CATALOGUES, ids=languages.language_of)
def test_the_catalogue_is_complete(path: Any) -> None:
    texts = languages.texts_in(languages.read(path))

    missing = [message.id for message in texts if not languages.is_translated(message)]

    assert missing == [], (
        f"Translate these in {path.relative_to(languages.ROOT)}; `make messages` puts new texts there."
    )


@pytest.mark.parametrize("path", CATALOGUES, ids=languages.language_of)
def test_translations_keep_what_is_filled_in_and_none_is_fuzzy(path: Any) -> None:
    texts = languages.texts_in(languages.read(path))

    assert [mistake for message in texts for mistake in languages.mistakes_in(message)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=languages.language_of)
def test_collecting_changes_nothing_where_nothing_changed(path: Any, tmp_path: Any) -> None:
    written = tmp_path / path.parent.parent.name / "LC_MESSAGES" / path.name
    written.parent.mkdir(parents=True)

    catalogue = languages.read(path)
    catalogue.update(languages.texts_of_sources(), no_fuzzy_matching=True, update_creation_date=False)
    languages.write(written, catalogue)

    assert written.read_text() == path.read_text()


@pytest.mark.parametrize(
    ("text", "translation", "is_right"),
    [
        ("%(count)s of %(total)s", "%(count)s von %(total)s", True),
        ("%(count)s of %(total)s", "%(count)s von %(summe)s", False),
        ("for {name}", "für {nom}", False),
        ("for <b>%(name)s</b>", "für %(name)s", False),
        (("One is left", "%(n)s are left"), ("Einer ist übrig", "%(n)s sind übrig"), True),
        (("%(n)s is left", "%(n)s are left"), ("%(n)s ist übrig", "Mehrere sind übrig"), False),
        (("One is left", "%(n)s are left"), ("%(m)s ist übrig", "%(n)s sind übrig"), False),
    ],
)
def test_a_translation_that_loses_what_is_filled_in_is_seen(text: Any, translation: Any, is_right: bool) -> None:
    assert (not list(languages.mistakes_in(Message(text, translation)))) is is_right


def test_texts_are_found_in_templates_as_in_python(tmp_path: Any) -> None:
    source = """{% translate "One" %}{% translate 'Two' context "of three" %}{% blocktranslate count n=n trimmed %}
      {{ n }} "thing"{% plural %}
      {{ n }} "things"{% endblocktranslate %}{% field _("Three") %}{# _("Not this") #}"""
    template = tmp_path / "page.html"
    template.write_text(source)

    with template.open("rb") as file:
        found = [(name, words) for _line, name, words, _comments in languages.read_template(file)]

    assert found == [
        ("gettext", "One"),
        ("pgettext", ("of three", "Two")),
        ("ngettext", ('%(n)s "thing"', '%(n)s "things"')),
        ("_", "Three"),
    ]


def _key(message: Message) -> tuple[str | None, Any]:
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


# ---- pages ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    del django_db_setup
    quick = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    with django_db_blocker.unblock(), override_settings(**quick):
        yield from made()


@pytest.mark.django_db
def test_no_page_shows_a_word_of_another_language_than_its_readers(world: World) -> None:
    """German, English and German again, in one process: what is kept from page to page is kept for each of them."""
    data, found = _data(), set()
    for language, pages in (("de", _pages(world)), ("en", _pages(world)), ("de", _pages(world, _AGAIN))):
        User.objects.update(language=language)
        for name, url in pages:
            page = _asked(world, name, url, language)
            assert f'<html lang="{language}"' in page or "<html" not in page, url
            found |= {(language, url, said) for said in _said(page) - data if _is_foreign(said, language)}

    assert not found, "\n".join(["These are of another language:", *sorted(map(str, found))])


#: Whoever of them may open a page looks at it; strangers say by their browser what they speak.
_LOOKING = ("admin", "settings", "customer", "stranger")
_AGAIN = frozenset(
    {
        "tickets:board",
        "tickets:list",
        "tickets:ticket",
        "teams:team",
        "contacts:contact",
        "portal:ticket",
        "portal:my-ticket",
    }
)
#: In English for everybody (docs/api.md).
_IN_ENGLISH = {"docs"}


def _pages(world: World, views: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Who looks at which page; of all pages, if no views are named."""
    for line in (line for lines in parts_of_the_table().values() for line in lines):
        if isinstance(line, Door) and line.method == "GET" and line.view.rpartition(":")[2] not in _IN_ENGLISH:
            words = words_of(line.says)
            name = next((name for name in _LOOKING if words[name] == "200"), None)
            if name and (not views or line.view in views):
                yield name, address_of(line.view, line.thing, world.things)


def _asked(world: World, name: str, url: str, language: str) -> str:
    client: Client = world.people[name].at_pages()
    response = client.get(url, headers={"accept-language": language})
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    return str(response.content.decode())


class _Texts(HTMLParser):
    """What a page says: its texts, and what is read out or shown on hover."""

    _READ = ("aria-label", "title", "placeholder", "alt", "data-confirm", "hx-confirm")
    _EMPTY = {"input", "img", "br", "hr", "link", "meta", "col", "source", "path", "rect", "use", "circle"}

    def __init__(self) -> None:
        super().__init__()
        self.said: set[str] = set()
        self._elsewhere: list[bool] = []  # of each open element: whether it speaks a language of its own

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag not in self._EMPTY:
            own = ("lang" in known and tag != "html") or known.get("translate") == "no"
            self._elsewhere.append(own or tag in {"script", "style"} or bool(self._elsewhere and self._elsewhere[-1]))
        for name in self._READ:
            self._hear(known.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._EMPTY and self._elsewhere:
            self._elsewhere.pop()

    def handle_data(self, data: str) -> None:
        self._hear(data)

    def _hear(self, text: str) -> None:
        if not (self._elsewhere and self._elsewhere[-1]):
            self.said.add(" ".join(text.split()).strip(" :·,"))


def _said(page: str) -> set[str]:
    texts = _Texts()
    texts.feed(page)
    return texts.said - {""}


def _data() -> set[str]:
    """What stands in records: it is in the language of who wrote it."""
    found: set[str] = set()
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.CharField | models.TextField) and not column.choices:
                found.update(model._default_manager.values_list(column.name, flat=True).distinct())
    return found.union(*(_said(text) for text in found if text and "<" in text))


@cache
def _is_foreign(said: str, language: str) -> bool:
    english, german = _known()
    own, other = (german, english) if language == "de" else (english, german)
    return other.has(said) and not own.has(said)


@dataclass(frozen=True)
class _Known:
    """The texts of a language; those in which something is filled in, as patterns."""

    plain: set[str]
    filled: list[re.Pattern[str]]

    def has(self, said: str) -> bool:
        return said in self.plain or any(one.fullmatch(said) for one in self.filled)


@cache
def _known() -> tuple[_Known, _Known]:
    texts = languages.texts_in(languages.read(languages.CATALOGUES / "de/LC_MESSAGES/django.po"))
    english, german = ([_spaced(words) for text in texts for words in _each(text, side)] for side in ("id", "string"))
    return _as_known(english), _as_known(german)


def _each(text: Message, side: str) -> list[str]:
    words = getattr(text, side)
    return [words] if isinstance(words, str) else list(words)


def _spaced(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip(" :·,")


_FILLED_IN = re.compile(r"%\(\w+\)[sd]|%%?[sd]")


def _as_known(texts: list[str]) -> _Known:
    """Of one short word, or a few beside what is filled in, nobody can say which language it is."""
    plain = {text for text in texts if not _FILLED_IN.search(text) and re.search(_WORD, text)}
    filled = [_FILLED_IN.split(text) for text in texts if _FILLED_IN.search(text)]
    telling = [parts for parts in filled if len(re.findall(_WORD, " ".join(parts))) > 1]
    return _Known(plain, [re.compile(".+".join(map(re.escape, parts))) for parts in telling])


_WORD = r"[^\W\d_]{3,}"
