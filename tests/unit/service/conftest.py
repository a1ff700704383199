# SPDX-License-Identifier: Apache-2.0
"""The use cases on both databases, with files as storage and without a worker."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from affiche.service.assembly import Foundation, Services
from affiche.settings import Settings
from tests.doubles.enhancing import Workroom
from tests.doubles.house import House
from tests.doubles.rendering import SKETCHER


class Hands:
    """A clock whose hands the test moves; no two readings are the same."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def house(database_url: str, make_settings: Callable[..., Settings], clock: Hands) -> Iterator[House]:
    settings = make_settings(database_url=database_url)
    with House.open(settings) as opened:
        base = opened.base
        timed = Foundation(base.store, base.blobs, base.jobs, base.box, clock)
        made = House(settings, timed, Services.on(timed, settings, SKETCHER))
        yield made
        made.services.renders.close()


@pytest.fixture
def room(house: House) -> Workroom:
    return Workroom(house)


@pytest.fixture
def metered(house: House) -> Workroom:
    """A room whose account has 200 purchased credits."""
    made = Workroom.furnished(house, credits="metered")
    house.services.ledger.grant(made.holder().application_id, 200)
    return made
