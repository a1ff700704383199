# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with API keys and with the accounts behind them."""

from datetime import datetime
from uuid import UUID

from affiche.errors import AfficheError


class KeyRefused(AfficheError):
    """The request does not prove who is asking."""


class MissingApiKey(KeyRefused):
    """There is no usable ``Authorization: Bearer`` header."""

    code = "missing_api_key"

    def __init__(self) -> None:
        super().__init__("An API key is required. Send the header Authorization: Bearer <api_key>.")


class InvalidApiKey(KeyRefused):
    """The key is malformed, unknown or deleted."""

    code = "invalid_api_key"

    def __init__(self) -> None:
        super().__init__("The API key is not valid.")


class ApiKeyExpired(KeyRefused):
    """The key's expiry date has passed."""

    code = "api_key_expired"

    def __init__(self) -> None:
        super().__init__("The API key has expired.")


class ApiKeyInactive(KeyRefused):
    """The key is deactivated for now."""

    code = "api_key_inactive"

    def __init__(self) -> None:
        super().__init__("The API key is not active.")


class ApiKeyRevoked(KeyRefused):
    """The key is revoked for good."""

    code = "api_key_revoked"

    def __init__(self) -> None:
        super().__init__("The API key has been revoked.")


class ApiKeyEnvironmentMismatch(AfficheError):
    """The key belongs to an environment that this server does not serve, or does not look like its own environment."""

    code = "api_key_environment_mismatch"

    def __init__(self) -> None:
        super().__init__("The API key belongs to another environment.")


class EmailNotVerified(AfficheError):
    """Nobody has verified the account's e-mail address."""

    code = "email_not_verified"

    def __init__(self) -> None:
        super().__init__("The email address of this account is not verified.")


class AccountSuspended(AfficheError):
    """The operator has locked the account out."""

    code = "account_suspended"

    def __init__(self) -> None:
        super().__init__("This account is suspended.")


class PaymentRiskRestricted(AfficheError):
    """The account has a billing or risk restriction."""

    code = "payment_risk_restricted"

    def __init__(self) -> None:
        super().__init__("This account has a billing or risk restriction.")


class UnknownApiKey(AfficheError):
    """No key in the list has this id."""

    code = "unknown_api_key"

    def __init__(self, key_id: UUID) -> None:
        super().__init__(f"There is no API key {key_id}; see 'affiche keys list'.")
        self.key_id = key_id


class NotReactivable(AfficheError):
    """A revoked or expired key stays so."""

    code = "not_reactivable"

    def __init__(self, key_id: UUID, state: str) -> None:
        super().__init__(f"The API key {key_id} is {state} and cannot be reactivated; create another one.")
        self.key_id = key_id


class TooManyKeys(AfficheError):
    """The account has as many active keys as the limits allow."""

    code = "too_many_keys"

    def __init__(self, cap: int) -> None:
        super().__init__(f"The account has {cap} active API keys already; deactivate or revoke one first.")
        self.cap = cap


class TooManyKeyChanges(AfficheError):
    """As much was done to the account's keys lately as the limits allow."""

    code = "too_many_key_changes"

    def __init__(self, what: str, cap: int, since: datetime) -> None:
        super().__init__(f"API keys of this account were {what} {cap} times since {since:%Y-%m-%d %H:%M}; try later.")
        self.cap = cap
