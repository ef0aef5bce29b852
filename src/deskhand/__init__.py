"""Deskhand: an open-source help desk for companies that sell and service things."""

__version__ = "0.1.0"
