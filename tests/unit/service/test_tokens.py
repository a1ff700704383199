# SPDX-License-Identifier: Apache-2.0
import base64
import json
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from affiche.service.accounts import signing
from affiche.service.accounts.errors import NotAuthenticated, WrongJwtKey, WrongRefreshToken
from affiche.service.accounts.tokens import Tokens, TokenTerms
from affiche.service.accounts.values import Caller, IssuedTokens, NewApplication
from tests.doubles.house import House
from tests.unit.service.conftest import Hands


@dataclass
class Integrator:
    made: NewApplication
    tokens: Tokens

    def issue(self) -> IssuedTokens:
        return self.tokens.issue(self.made.application_id, self.made.jwt_private_key)

    def refresh(self, refresh_token: str) -> IssuedTokens:
        return self.tokens.refresh(self.made.application_id, self.made.jwt_private_key, refresh_token)

    def authenticate(self, access_token: str | None) -> Caller:
        return self.tokens.authenticate(access_token, self.made.api_key, self.made.api_secret)


@pytest.fixture
def integrator(house: House) -> Integrator:
    return Integrator(house.services.applications.create("One"), house.services.tokens)


def part(token: str, number: int) -> dict[str, object]:
    text = token.split(".")[number]
    read: dict[str, object] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return read


def test_a_token_says_whose_it_is_and_how_long(integrator: Integrator, clock: Hands) -> None:
    issued = integrator.issue()
    assert part(issued.access_token, 0) == {"alg": "HS256", "typ": "JWT"}
    claims = part(issued.access_token, 1)
    assert set(claims) == {"ApplicationId", "jti", "iat", "nbf", "exp", "iss", "aud"}
    assert claims["ApplicationId"] == str(integrator.made.application_id)
    assert (issued.access_expires - clock.now).total_seconds() == 24 * 3600
    assert (issued.refresh_expires - issued.access_expires).days == 7
    assert len(base64.b64decode(issued.refresh_token)) == 32
    assert len(issued.refresh_token) == 44
    assert integrator.authenticate(issued.access_token) == Caller(integrator.made.application_id)
    assert part(integrator.issue().access_token, 1)["jti"] != claims["jti"]


def test_a_token_ends_at_its_time(integrator: Integrator, clock: Hands) -> None:
    issued = integrator.issue()
    clock.pass_by(hours=23, minutes=59, seconds=58)
    integrator.authenticate(issued.access_token)
    clock.pass_by(seconds=4)
    with pytest.raises(NotAuthenticated):
        integrator.authenticate(issued.access_token)


def test_a_token_from_the_future_is_refused(integrator: Integrator, clock: Hands) -> None:
    clock.pass_by(hours=1)
    issued = integrator.issue()
    clock.pass_by(hours=-1)
    with pytest.raises(NotAuthenticated):
        integrator.authenticate(issued.access_token)


def test_a_wrong_key_or_application_gets_no_token(integrator: Integrator) -> None:
    for application_id, key in (
        (integrator.made.application_id, "0" * 128),
        (uuid4(), integrator.made.jwt_private_key),
        (integrator.made.application_id, ""),
    ):
        with pytest.raises(WrongJwtKey):
            integrator.tokens.issue(application_id, key)
        with pytest.raises(WrongJwtKey):
            integrator.tokens.refresh(application_id, key, "any")


def forged(integrator: Integrator, clock: Hands, **changes: object) -> str:
    """A token with some claims changed, signed with the right key."""
    from joserfc import jwt
    from joserfc.jwk import OctKey

    claims = part(integrator.issue().access_token, 1) | changes
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": "HS256"}, kept, OctKey.import_key(integrator.made.jwt_private_key))


