# SPDX-License-Identifier: Apache-2.0
"""API keys on both databases: their life, who holds one, what accounts in bad standing may do."""

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from affiche.errors import AfficheError, InvalidInput
from affiche.service.accounts import key_errors
from affiche.service.accounts.errors import UnknownApplication
from affiche.service.accounts.key_values import VENDOR_CAPS, Environment, KeyHolder, KeyState, NewApiKey
from affiche.service.accounts.keys import OWN_ACCOUNT, ApiKeys, KeyCheck
from affiche.service.accounts.standing import Standing
from affiche.store.key_tables import ApiKeyRow
from tests.doubles.house import House
from tests.unit.service.conftest import Hands


def make(house: House, environment: Environment = Environment.LIVE, application: UUID | None = None) -> NewApiKey:
    return house.services.keys.create(environment, "Importer", application)


def holder(house: House, made: NewApiKey) -> KeyHolder:
    return house.services.key_check.holder(f"Bearer {made.key}")


@pytest.mark.parametrize(
    ("environment", "form"),
    [(Environment.LIVE, "aigen_live_[0-9A-Za-z]{32}"), (Environment.SANDBOX, "aigen_test_[0-9A-Za-z]{32}")],
)
def test_a_key_says_where_it_works_and_who_holds_it(house: House, environment: Environment, form: str) -> None:
    made = make(house, environment)
    assert re.fullmatch(form, made.key)
    found = holder(house, made)
    assert (found.application_id, found.key_id) == (OWN_ACCOUNT, made.about.key_id)
    assert (found.environment, found.standing) == (environment, Standing.GOOD)
    assert found.signing_secret == hashlib.sha256(made.key.encode()).hexdigest()


def test_the_text_of_a_key_is_stored_nowhere(house: House) -> None:
    made = make(house)
    with house.base.store.transaction() as session:
        (row,) = session.execute(sa.select(*ApiKeyRow.__table__.columns)).all()
    assert made.key not in str(row)
    assert made.key not in repr(made)
    assert house.services.keys.list()[0].hint == f"aigen_live_...{made.key[-4:]}"


def test_first_keys_made_at_once_share_one_account(house: House) -> None:
    with ThreadPoolExecutor(6) as threads:
        owners = {made.about.application_id for made in threads.map(lambda _: make(house), range(6))}
    assert owners == {OWN_ACCOUNT}
    assert len(house.services.applications.list()) == 1


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer  ", "Basic aigen_live_x", "aigen_live_x"])
def test_without_a_bearer_the_key_is_missing(house: House, header: str | None) -> None:
    with pytest.raises(key_errors.MissingApiKey):
        house.services.key_check.holder(header)


@pytest.mark.parametrize("key", ["x", "aigen_live_" + "0" * 32, "aigen_test_" + "\u00e9" * 400, "a b c"])
def test_unknown_and_malformed_keys_are_invalid(house: House, key: str) -> None:
    with pytest.raises(key_errors.InvalidApiKey):
        house.services.key_check.holder(f"Bearer {key}")


def test_the_word_bearer_is_read_in_any_case(house: House) -> None:
    made = make(house)
    assert house.services.key_check.holder(f"bearer   {made.key} ").key_id == made.about.key_id


def test_the_life_of_a_key(house: House) -> None:
    made, keys = make(house), house.services.keys
    assert keys.deactivate(made.about.key_id).state is KeyState.INACTIVE
    with pytest.raises(key_errors.ApiKeyInactive):
        holder(house, made)
    assert keys.reactivate(made.about.key_id).state is KeyState.ACTIVE
    holder(house, made)
    assert keys.revoke(made.about.key_id).state is KeyState.REVOKED
    with pytest.raises(key_errors.ApiKeyRevoked):
        holder(house, made)
    with pytest.raises(key_errors.NotReactivable, match="revoked"):
        keys.reactivate(made.about.key_id)
    keys.delete(made.about.key_id)
    assert keys.list() == []
    with pytest.raises(key_errors.InvalidApiKey):
        holder(house, made)
    for change in (keys.deactivate, keys.reactivate, keys.revoke, keys.delete):
        with pytest.raises(key_errors.UnknownApiKey):
            change(made.about.key_id)


def test_a_key_ends_at_its_date_even_if_it_is_active(house: House, clock: Hands) -> None:
    made = house.services.keys.create(Environment.LIVE, "One", expires=clock.now + timedelta(days=1))
    clock.pass_by(hours=23)
    holder(house, made)
    clock.pass_by(hours=1)
    with pytest.raises(key_errors.ApiKeyExpired):
        holder(house, made)
    with pytest.raises(key_errors.NotReactivable, match="expired"):
        house.services.keys.reactivate(made.about.key_id)
    with pytest.raises(InvalidInput, match="future"):
        house.services.keys.create(Environment.LIVE, "Two", expires=clock.now)


