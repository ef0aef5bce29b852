from __future__ import annotations

from django.db import models


class KeptAnswer(models.Model):
    """The answer to a call that had an ``Idempotency-Key``, so that the same call sent again does nothing twice.

    ``caller`` is :attr:`deskhand.kit.api.callers.Caller.name`. ``request_hash`` is of method, address and body.
    ``status`` 0: the call is being answered.
    """

    caller = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    started_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="answered_once")]

    def __str__(self) -> str:
        return f"{self.caller}: {self.key}"
