"""The catalogues of Deskhand's texts: ``languages.py collect`` brings them up to date with the sources, ``languages.py
compile`` makes of them what Django reads, if they changed. Pure Python by Babel: nobody needs the tools of gettext.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src/deskhand"
CATALOGUES = SOURCES / "locale"
#: By which names the sources ask for a text, and which of the arguments are singular, plural and (``c``) context.
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "__", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
_STRING = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
_CALL = re.compile(rf"(?<!\w)(?P<name>_|n?p?gettext)\((?P<words>(?:\s*{_STRING}\s*,?)+)")
#: What must stand in a translation as it stands in the text: ``%(name)s``, ``%s``, ``%%``, ``{name}``, tags.
_KEPT = re.compile(r"%\(\w+\)[sd]|%[%sd]|\{\w*\}|</?\w[^>]*>")
_LINE_WIDTH = 100
_NOT_SEARCHED = {"tests", "migrations", "static"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["collect", "compile"])
    if parser.parse_args().what == "collect":
        settings.configure()
        collect()
    compile_changed()
    return 0


def compile_changed() -> None:
    """A ``.mo`` beside each ``.po`` that is newer, or that none was made of yet."""
    for path in catalogue_files():
        compiled = path.with_suffix(".mo")
        if not compiled.is_file() or compiled.stat().st_mtime <= path.stat().st_mtime:
            print(f"Compiling the texts in {language_of(path)} …", flush=True)
            compile_catalogue(path, compiled)


def compile_catalogue(path: Path, compiled: Path) -> None:
    """In one step: several processes may do it at the same time, and others read meanwhile."""
    content = io.BytesIO()
    write_mo(content, read(path))
    beside = compiled.with_name(f"{compiled.name}.{id(content)}")
    beside.write_bytes(content.getvalue())
    beside.replace(compiled)


def collect() -> None:
    """Into every catalogue what the sources ask for and it does not know; out of it what nobody asks for any more."""
    asked = texts_of_sources()
    for path in catalogue_files():
        catalogue = read(path)
        catalogue.update(asked, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        write(path, catalogue)
        missing = sum(not is_translated(message) for message in texts_in(catalogue))
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {missing} without a translation.")


# ---- catalogues -----------------------------------------------------------------------------------------------------


def catalogue_files() -> list[Path]:
    return sorted(CATALOGUES.glob("*/LC_MESSAGES/django.po"))


def language_of(path: Path) -> str:
    return path.parent.parent.name


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language_of(path), domain="django")


def write(path: Path, catalogue: Catalog) -> None:
    """In the order of the texts, without places and dates: a change of a text is a change of its lines only."""
    content = io.BytesIO()
    write_po(content, catalogue, width=_LINE_WIDTH, no_location=True, omit_header=True, sort_output=True)
    path.write_bytes(header_of(catalogue).encode() + content.getvalue())


def header_of(catalogue: Catalog) -> str:
    """What Django and editors of catalogues need to know, and nothing that differs from day to day."""
    return (
        "# Deskhand's texts. `make messages` brings them up to date; CONTRIBUTING.md says how to add a language.\n"
        'msgid ""\n'
        'msgstr ""\n'
        f'"Language: {catalogue.locale_identifier}\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )


def texts_in(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def is_translated(message: Message) -> bool:
    return all(_each(message.string or ""))


def mistakes_in(message: Message) -> Iterator[str]:
    """What is wrong with a translation, in words; a text without one has none."""
    first, *others = _each(message.id)
    if message.fuzzy:
        yield f"“{first}” is marked as fuzzy."
    if not is_translated(message):
        return
    *singular, last = _each(message.string)
    if _kept(last) != _kept(others[-1] if others else first):
        yield f"“{last}” does not keep what stands in “{others[-1] if others else first}”."
    for form in singular:  # “One code is left” need not say the number
        if _kept(form) - _kept(first) - _kept(others[-1]):
            yield f"“{form}” has what does not stand in “{first}”."


def _each(words: str | Iterable[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _kept(text: str) -> Counter[str]:
    return Counter(_KEPT.findall(text))


# ---- sources --------------------------------------------------------------------------------------------------------


def texts_of_sources() -> Catalog:
    """Every text that Python and templates ask to be translated."""
    found = Catalog(domain="django")
    for path in source_files():
        content = io.BytesIO(path.read_bytes())
        for _line, text, comments, context in extract(reader_of(path), content, KEYWORDS, ["Translators"]):
            found.add(text, None, auto_comments=comments, context=context)
    return found


def source_files() -> Iterator[Path]:
    for path in sorted(SOURCES.rglob("*")):
        folders = path.relative_to(SOURCES).parts[:-1]
        if reader_of(path) and not _NOT_SEARCHED.intersection(folders):
            yield path


def reader_of(path: Path) -> Callable[..., Any] | None:
    """What finds the texts of a file; None: it has none."""
    if path.suffix == ".py":
        return extract_python
    return read_template if path.suffix in {".html", ".txt"} and "templates" in path.parts else None


def read_template(file: BinaryIO, *_more: Any, **_options: Any) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Django reads its templates; from what it writes for other programs to read, the calls of gettext are picked."""
    for call in _CALL.finditer(templatize(file.read().decode())):
        words = [ast.literal_eval(word) for word in re.findall(_STRING, call["words"], re.DOTALL)]
        yield 0, call["name"], words[0] if len(words) == 1 else tuple(words), []


if __name__ == "__main__":
    sys.exit(main())
