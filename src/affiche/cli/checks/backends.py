# SPDX-License-Identifier: Apache-2.0
"""Settings, database, storage, server key and broker. Nothing is made: a folder that is not there yet is no fault."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from pydantic import ValidationError

from affiche.cli.checks.findings import Finding, State
from affiche.cli.configuration import masked_url
from affiche.cli.faults import sentence
from affiche.engines.painter import available, device
from affiche.engines.scene_weights import SceneWeights, UnusableSceneModel
from affiche.service.limits.requests import RequestLimits
from affiche.service.limits.values import VENDOR_RATES
from affiche.settings import Settings
from affiche.store.blobs import open_blobs
from affiche.store.engine import database_url, open_engine

_PATIENCE_SECONDS: Final = 5.0
_OWNER_ONLY: Final = 0o077


def findings(broker: str | None = None) -> Iterator[Finding]:
    try:
        settings = Settings()
    except ValidationError as error:
        yield Finding("Settings", State.BROKEN, sentence(error) or "", "No command that needs a database works.")
        return
    yield _home(settings.home)
    yield _database(settings)
    yield _storage(settings)
    yield _limits(settings)
    yield _server_key(settings)
    yield _scene_model(settings.scene_model)
    yield _broker(broker)


def _home(home: Path) -> Finding:
    cost = "Uploads cannot be received; set AFFICHE_HOME to a folder that this user may write."
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        return Finding("Home", State.BROKEN, f"{home} cannot be written", cost)
    return Finding("Home", State.OK, str(home) if existing == home else f"{home} (made at the first start)")


def _database(settings: Settings) -> Finding:
    shown = masked_url(settings.database)
    cost = "The server does not start; check AFFICHE_DATABASE_URL."
    url = database_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return Finding("Database", State.OK, f"{shown} (made at the first start)")
    engine = open_engine(settings.database)
    try:
        with engine.connect() as connection:
            connection.execute(sa.text("select 1"))
            version = ".".join(map(str, engine.dialect.server_version_info or ()))
    except Exception as error:
        return Finding("Database", State.BROKEN, f"{shown}: {sentence(error) or error}", cost)
    finally:
        engine.dispose()
    return Finding("Database", State.OK, f"{shown} ({engine.dialect.name} {version})")


def _storage(settings: Settings) -> Finding:
    shown = masked_url(settings.storage)
    cost = "Pictures can be neither stored nor fetched; check AFFICHE_STORAGE_URL and the AWS_* variables."
    if settings.storage == (settings.home / "files").as_uri() and not settings.home.exists():
        return Finding("Storage", State.OK, f"{shown} (made at the first start)")
    try:
        open_blobs(settings.storage, dict(os.environ)).check()
    except Exception as error:
        return Finding("Storage", State.BROKEN, f"{shown}: {type(error).__name__}: {error}", cost)
    return Finding("Storage", State.OK, shown)


def _limits(settings: Settings) -> Finding:
    if settings.limits == "off":
        return Finding("Limits", State.OK, "off (AFFICHE_LIMITS=vendor limits clients as the vendor does)")
    shown = masked_url(settings.limits_url.get_secret_value())
    try:
        RequestLimits(settings.limits_url.get_secret_value(), VENDOR_RATES).check()
    except Exception as error:
        cost = "Every request to the enhancement API is refused; check AFFICHE_LIMITS_URL."
        return Finding("Limits", State.BROKEN, f"{shown}: {sentence(error) or error}", cost)
    return Finding("Limits", State.OK, f"{settings.limits}, counted in {shown}")


def _server_key(settings: Settings) -> Finding:
    file = settings.server_key_file
    if settings.server_key.get_secret_value():
        return Finding("Server key", State.OK, "from AFFICHE_SERVER_KEY")
    if not file.exists():
        return Finding("Server key", State.OK, f"{file} (made at the first start)")
    if file.stat().st_mode & _OWNER_ONLY:
        cost = f"Other users of this machine can read stored secrets; run: chmod 600 {file}"
        return Finding("Server key", State.LACKING, f"{file} is readable by others", cost)
    return Finding("Server key", State.OK, str(file))


def _scene_model(folder: str) -> Finding:
    if not folder:
        return Finding("Scene model", State.OK, "none (AFFICHE_SCENE_MODEL paints what the studio cannot draw)")
    cost = "Prompts that the studio cannot draw fail; check AFFICHE_SCENE_MODEL."
    try:
        weights = SceneWeights.at(Path(folder).expanduser())
    except UnusableSceneModel as error:
        return Finding("Scene model", State.BROKEN, str(error), cost)
    if not available():
        return Finding(
            "Scene model", State.BROKEN, "torch or diffusers is missing: pip install 'affiche[neural]'", cost
        )
    return Finding(
        "Scene model", State.OK, f"{folder} ({weights.family.name}, {weights.size / 1e9:.1f} GB, on {device()})"
    )


def _broker(url: str | None) -> Finding:
    if url is None:
        detail = (
            "not asked for; each RabbitMQ channel names its own broker (try one: affiche doctor --broker amqp://...)"
        )
        return Finding("Broker", State.OK, detail)
    try:
        asyncio.run(_knock(url))
    except Exception as error:
        cost = "Notifications to RabbitMQ channels at this broker are tried again and then given up."
        return Finding("Broker", State.BROKEN, f"{masked_url(url)}: {type(error).__name__}: {error}", cost)
    return Finding("Broker", State.OK, masked_url(url))


async def _knock(url: str) -> None:
    """Connect, open a channel, leave."""
    import aio_pika

    connection = await aio_pika.connect(url, timeout=_PATIENCE_SECONDS)
    async with connection:
        await connection.channel()
