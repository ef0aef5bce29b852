"""How the pages of tickets are asked for, and what they answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse


def page(name: str, *args: object) -> str:
    return reverse(f"tickets:{name}", args=args)


def words(response: HttpResponse) -> str:
    return response.content.decode()
