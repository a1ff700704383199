# SPDX-License-Identifier: Apache-2.0
"""Batches of product images through jobs, the guarded client and render processes."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import sqlalchemy as sa

from affiche.samples import sample_logo_png
from affiche.service.accounts.key_values import KeyHolder
from affiche.service.enhancements.values import Accepted, ItemStatus
from affiche.settings import Settings
from affiche.store.enhancement_tables import EnhancementItemRow, EnhancementRow
from tests.doubles.enhancing import Workroom
from tests.doubles.house import House, wait_for
from tests.doubles.rendering import SLOW

BUSY_BATCHES = 3
ITEMS = 20
NEWCOMERS_ITEMS = 2


@pytest.fixture
def source() -> Iterator[str]:
    """Where there is a picture."""
    picture = sample_logo_png()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(picture)))
            self.end_headers()
            self.wfile.write(picture)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.server_port}/photo.png"
    server.shutdown()
    server.server_close()


@pytest.fixture
def house(database_url: str, storage_url: str, make_settings: Callable[..., Settings]) -> Iterator[House]:
    own = make_settings(database_url=database_url, storage_url=storage_url, allow_private_targets=True, workers=1)
    with House.open(own) as opened:
        yield opened


def finished(house: House, holder: KeyHolder) -> int:
    """How many items of an account are done."""
    query = sa.select(sa.func.count()).select_from(EnhancementItemRow).join(EnhancementRow)
    query = query.where(
        EnhancementRow.application_id == holder.application_id, EnhancementItemRow.status == ItemStatus.COMPLETED
    )
    with house.base.store.transaction() as session:
        return session.scalar(query) or 0


def order(room: Workroom, holder: KeyHolder, source: str, items: int) -> Accepted:
    return room.create(holder, *[source] * items, instructions=SLOW)


def test_a_small_batch_need_not_wait_behind_the_large_ones_of_another_account(house: House, source: str) -> None:
    crowded, quiet = Workroom(house), Workroom(house)
    busy, newcomer = crowded.holder(), quiet.holder()
    for _ in range(BUSY_BATCHES):
        order(crowded, busy, source, ITEMS)
    order(quiet, newcomer, source, NEWCOMERS_ITEMS)
    with house.working():
        wait_for(lambda: finished(house, newcomer) == NEWCOMERS_ITEMS)
        ahead = finished(house, busy)
        wait_for(lambda: finished(house, busy) == BUSY_BATCHES * ITEMS)
    # In turns it is its own items and what had been fetched before; behind each other it were all of the other's.
    assert ahead <= BUSY_BATCHES * ITEMS // 2
