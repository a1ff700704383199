# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with limits."""

from affiche.errors import AfficheError
from affiche.service.limits.values import Allowance


class RateLimitExceeded(AfficheError):
    """More was asked for in the hour than is allowed; ``allowance`` says how much and when it begins anew."""

    code = "rate_limit_exceeded"

    def __init__(self, allowance: Allowance) -> None:
        super().__init__("Rate limit exceeded.")
        self.allowance = allowance


class RateLimitUnavailable(AfficheError):
    """The limits cannot be checked, so nothing is let through."""

    code = "rate_limit_unavailable"

    def __init__(self) -> None:
        super().__init__("The rate limit could not be checked. Retry later.")
