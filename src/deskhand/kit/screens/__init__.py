"""Record lists and simple record pages, declared once: search, facets, grouping, pager, sheet."""

from deskhand.kit.screens.declarations import CellEdit, Column, EmptyState, Filter, Group, Sheet, ViewLink
from deskhand.kit.screens.record import RecordScreen
from deskhand.kit.screens.screen import ListScreen
from deskhand.kit.screens.state import ListState, searched

__all__ = [
    "CellEdit",
    "Column",
    "EmptyState",
    "Filter",
    "Group",
    "ListScreen",
    "ListState",
    "RecordScreen",
    "Sheet",
    "ViewLink",
    "searched",
]
