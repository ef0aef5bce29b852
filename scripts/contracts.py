"""Contracts of the house that import-linter has no words for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


@dataclass(frozen=True, order=True)
class BackDoor:
    """An import that went past the front door of an app."""

    importer: str
    imported: str
    line: int


class MeetThroughPublic(Contract):  # type: ignore[misc]
    """Apps meet only through ``public.py`` (their APIs through ``api/public.py``, which costs memory that only web
    processes have to pay); where data are made for tests and demo, also through ``testing.py``.

    An app is a package with an ``apps`` module. ``free`` names packages whose every module may be used (the kit).
    ``makers`` are patterns (``fullmatch``) of modules that make data. Migrations may import anything: they are history.
    """

    type_name = "meet_through_public"

    free = fields.SetField(subfield=fields.StringField())
    makers = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 - import-linter's signature
        del verbose
        back_doors = sorted(self._back_doors(graph))
        return ContractCheck(kept=not back_doors, metadata={"back_doors": back_doors})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for found in check.metadata["back_doors"]:
            output.print_error(f"{found.importer} imports {found.imported} (line {found.line})", bold=False)
        output.new_line()
        output.print("Take it from the app's public.py; what is not there yet is re-exported there first.")

    def _back_doors(self, graph: ImportGraph) -> Iterator[BackDoor]:
        for app in self._apps(graph):
            for module in {app} | graph.find_descendants(app):
                for importer in graph.find_modules_that_directly_import(module):
                    if not self._may_import(importer, module, app):
                        line = graph.get_import_details(importer=importer, imported=module)[0]["line_number"]
                        yield BackDoor(importer, module, line)

    def _apps(self, graph: ImportGraph) -> list[str]:
        free: Any = self.free
        found = (module.removesuffix(".apps") for module in graph.modules if module.endswith(".apps"))
        return [app for app in found if not any(is_inside(app, package) for package in free)]

    def _may_import(self, importer: str, module: str, app: str) -> bool:
        makers: Any = self.makers
        return (
            is_inside(importer, app)
            or ".migrations." in importer
            or module in {f"{app}.public", f"{app}.api.public"}
            or (module == f"{app}.testing" and any(re.fullmatch(pattern, importer) for pattern in makers))
        )


def is_inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
