# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with credits."""

from affiche.errors import AfficheError


class InsufficientCredits(AfficheError):
    """Fewer purchased credits are available than the whole of the work costs."""

    code = "insufficient_api_credits"

    def __init__(self) -> None:
        super().__init__(
            "You do not have enough API-eligible credits to process this batch. "
            "API enhancements can only use purchased credits."
        )


class AccessNotEnabled(AfficheError):
    """The application has not yet purchased as many credits as live use asks for."""

    code = "api_access_not_enabled"

    def __init__(self) -> None:
        super().__init__("This account does not meet the credit requirement for live API access.")


class GrantConflict(AfficheError):
    """The reference names an earlier grant that was not the same."""

    code = "grant_conflict"

    def __init__(self, reference: str) -> None:
        super().__init__(f"The reference '{reference}' names another grant already; choose a new one.")
        self.reference = reference
