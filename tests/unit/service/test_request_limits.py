# SPDX-License-Identifier: Apache-2.0
"""Counting requests, in memory and in Redis."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import uuid4

import pytest
import redis

from affiche.service.limits.errors import RateLimitExceeded, RateLimitUnavailable
from affiche.service.limits.requests import RequestLimits
from affiche.service.limits.values import RequestRates
from tests.requirements import missing

REDIS = os.environ.get("TEST_REDIS", "redis://127.0.0.1:6379/0")
RATES = RequestRates(create=5, status=7)


@pytest.fixture
def redis_url() -> str:
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=2).ping()
    except redis.RedisError:
        missing("Redis on 127.0.0.1:6379")
    return REDIS


@pytest.fixture(params=["memory", "redis"])
def url(request: pytest.FixtureRequest) -> str:
    return "memory://" if request.param == "memory" else str(request.getfixturevalue("redis_url"))


def test_an_hour_has_so_many_requests(url: str) -> None:
    limits, key = RequestLimits(url, RATES), str(uuid4())
    left = []
    for _ in range(5):
        allowance = limits.count_create(key)
        assert allowance is not None
        left.append(allowance.remaining)
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(RateLimitExceeded) as caught:
        limits.count_create(key)
    allowance = caught.value.allowance
    assert (allowance.limit, allowance.remaining) == (5, 0)
    assert 3500 < allowance.reset - time.time() <= 3601
    assert limits.count_create(str(uuid4())) is not None
    assert limits.count_status(key) is not None


def test_what_has_no_rate_is_not_counted(url: str) -> None:
    assert RequestLimits(url, RATES).count_unauthenticated("10.0.0.1") is None


def test_requests_at_once_are_all_counted(url: str) -> None:
    limits, key = RequestLimits(url, RATES), str(uuid4())

    def attempt(_: int) -> bool:
        with suppress(RateLimitExceeded):
            return limits.count_create(key) is not None
        return False

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(30))) == 5


def test_servers_share_what_they_count_in_redis(redis_url: str) -> None:
    key = str(uuid4())
    for _ in range(5):
        RequestLimits(redis_url, RATES).count_create(key)
    with pytest.raises(RateLimitExceeded):
        RequestLimits(redis_url, RATES).count_create(key)


def test_a_store_that_is_away_lets_nothing_through() -> None:
    limits = RequestLimits("redis://127.0.0.1:1/0", RATES)
    with pytest.raises(RateLimitUnavailable):
        limits.count_create("key")
