from __future__ import annotations

from typing import Any

import pytest

from deskhand.kit.sealing import CannotUnseal, seal, unseal


def test_what_is_sealed_comes_out_again_and_looks_different_each_time() -> None:
    sealed = seal("Ærlig talt")

    assert unseal(sealed) == "Ærlig talt"
    assert "Ærlig" not in sealed
    assert seal("Ærlig talt") != sealed


def test_another_key_opens_nothing(settings: Any) -> None:
    sealed = seal("x")

    settings.SECRET_KEY = "another key, of another Deskhand"

    with pytest.raises(CannotUnseal):
        unseal(sealed)


def test_a_key_that_was_replaced_still_opens(settings: Any) -> None:
    sealed = seal("x")

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, of the same Deskhand"

    assert unseal(sealed) == "x"


def test_what_was_altered_is_not_opened() -> None:
    with pytest.raises(CannotUnseal):
        unseal(seal("x")[:-4] + "AAA=")
