"""What is loaded when it is first asked for, and not by every process from its start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls.resolvers import RoutePattern, URLResolver
from django.utils.module_loading import import_string


def later(name: str) -> Callable[..., HttpResponseBase]:
    """The view of that dotted name. Its module is imported at its first request.

    For rare pages with costly libraries. The view's own marks (``csrf_exempt``) do not show before.
    """

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found: HttpResponseBase = import_string(name)(request, *args, **kwargs)
        return found

    view.__name__ = view.__qualname__ = name.rpartition(".")[2]
    view.__module__ = name.rpartition(".")[0]
    return view


class LateRoutes(URLResolver):
    """Routes in a namespace that are not made before somebody asks for one of them."""

    def _populate(self) -> None:
        """Django looks through all routes for the name of one; here it would find none that has no namespace."""
        if "url_patterns" in self.__dict__:
            super()._populate()


class RoutesLater(LateRoutes):
    """The routes of a module, which is imported when somebody asks for an address below ``route``, or for one of its
    addresses by name."""

    def __init__(self, route: str, module: str, *, namespace: str) -> None:
        super().__init__(RoutePattern(route), module, app_name=namespace, namespace=namespace)
