# SPDX-License-Identifier: Apache-2.0
"""Every error of the dialect: its status by class, and the one envelope that they all come in."""

import math
from collections.abc import Mapping
from typing import Any, Final

from affiche.errors import AfficheError
from affiche.service.accounts import key_errors
from affiche.service.credits.errors import AccessNotEnabled, InsufficientCredits
from affiche.service.enhancements.errors import (
    ContentPolicyViolation,
    EnhancementNotFound,
    IdempotencyConflict,
    InvalidWebhookUrl,
    QueueUnavailable,
    TooManyActiveEnhancements,
    UnsupportedPrompt,
)
from affiche.service.limits.errors import RateLimitExceeded, RateLimitUnavailable
from affiche.service.limits.values import Allowance


class InvalidPayload(AfficheError):
    """The body is not JSON, too large, or not what the endpoint takes."""

    code = "invalid_payload"

    def __init__(self) -> None:
        super().__init__("The request payload is invalid.")


class InvalidIdempotencyKey(AfficheError):
    """The header is missing, given twice or malformed."""

    code = "invalid_idempotency_key"

    def __init__(self) -> None:
        super().__init__(
            "The Idempotency-Key header must have 8 to 160 letters, digits, dots, underscores, colons or hyphens."
        )


class InvalidEnhancementId(AfficheError):
    """The id in the path is not a UUID."""

    code = "invalid_enhancement_id"

    def __init__(self) -> None:
        super().__init__("The enhancement id must be a UUID.")


class InvalidJobId(AfficheError):
    """The id in the path of a job is not a UUID."""

    code = "invalid_job_id"

    def __init__(self) -> None:
        super().__init__("The job id must be a UUID.")


class JobNotFound(AfficheError):
    """The account has no such job in the environment of the key."""

    code = "job_not_found"

    def __init__(self) -> None:
        super().__init__("The job was not found. Check the id and the key environment.")


class TooManyActiveJobs(AfficheError):
    """As many batches are being worked on as the limits allow."""

    code = "too_many_active_jobs"

    def __init__(self) -> None:
        super().__init__("Another job is still active. Wait until it has ended.")


class NotServed(AfficheError):
    """Nothing is served at the path."""

    code = "not_found"

    def __init__(self) -> None:
        super().__init__("There is no such endpoint.")


class MethodNotAllowed(AfficheError):
    """The path does not answer the method."""

    code = "method_not_allowed"

    def __init__(self) -> None:
        super().__init__("The endpoint does not answer this method.")


class Unexpected(AfficheError):
    """A fault of ours; the log has it under the same request id."""

    code = "unexpected"

    def __init__(self) -> None:
        super().__init__("An unexpected error occurred.")


STATUS: Final[Mapping[type[AfficheError], int]] = {
    InvalidPayload: 400,
    InvalidIdempotencyKey: 400,
    InvalidWebhookUrl: 400,
    InvalidEnhancementId: 400,
    InvalidJobId: 400,
    key_errors.MissingApiKey: 401,
    key_errors.InvalidApiKey: 401,
    key_errors.ApiKeyExpired: 401,
    key_errors.ApiKeyInactive: 401,
    key_errors.ApiKeyRevoked: 401,
    InsufficientCredits: 402,
    key_errors.ApiKeyEnvironmentMismatch: 403,
    key_errors.EmailNotVerified: 403,
    key_errors.AccountSuspended: 403,
    key_errors.PaymentRiskRestricted: 403,
    AccessNotEnabled: 403,
    EnhancementNotFound: 404,
    JobNotFound: 404,
    NotServed: 404,
    MethodNotAllowed: 405,
    IdempotencyConflict: 409,
    ContentPolicyViolation: 422,
    UnsupportedPrompt: 422,
    RateLimitExceeded: 429,
    TooManyActiveEnhancements: 429,
    TooManyActiveJobs: 429,
    RateLimitUnavailable: 500,
    Unexpected: 500,
    QueueUnavailable: 503,
}


def envelope(error: AfficheError, request_id: str) -> dict[str, Any]:
    return {"error": {"code": error.code, "message": str(error), "request_id": request_id}}


def headers_of(error: AfficheError, now: float) -> dict[str, str]:
    """What an answer with ``error`` says beside its body; ``now`` in Unix seconds."""
    if isinstance(error, RateLimitExceeded):
        wait = max(1, math.ceil(error.allowance.reset - now))
        return limit_headers(error.allowance) | {"Retry-After": str(wait)}
    return {"WWW-Authenticate": "Bearer"} if STATUS.get(type(error)) == 401 else {}


def limit_headers(allowance: Allowance | None) -> dict[str, str]:
    """What is left of a limit; nothing where nothing is limited."""
    if allowance is None:
        return {}
    return {
        "X-RateLimit-Limit": str(allowance.limit),
        "X-RateLimit-Remaining": str(allowance.remaining),
        "X-RateLimit-Reset": str(math.ceil(allowance.reset)),
    }
