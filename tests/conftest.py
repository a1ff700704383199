# SPDX-License-Identifier: Apache-2.0
"""Fixtures for all tests: settings in a fresh folder, databases (SQLite and PostgreSQL), storages (files and S3).

What a test needs and a machine may lack (a service, a program, a font) skips it by name, and fails it instead when
``CI`` is ``true``.
"""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from uuid import uuid4

import psycopg
import pytest
from moto.server import ThreadedMotoServer

from affiche.settings import Settings
from tests.requirements import missing

POSTGRESQL: Final = os.environ.get("TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
BUCKET: Final = "affiche-tests"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the developer's shell reaches a test."""
    for name in [name for name in os.environ if name.startswith("AFFICHE_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[str | None], str]]:
    """Makes a new PostgreSQL database, empty or like the one named, and returns its URL; all go away at the end."""
    made: list[str] = []

    def make(template: str | None = None) -> str:
        name = f"affiche_test_{uuid4().hex}"
        like = f' template "{template.rpartition("/")[2]}"' if template else ""
        try:
            with psycopg.connect(POSTGRESQL, autocommit=True, connect_timeout=3) as connection:
                connection.execute(f'create database "{name}"{like}'.encode())
        except psycopg.OperationalError:
            missing("PostgreSQL on 127.0.0.1:5432")
        made.append(name)
        return f"{POSTGRESQL.rpartition('/')[0]}/{name}"

    yield make
    if made:
        with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
            for name in made:
                connection.execute(f'drop database "{name}" with (force)'.encode())


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: Callable[[str | None], str]) -> str:
    """A database with all tables, to make others like it: that is much faster than to migrate each."""
    from affiche.jobs.dbos_jobs import migrate_jobs
    from affiche.store.engine import open_engine
    from affiche.store.migrate import migrate

    url = postgresql(None)
    engine = open_engine(url)
    migrate(engine)
    migrate_jobs(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a moto server that speaks S3."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = ThreadedMotoServer("127.0.0.1", port)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def s3_environment(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The ``AWS_*`` variables for the moto server, where the bucket exists; they are set for the test too."""
    import boto3  # type: ignore[import-untyped]

    variables = {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": s3_server,
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    boto3.client("s3", endpoint_url=s3_server, region_name="us-east-1").create_bucket(Bucket=BUCKET)
    return variables


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables; the test runs once for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'home' / 'affiche.db'}"
    made: str = request.getfixturevalue("postgresql")(None)
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without rows; the test runs once for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'home' / 'affiche.db'}"
    template = request.getfixturevalue("migrated_postgresql")
    made: str = request.getfixturevalue("postgresql")(template)
    return made


@pytest.fixture(params=["files", "s3"])
def storage_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty storage; the test runs once for each kind."""
    if request.param == "files":
        return (tmp_path / "home" / "files").as_uri()
    request.getfixturevalue("s3_environment")
    return f"s3://{BUCKET}/{uuid4().hex}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def make_settings(home: Path) -> Callable[..., Settings]:
    """Settings for a fresh home, fast to react; the test's own fields come on top."""

    def make(**fields: object) -> Settings:
        chosen = {"home": home, "workers": 2, "lease_seconds": 1.0, "poll_seconds": 0.02, "drain_seconds": 4} | fields
        return Settings(**chosen)  # type: ignore[arg-type]

    return make
