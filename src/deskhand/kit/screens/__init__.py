"""Record lists and simple record pages, declared once: search, facets, grouping, favourites, Kanban, pager, sheet."""

from deskhand.kit.screens.declarations import CellEdit, Column, EmptyState, Field, Filter, Group, Sheet, ViewLink
from deskhand.kit.screens.live import tell_lists
from deskhand.kit.screens.record import RECORD_ASIDES, RECORD_MARKS, RecordScreen
from deskhand.kit.screens.screen import ListScreen
from deskhand.kit.screens.state import ListState, searched

__all__ = [
    "RECORD_ASIDES",
    "RECORD_MARKS",
    "CellEdit",
    "Column",
    "EmptyState",
    "Field",
    "Filter",
    "Group",
    "ListScreen",
    "ListState",
    "RecordScreen",
    "Sheet",
    "ViewLink",
    "searched",
    "tell_lists",
]