@pytest.mark.parametrize(
    ("standing", "refusal"),
    [
        (Standing.EMAIL_NOT_VERIFIED, key_errors.EmailNotVerified),
        (Standing.SUSPENDED, key_errors.AccountSuspended),
        (Standing.PAYMENT_RISK, key_errors.PaymentRiskRestricted),
    ],
)
def test_an_account_in_bad_standing_locks_its_keys_out(
    house: House, standing: Standing, refusal: type[AfficheError]
) -> None:
    application = house.services.applications.create("Shop").application_id
    made = make(house, Environment.SANDBOX, application)
    assert house.services.applications.set_standing(application, standing).standing is standing
    with pytest.raises(refusal):
        holder(house, made)
    house.services.applications.set_standing(application, Standing.GOOD)
    holder(house, made)


def test_without_api_access_the_sandbox_still_opens(house: House) -> None:
    application = house.services.applications.create("Shop").application_id
    house.services.applications.set_standing(application, Standing.NO_API_ACCESS)
    assert holder(house, make(house, Environment.SANDBOX, application)).standing is Standing.NO_API_ACCESS
    with pytest.raises(UnknownApplication):
        house.services.applications.set_standing(uuid4(), Standing.GOOD)


def test_keys_of_a_disabled_application_are_suspended(house: House) -> None:
    application = house.services.applications.create("Shop").application_id
    made = make(house, application=application)
    house.services.applications.disable(application)
    with pytest.raises(key_errors.AccountSuspended):
        holder(house, made)


def test_environments_that_are_not_served_and_keys_that_belie_theirs_do_not_match(house: House, clock: Hands) -> None:
    made = make(house, Environment.SANDBOX)
    with pytest.raises(key_errors.ApiKeyEnvironmentMismatch):
        KeyCheck(house.base.store, clock, [Environment.LIVE]).holder(f"Bearer {made.key}")
    with house.base.store.transaction() as session:
        session.execute(sa.update(ApiKeyRow).values(environment="live"))
    with pytest.raises(key_errors.ApiKeyEnvironmentMismatch):
        holder(house, made)


def test_an_account_has_five_active_keys_under_the_vendors_caps(house: House, clock: Hands) -> None:
    keys = ApiKeys(house.base.store, clock, VENDOR_CAPS)
    made = []
    for _ in range(5):
        made.append(keys.create(Environment.LIVE, "One"))
        clock.pass_by(hours=2)
    with pytest.raises(key_errors.TooManyKeys, match="5 active"):
        keys.create(Environment.SANDBOX, "Six")
    keys.deactivate(made[0].about.key_id)
    keys.create(Environment.LIVE, "Six")
    with pytest.raises(key_errors.TooManyKeys):
        keys.reactivate(made[0].about.key_id)
    keys.create(Environment.LIVE, "Another's", house.services.applications.create("Shop").application_id)


def test_keys_change_seldom_under_the_vendors_caps(house: House, clock: Hands) -> None:
    keys = ApiKeys(house.base.store, clock, VENDOR_CAPS)
    made = [keys.create(Environment.LIVE, "One").about.key_id for _ in range(5)]
    keys.revoke(made.pop())
    with pytest.raises(key_errors.TooManyKeyChanges, match="created 5 times"):
        keys.create(Environment.LIVE, "Six")
    for key_id in made:
        keys.deactivate(key_id)
    with pytest.raises(key_errors.TooManyKeyChanges, match="changed 10 times"):
        keys.reactivate(made[0])
    for key_id in made:
        keys.revoke(key_id)  # never refused
    for _ in range(15):
        clock.pass_by(hours=1)
        keys.delete(keys.create(Environment.LIVE, "More").about.key_id)
    clock.pass_by(hours=1)
    with pytest.raises(key_errors.TooManyKeyChanges, match="created 20 times"):
        keys.create(Environment.LIVE, "Too many in a day")


def test_keys_made_at_once_keep_to_the_cap(house: House, clock: Hands) -> None:
    keys = ApiKeys(house.base.store, clock, VENDOR_CAPS)

    def attempt(_: int) -> bool:
        try:
            keys.create(Environment.LIVE, "One")
        except (key_errors.TooManyKeys, key_errors.TooManyKeyChanges):
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(12))) == 5


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_names_are_1_to_200_characters(house: House, name: str) -> None:
    with pytest.raises(InvalidInput, match="1 to 200"):
        house.services.keys.create(Environment.LIVE, name)


def test_an_unknown_application_gets_no_key(house: House) -> None:
    with pytest.raises(UnknownApplication):
        make(house, application=uuid4())
