"""Templates of which only what differs from page to page is drawn for each page.

Most of a template says the same every time: its text, and between it words to translate, icons and addresses of pages.
Each run of such nodes becomes one that is drawn once per language; addresses of records are found once and filled in.
Templates are written as always and draw the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.template import Context, Node, NodeList, Template
from django.template.base import FilterExpression, TextNode
from django.template.defaulttags import IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode

from deskhand.kit.addresses import record_address
from deskhand.kit.ui.icons import icon
from deskhand.kit.ui.languages import language


class Loader(cached.Loader):
    """Django's loader that keeps templates, which folds what it keeps."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        known = self.get_template_cache.get(self.cache_key(template_name, skip))
        template = super().get_template(template_name, skip)
        if template is not known:
            _fold(template.nodelist)
        return template


class FoldedNode(Node):
    """A run of nodes that draw the same on every page."""

    child_nodelists = ()

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._nodes = NodeList(nodes)
        self._drawn: dict[tuple[str, str], str] = {}

    def render(self, context: Context) -> str:
        key = language(), settings.ROOT_URLCONF
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._drawn[key] = self._nodes.render(context)
        return drawn

    render_annotated = render


class RecordUrlNode(Node):
    """``{% url "tickets:ticket" ticket.pk %}``: a route whose one argument is an id."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self._node = node
        self._pk = node.args[0]

    def render(self, context: Context) -> str:
        pk = self._pk.resolve(context)
        if type(pk) is not int:
            return str(self._node.render(context))
        url = record_address(self._node.view_name.var, pk)
        if not self._node.asvar:
            return url
        context[self._node.asvar] = url
        return ""


def _fold(nodes: NodeList) -> None:
    """In place, and all that stands in these nodes too; a list that is being drawn meanwhile is right before and
    after."""
    nodes[:] = _folded(nodes)
    for node in nodes:
        for inner in _lists_in(node):
            _fold(inner)


def _folded(nodes: NodeList) -> Iterator[Node]:
    drawing = (node for node in nodes if not isinstance(node, LoadNode))
    for is_same, run in groupby(drawing, key=_draws_the_same):
        found = list(run)
        if is_same and not all(isinstance(node, TextNode) for node in found):
            yield FoldedNode(found)
        else:
            yield from map(_quick, found)


def _quick(node: Node) -> Node:
    if isinstance(node, URLNode) and len(node.args) == 1 and not node.kwargs and _is_constant(node.view_name):
        return RecordUrlNode(node)
    return node


def _lists_in(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (nodelist for _condition, nodelist in node.conditions_nodelists)
    else:
        yield from (found for name in node.child_nodelists if (found := getattr(node, name, None)))


def _draws_the_same(node: Node) -> bool:
    if isinstance(node, TextNode):
        return True
    if isinstance(node, TranslateNode):
        return not node.asvar and _is_translated(node)
    if isinstance(node, URLNode):
        return not node.asvar and all(map(_is_constant, [node.view_name, *node.args, *node.kwargs.values()]))
    if isinstance(node, SimpleNode):
        return (
            node.func is icon
            and node.target_var is None
            and all(map(_is_constant, [*node.args, *node.kwargs.values()]))
        )
    return False


def _is_constant(value: FilterExpression) -> bool:
    return not value.is_var and not value.filters


def _is_translated(node: TranslateNode) -> bool:
    """Django makes a variable even of the words themselves, one without a name to look for."""
    words = node.filter_expression
    return words.var.lookups is None and not words.filters and node.message_context is None
