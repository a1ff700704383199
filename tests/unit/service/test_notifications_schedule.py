# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime

import pytest

from affiche.service.notifications.schedule import (
    CALLBACK_RETRY_SECONDS,
    RETRY_SECONDS,
    asked_seconds,
    delay_after,
    is_delivered,
    is_final_refusal,
)

NOW = datetime(2026, 5, 4, 12, 0, 0, tzinfo=UTC)


def test_the_schedule_is_the_contract_s() -> None:
    assert RETRY_SECONDS == (5, 30, 120, 600, 1800)
    assert [delay_after(failures) for failures in range(1, 8)] == [5, 30, 120, 600, 1800, None, None]


def test_callbacks_have_a_longer_schedule() -> None:
    delays = [delay_after(failures, schedule=CALLBACK_RETRY_SECONDS) for failures in range(1, 7)]
    assert delays == [60, 300, 1800, 7200, 43200, None]


@pytest.mark.parametrize(("asked", "delay"), [(None, 30), (0, 30), (29, 30), (45, 45), (60, 60), (61, 60), (9e9, 60)])
def test_a_receiver_may_ask_for_up_to_twice_the_wait(asked: float | None, delay: float) -> None:
    assert delay_after(2, asked) == delay


def test_nobody_can_ask_for_more_attempts() -> None:
    assert delay_after(6, 1) is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("7", 7),
        (" 120 ", 120),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("\u0667", None),
        ("Mon, 04 May 2026 12:00:40 GMT", 40),
        ("Mon, 04 May 2026 14:00:40 +0200", 40),
        ("Mon, 04 May 2026 11:59:00 GMT", 0),
        ("Mon, 99 May 2026 11:59:00 GMT", None),
    ],
)
def test_what_a_retry_after_header_asks_for(header: str | None, seconds: float | None) -> None:
    assert asked_seconds(header, NOW) == seconds


def test_which_answers_deliver_and_which_refuse_for_good() -> None:
    delivered = {status for status in range(100, 600) if is_delivered(status)}
    final = {status for status in range(100, 600) if is_final_refusal(status)}
    assert delivered == set(range(200, 300))
    assert final == set(range(400, 500)) - {408, 425, 429}
