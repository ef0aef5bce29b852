"""Copies of an installation: what ``deskhand backup`` writes and ``deskhand restore`` reads.

An archive is a gzipped tar file of, in this order, ``manifest.json`` (of what), ``database.jsonl`` (rows, in words that
no database speaks alone, so that each can be restored into any other), ``secret_key`` (if wanted), ``files/…`` and
``contents.json`` (of each member how long it is, and its SHA-256). One that lacks its end was cut short.
"""
