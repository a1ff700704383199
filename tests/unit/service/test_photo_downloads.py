# SPDX-License-Identifier: Apache-2.0
"""Fetching product photos, and what that costs."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import numpy as np
import pikepdf
import pytest

from affiche.images.decode import decode_photo
from affiche.images.encode import ImageFormat, encode, thumbnail
from affiche.service.accounts.values import Caller
from affiche.service.assembly import Services
from affiche.service.assets.results import original_key, thumbnail_key
from affiche.service.creatives.errors import ImageContentNotFound
from affiche.service.creatives.values import DownloadedImage
from affiche.service.credits.credits import Credits
from affiche.service.credits.values import CreditTerms, Pool
from affiche.service.photoshoots.downloads import work_of
from affiche.service.photoshoots.errors import NoCredits, PhotoNotFound
from affiche.service.photoshoots.values import PhotoFormat, PhotoOrder, PhotoshootProgress
from tests.doubles.house import House
from tests.unit.service.test_photoshoots import rows

CANVAS = np.dstack([np.full((60, 160), shade, np.uint8) for shade in (30, 90, 160, 255)])
PNG, SMALL = encode(CANVAS, ImageFormat.PNG), thumbnail(CANVAS)


def finished(house: House, caller: Caller | None = None) -> PhotoshootProgress:
    """A photoshoot of one picture, done."""
    started = house.shoot(caller=caller or house.caller)
    (task,) = rows(house, started)
    house.draw_task(task)
    house.base.blobs.put(original_key(task.process_id, task.id, 1), PNG)
    house.base.blobs.put(thumbnail_key(task.process_id, task.id, 1), SMALL)
    return started


def fetch(
    house: House, started: PhotoshootProgress, format: PhotoFormat = PhotoFormat.PNG, *, low: bool = False
) -> DownloadedImage:
    (task,) = started.progress.tasks
    return house.services.photoshoots.download(
        Caller(started.progress.application_id), PhotoOrder(started.progress.process_id, task, low, format)
    )


def metered(house: House) -> House:
    settings = house.settings.model_copy(update={"credits": "metered"})
    return replace(house, settings=settings, services=Services.on(house.base, settings))


def balance(house: House) -> tuple[int, int, int]:
    for one in house.services.ledger.balances(house.caller.application_id):
        if one.pool is Pool.PURCHASED:
            return one.available, one.held, one.spent
    return 0, 0, 0


def test_what_is_stored_goes_out_byte_for_byte(house: House) -> None:
    started = finished(house)
    (task,) = started.progress.tasks
    original = fetch(house, started)
    assert (original.content, original.content_type, original.filename) == (PNG, "image/png", f"{task}.png")
    small = fetch(house, started, PhotoFormat.JPEG, low=True)
    assert (small.content, small.content_type, small.filename) == (SMALL, "image/jpeg", f"{task}.jpg")


def test_the_other_kind_is_made_of_what_is_stored(house: House) -> None:
    started = finished(house)
    as_jpeg = fetch(house, started, PhotoFormat.JPEG)
    assert (as_jpeg.content[:3], as_jpeg.content_type) == (b"\xff\xd8\xff", "image/jpeg")
    assert decode_photo(as_jpeg.content).shape == (60, 160, 3)
    as_png = fetch(house, started, PhotoFormat.PNG, low=True)
    assert as_png.content.startswith(b"\x89PNG")
    assert np.array_equal(decode_photo(as_png.content), decode_photo(SMALL))


@pytest.mark.parametrize("low", [False, True])
def test_a_pdf_holds_what_is_stored(house: House, low: bool) -> None:
    file = fetch(house, finished(house), PhotoFormat.PDF, low=low)
    assert (file.content_type, file.content[:8]) == ("application/pdf", b"%PDF-1.6")
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        (image,) = pdf.pages[0].images.values()
        raw = image.read_raw_bytes()
    assert raw == SMALL if low else raw in PNG


def test_strangers_and_unfinished_pictures_are_not_found(house: House) -> None:
    done, waiting = finished(house), house.shoot()
    with pytest.raises(PhotoNotFound):
        fetch(house, waiting)
    (task,) = done.progress.tasks
    for caller, process, wanted in (
        (house.new_caller(), done.progress.process_id, task),
        (house.caller, waiting.progress.process_id, task),
        (house.caller, done.progress.process_id, uuid4()),
    ):
        with pytest.raises(PhotoNotFound):
            house.services.photoshoots.download(caller, PhotoOrder(process, wanted))
    with pytest.raises(ImageContentNotFound):
        house.download(done.progress, task)


def test_a_picture_is_paid_for_once(house: House) -> None:
    open_for_sale = metered(house)
    started = finished(house)
    house.services.ledger.grant(house.caller.application_id, 3)
    assert balance(house) == (3, 0, 0)
    for format in PhotoFormat:
        fetch(open_for_sale, started, format)
        fetch(open_for_sale, started, format, low=True)
    assert balance(house) == (2, 0, 1)
    fetch(open_for_sale, finished(house))
    assert balance(house) == (1, 0, 2)
    assert house.services.ledger.check().findings == ()


def test_fetches_at_the_same_time_pay_once(house: House) -> None:
    open_for_sale = metered(house)
    started = finished(house)
    house.services.ledger.grant(house.caller.application_id, 5)
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda _: fetch(open_for_sale, started), range(12)))
    assert balance(house) == (4, 0, 1)


def test_without_credits_there_is_no_picture_and_no_trace(house: House) -> None:
    open_for_sale = metered(house)
    started = finished(house)
    with pytest.raises(NoCredits, match="API Key Credits for Application does not exist."):
        fetch(open_for_sale, started)
    house.services.ledger.grant(house.caller.application_id, 1, Pool.PROMOTIONAL)
    with pytest.raises(NoCredits):
        fetch(open_for_sale, started)
    assert balance(house) == (0, 0, 0)
    house.services.ledger.grant(house.caller.application_id, 1)
    assert fetch(open_for_sale, started).content == PNG
    assert fetch(open_for_sale, started).content == PNG
    with pytest.raises(NoCredits, match="API Key Credits for Application is not enough."):
        fetch(open_for_sale, finished(house))


def test_nothing_is_charged_for_a_file_that_is_gone(house: House) -> None:
    open_for_sale = metered(house)
    started = finished(house)
    house.services.ledger.grant(house.caller.application_id, 1)
    (task,) = started.progress.tasks
    house.base.blobs.delete([original_key(started.progress.process_id, task, 1)])
    with pytest.raises(PhotoNotFound):
        fetch(open_for_sale, started)
    assert balance(house) == (1, 0, 0)


def test_a_server_that_meters_nothing_asks_nothing(house: House) -> None:
    assert fetch(house, finished(house)).content == PNG
    assert balance(house) == (0, 0, 0)


def test_the_books_tell_of_photos_that_were_downloaded(house: House) -> None:
    started = finished(house)
    paying = metered(house)
    house.services.ledger.grant(house.caller.application_id, 3)
    fetch(paying, started)
    fetch(paying, started, PhotoFormat.JPEG)
    assert balance(house) == (2, 0, 1)
    assert paying.services.ledger.check().findings == ()


def test_a_charge_for_a_photo_that_nobody_downloaded_is_found_out(house: House) -> None:
    (task,) = finished(house).progress.tasks
    paying = metered(house)
    house.services.ledger.grant(house.caller.application_id, 3)
    with paying.base.store.transaction() as session:
        credits = Credits(paying.base.clock, CreditTerms(metered=True))
        credits.hold(session, house.caller.application_id, work_of(task), 2)
        credits.settle(session, work_of(task), work_of(task), 1)
    never, amount = paying.services.ledger.check().findings
    assert "was never downloaded" in never
    assert f"holds 2 for product photo {task}, but its end is: settle of 1" in amount
