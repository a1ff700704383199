# SPDX-License-Identifier: Apache-2.0
"""What an account may do, as its operator has decided."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from affiche.errors import AfficheError
from affiche.service.accounts.key_errors import AccountSuspended, EmailNotVerified, PaymentRiskRestricted


class Standing(StrEnum):
    """All but ``GOOD`` and ``NO_API_ACCESS`` lock API keys out; ``NO_API_ACCESS`` leaves them the sandbox."""

    GOOD = "good"
    EMAIL_NOT_VERIFIED = "email_not_verified"
    SUSPENDED = "account_suspended"
    PAYMENT_RISK = "payment_risk_restricted"
    NO_API_ACCESS = "api_access_not_enabled"


_REFUSALS: Final[Mapping[Standing, type[AfficheError]]] = {
    Standing.EMAIL_NOT_VERIFIED: EmailNotVerified,
    Standing.SUSPENDED: AccountSuspended,
    Standing.PAYMENT_RISK: PaymentRiskRestricted,
}


def require_good(standing: Standing) -> None:
    """Raises `EmailNotVerified`, `AccountSuspended` or `PaymentRiskRestricted`."""
    refusal = _REFUSALS.get(standing)
    if refusal is not None:
        raise refusal()