@pytest.mark.parametrize(
    "changes",
    [
        {"ApplicationId": None},
        {"ApplicationId": "nonsense"},
        {"ApplicationId": str(UUID(int=1))},
        {"exp": None},
        {"exp": "soon"},
        {"iss": "somebody"},
        {"aud": "somebody"},
        {"ApplicationId": 5},
    ],
)
def test_a_token_with_other_claims_is_refused(integrator: Integrator, clock: Hands, changes: dict[str, object]) -> None:
    with pytest.raises(NotAuthenticated):
        integrator.authenticate(forged(integrator, clock, **changes))


def test_a_token_without_a_right_signature_is_refused(integrator: Integrator, clock: Hands) -> None:
    token = integrator.issue().access_token
    header, claims, signature = token.split(".")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    foreign = signing.sign(integrator.made.application_id, "0" * 128, clock.now, clock.now.replace(year=2999))
    for bad in (
        f"{header}.{claims}.",
        f"{unsigned}.{claims}.",
        f"{header}.{claims}.AAAA",
        "a.b.c",
        "x",
        "é",
        foreign,
        None,
        "",
    ):
        with pytest.raises(NotAuthenticated):
            integrator.authenticate(bad)


def test_all_three_credentials_must_be_of_one_application(house: House, integrator: Integrator) -> None:
    token, made = integrator.issue().access_token, integrator.made
    other = house.services.applications.create("Other")
    for key, secret in (
        (other.api_key, other.api_secret),
        (made.api_key, other.api_secret),
        (other.api_key, made.api_secret),
        (None, made.api_secret),
        (made.api_key, None),
        ("", ""),
        ("é", "é"),
    ):
        with pytest.raises(NotAuthenticated):
            house.services.tokens.authenticate(token, key, secret)


def test_an_operator_may_allow_keys_without_a_token(house: House, integrator: Integrator) -> None:
    base, made = house.base, integrator.made
    lenient = Tokens(base.store, base.box, base.clock, TokenTerms(api_key_only=True))
    assert lenient.authenticate(None, made.api_key, made.api_secret).application_id == made.application_id
    with pytest.raises(NotAuthenticated):
        lenient.authenticate("broken", made.api_key, made.api_secret)
    with pytest.raises(NotAuthenticated):
        lenient.authenticate(None, made.api_key, "wrong")


def test_a_refresh_token_works_once_and_a_minute_longer(integrator: Integrator, clock: Hands) -> None:
    first = integrator.issue()
    clock.pass_by(hours=30)
    second = integrator.refresh(first.refresh_token)
    assert integrator.authenticate(second.access_token)
    assert second.refresh_token != first.refresh_token
    clock.pass_by(seconds=59)
    assert integrator.refresh(first.refresh_token)
    clock.pass_by(seconds=2)
    with pytest.raises(WrongRefreshToken):
        integrator.refresh(first.refresh_token)
    assert integrator.refresh(second.refresh_token)


def test_a_refresh_token_ends_a_week_after_its_access_token(integrator: Integrator, clock: Hands) -> None:
    issued = integrator.issue()
    clock.pass_by(days=8, seconds=-1)
    integrator.refresh(issued.refresh_token)
    later = integrator.issue()
    clock.pass_by(days=8)
    for token in (later.refresh_token, "unknown", ""):
        with pytest.raises(WrongRefreshToken):
            integrator.refresh(token)


def test_a_refresh_token_is_no_good_for_another_application_or_after_rotation(
    house: House, integrator: Integrator
) -> None:
    issued = integrator.issue()
    other = Integrator(house.services.applications.create("Other"), house.services.tokens)
    with pytest.raises(WrongRefreshToken):
        other.refresh(issued.refresh_token)
    rotated = house.services.applications.rotate(integrator.made.application_id)
    with pytest.raises(WrongRefreshToken):
        Integrator(rotated, house.services.tokens).refresh(issued.refresh_token)


def test_a_caller_speaks_for_itself_only() -> None:
    mine = uuid4()
    Caller(mine).require(mine)
    with pytest.raises(NotAuthenticated):
        Caller(mine).require(uuid4())
