# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from affiche.store.base import Moment

DIALECT = sqlite.dialect()


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=3)))))
def test_a_moment_comes_back_to_the_microsecond_as_utc(moment: datetime) -> None:
    assume(1 < moment.year < 9999)
    stored = Moment().process_bind_param(moment, DIALECT)
    read = Moment().process_result_value(stored, DIALECT)
    assert read == moment
    assert read is not None
    assert read.tzinfo is UTC


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        Moment().process_bind_param(datetime.now(UTC).replace(tzinfo=None), DIALECT)
