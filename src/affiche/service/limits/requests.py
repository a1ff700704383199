# SPDX-License-Identifier: Apache-2.0
"""Counting requests per hour, in memory or in Redis."""

from typing import Any, Final

from limits import RateLimitItemPerHour
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from affiche.service.limits.errors import RateLimitExceeded, RateLimitUnavailable
from affiche.service.limits.values import Allowance, RequestRates

_NAMESPACE: Final = "affiche"
_PATIENCE_SECONDS: Final = 1.0


class RequestLimits:
    """Fixed windows of an hour, as the vendor's ``X-RateLimit-Reset`` has it. ``url`` is ``memory://``, which each
    process counts for itself, or ``redis://host``, which they share."""

    def __init__(self, url: str, rates: RequestRates) -> None:
        patience: dict[str, Any] = {}
        if not url.startswith("memory:"):
            patience = {"socket_timeout": _PATIENCE_SECONDS, "socket_connect_timeout": _PATIENCE_SECONDS}
        self._storage = storage_from_string(url, wrap_exceptions=True, **patience)
        self._limiter = FixedWindowRateLimiter(self._storage)
        self._rates = rates

    def count_create(self, key: str) -> Allowance | None:
        """Count a request to create; None if nobody limits them. Raises `RateLimitExceeded`, `RateLimitUnavailable`."""
        return self._count("create", self._rates.create, key)

    def count_status(self, key: str) -> Allowance | None:
        """Count a look at something. Raises as `count_create` does."""
        return self._count("status", self._rates.status, key)

    def count_unauthenticated(self, address: str) -> Allowance | None:
        """Count a request without a valid key. Raises as `count_create` does."""
        return self._count("unauthenticated", self._rates.unauthenticated, address)

    def check(self) -> None:
        """Raises `RateLimitUnavailable` if nothing can be counted now."""
        if not self._storage.check():
            raise RateLimitUnavailable

    def _count(self, what: str, rate: int | None, who: str) -> Allowance | None:
        if rate is None:
            return None
        item = RateLimitItemPerHour(rate, namespace=_NAMESPACE)
        try:
            allowed = self._limiter.hit(item, what, who)
            window = self._limiter.get_window_stats(item, what, who)
        except StorageError as error:
            raise RateLimitUnavailable from error
        allowance = Allowance(rate, max(0, window.remaining), window.reset_time)
        if not allowed:
            raise RateLimitExceeded(allowance)
        return allowance
