# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with accounts and their credentials."""

from uuid import UUID

from affiche.errors import AfficheError


class NotAuthenticated(AfficheError):
    """The token, key or secret is missing, wrong, expired, or belongs to another application. Deliberately vague."""

    code = "not_authenticated"

    def __init__(self) -> None:
        super().__init__("Token is missing, invalid or ApplicationId is not found in the token.")


class WrongJwtKey(AfficheError):
    """A token was asked for an unknown or disabled application, or with another JWT key than its own."""

    code = "wrong_jwt_key"

    def __init__(self, application_id: UUID) -> None:
        super().__init__(f"The applicationId {application_id} or its jwtPrivateKey is not valid.")
        self.application_id = application_id


class WrongRefreshToken(AfficheError):
    """The refresh token is unknown, expired, or was used more than the grace time ago."""

    code = "wrong_refresh_token"

    def __init__(self) -> None:
        super().__init__("The refreshToken is unknown, expired or already used; ask for a new token.")


class UnknownApplication(AfficheError):
    """No application has this id."""

    code = "unknown_application"

    def __init__(self, application_id: UUID) -> None:
        super().__init__(f"There is no application {application_id}; see 'affiche apps list'.")
        self.application_id = application_id
