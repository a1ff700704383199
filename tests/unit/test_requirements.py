# SPDX-License-Identifier: Apache-2.0
import pytest

from tests.requirements import missing


def test_what_is_missing_skips_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"A harp is not available \(apt install harp\)\."):
        missing("A harp", "apt install harp")


def test_what_is_missing_fails_a_test_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="A harp is not available, and CI=true requires it"):
        missing("A harp")
