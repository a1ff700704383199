# SPDX-License-Identifier: Apache-2.0
import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import sqlalchemy as sa

from affiche.errors import InvalidInput
from affiche.service.accounts.errors import NotAuthenticated, UnknownApplication, WrongJwtKey
from affiche.store.base import Base
from affiche.store.tables import CredentialRow
from tests.doubles.house import House


def test_credentials_have_the_contracts_forms_and_differ(house: House) -> None:
    one, other = (house.services.applications.create(f" {name} ") for name in ("One", "Other"))
    for made in (one, other):
        assert re.fullmatch("[0-9a-f]{32}", made.api_key)
        assert re.fullmatch("[0-9a-f]{64}", made.api_secret)
        assert re.fullmatch("[0-9a-f]{128}", made.jwt_private_key)
        assert made.api_secret not in repr(made)
    assert len({one.api_key, other.api_key, one.application_id, other.application_id}) == 4
    assert [application.name for application in house.services.applications.list()] == ["One", "Other"]


def test_no_credential_lies_in_the_database_in_the_clear(house: House) -> None:
    made = house.services.applications.create("One")
    house.services.tokens.issue(made.application_id, made.jwt_private_key)
    with house.base.store.engine.connect() as connection:
        everything = "".join(
            str(row) for table in Base.metadata.sorted_tables for row in connection.execute(sa.select(table))
        )
    for secret in (made.api_key, made.api_secret, made.jwt_private_key):
        assert secret not in everything


def test_rotation_replaces_all_credentials_at_once(house: House) -> None:
    old = house.services.applications.create("One")
    tokens = house.services.tokens.issue(old.application_id, old.jwt_private_key)
    new = house.services.applications.rotate(old.application_id)
    assert (new.application_id, new.name) == (old.application_id, "One")
    with pytest.raises(NotAuthenticated):
        house.services.tokens.authenticate(tokens.access_token, old.api_key, old.api_secret)
    with pytest.raises(NotAuthenticated):
        house.services.tokens.authenticate(tokens.access_token, new.api_key, new.api_secret)
    with pytest.raises(WrongJwtKey):
        house.services.tokens.issue(old.application_id, old.jwt_private_key)
    fresh = house.services.tokens.issue(new.application_id, new.jwt_private_key)
    caller = house.services.tokens.authenticate(fresh.access_token, new.api_key, new.api_secret)
    assert caller.application_id == old.application_id


def test_rotations_at_the_same_time_leave_one_valid_credential(house: House) -> None:
    made = house.services.applications.create("One")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: house.services.applications.rotate(made.application_id), range(4)))
    with house.base.store.transaction() as session:
        query = sa.select(sa.func.count()).where(CredentialRow.revoked_at.is_(None))
        assert session.scalar(query) == 1


def test_a_disabled_application_is_locked_out(house: House) -> None:
    made = house.services.applications.create("One")
    tokens = house.services.tokens.issue(made.application_id, made.jwt_private_key)
    house.services.applications.disable(made.application_id)
    house.services.applications.disable(made.application_id)
    with pytest.raises(NotAuthenticated):
        house.services.tokens.authenticate(tokens.access_token, made.api_key, made.api_secret)
    with pytest.raises(WrongJwtKey):
        house.services.tokens.issue(made.application_id, made.jwt_private_key)
    assert [application.disabled for application in house.services.applications.list()] == [True]


def test_an_unknown_application_or_a_bad_name_is_refused(house: House) -> None:
    for act in (house.services.applications.rotate, house.services.applications.disable):
        with pytest.raises(UnknownApplication):
            act(uuid4())
    for name in ("", "  ", "x" * 201):
        with pytest.raises(InvalidInput):
            house.services.applications.create(name)
