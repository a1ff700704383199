# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with a request for enhancements."""

from affiche.errors import AfficheError


class InvalidWebhookUrl(AfficheError):
    """The webhook is no public HTTPS URL."""

    code = "invalid_webhook_url"

    def __init__(self) -> None:
        super().__init__("The webhook URL must be a public HTTPS URL.")


class ContentPolicyViolation(AfficheError):
    """The instructions ask for what the operator does not allow."""

    code = "content_policy_violation"

    def __init__(self) -> None:
        super().__init__("The request contains content that is not allowed.")


class EnhancementNotFound(AfficheError):
    """The account has no such batch in the environment of the key."""

    code = "enhancement_not_found"

    def __init__(self) -> None:
        super().__init__("The enhancement was not found. Check the id and the key environment.")


class IdempotencyConflict(AfficheError):
    """The same idempotency key came with another body before."""

    code = "idempotency_conflict"

    def __init__(self) -> None:
        super().__init__("The idempotency key was already used with a different request body.")


class TooManyActiveEnhancements(AfficheError):
    """As many batches are being worked on as the limits allow."""

    code = "too_many_active_enhancements"

    def __init__(self) -> None:
        super().__init__("Another enhancement is still active. Wait until it has ended.")


class QueueUnavailable(AfficheError):
    """The batch could not be queued; nothing of it is left, and nothing is reserved."""

    code = "queue_unavailable"

    def __init__(self) -> None:
        super().__init__("The enhancement could not be queued. Retry later.")


class UnsupportedPrompt(AfficheError):
    """The studio cannot draw what a prompt describes; the message says what it can."""

    code = "unsupported_prompt"
