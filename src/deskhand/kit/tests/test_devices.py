from __future__ import annotations

import pytest

from deskhand.kit.devices import is_handheld, spoken_device

WINDOWS_EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
MAC_SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15"
PIXEL = "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words", "handheld"),
    [
        (WINDOWS_EDGE, "Edge on Windows", False),
        (MAC_SAFARI, "Safari on macOS", False),
        (PIXEL, "Chrome on Android", True),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux", False),
        ("curl/8.5", "Unknown device", False),
        ("", "Unknown device", False),
    ],
)
def test_a_device_is_called_what_people_call_it(agent: str, words: str, handheld: bool) -> None:
    assert (spoken_device(agent), is_handheld(agent)) == (words, handheld)
