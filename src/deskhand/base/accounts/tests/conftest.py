from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> None:
    """What the public does is counted in the cache."""
    cache.clear()
