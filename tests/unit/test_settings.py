# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest
from pydantic import ValidationError

from affiche.settings import Settings


def test_everything_lies_under_home_unless_told_otherwise(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert settings.database == f"sqlite:///{tmp_path}/affiche.db"
    assert settings.storage == f"file://{tmp_path}/files"
    assert settings.server_key_file == tmp_path / "server.key"
    assert settings.url == "http://127.0.0.1:8700"
    assert settings.workers >= 1


def test_variables_are_read_and_handed_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = {
        "AFFICHE_HOME": str(tmp_path),
        "AFFICHE_DATABASE_URL": "postgresql://user:pass@host/name",
        "AFFICHE_PUBLIC_URL": "https://ads.example.com/",
        "AFFICHE_ALLOW_PRIVATE_TARGETS": "true",
        "AFFICHE_WORKERS": "3",
        "AFFICHE_SERVER_KEY": "ab" * 32,
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert (settings.database, settings.url) == ("postgresql://user:pass@host/name", "https://ads.example.com")
    assert (settings.allow_private_targets, settings.workers) == (True, 3)
    assert "pass" not in repr(settings)
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings


@pytest.mark.parametrize(
    "field",
    [
        {"database_url": "mysql://host/name"},
        {"storage_url": "ftp://host"},
        {"limits_url": "nonsense://host"},
        {"failed_state": 5},
        {"failed_state": 1},
        {"variants_per_size": 0},
        {"port": 70000},
        {"log_format": "xml"},
    ],
)
def test_settings_that_cannot_work_are_refused(field: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings(**field)  # type: ignore[arg-type]
