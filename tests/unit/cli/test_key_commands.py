# SPDX-License-Identifier: Apache-2.0
"""API keys and the standing of accounts, from the command line."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest


def test_a_key_is_printed_once(affiche: Callable[..., Any]) -> None:
    made = affiche("keys", "create", "--environment", "live", "--name", "Importer", "--json")
    assert made.code == 0, made.err
    assert re.fullmatch("aigen_live_[0-9A-Za-z]{32}", made.json["key"])
    listed = affiche("keys", "list", "--json")
    (one,) = listed.json
    assert one == {name: value for name, value in made.json.items() if name != "key"}
    assert (one["environment"], one["name"], one["state"], one["expires"]) == ("live", "Importer", "active", None)
    assert made.json["key"] not in listed.out + affiche("keys", "list").out


def test_people_see_the_key_and_a_warning(affiche: Callable[..., Any]) -> None:
    made = affiche("keys", "create", "-e", "sandbox", "-n", "CI")
    assert re.fullmatch("aigen_test_[0-9A-Za-z]{32}\n", made.out)
    assert "not shown again" in made.err
    assert re.search(r"aigen_test_\.\.\.\w{4}\s+CI", affiche("keys", "list").out)


def test_keys_are_switched_off_and_on(affiche: Callable[..., Any]) -> None:
    key = affiche("keys", "create", "-e", "live", "-n", "One", "--json").json["keyId"]
    for command, state in (("deactivate", "inactive"), ("reactivate", "active"), ("revoke", "revoked")):
        assert affiche("keys", command, key, "--json").json["state"] == state
        assert affiche("keys", "list", "--json").json[0]["state"] == state
    assert affiche("keys", "reactivate", key).code == 2
    assert affiche("keys", "delete", key).out == f"The key {key} (One) is deleted.\n"
    assert affiche("keys", "list", "--json").json == []
    assert "affiche keys create" in affiche("keys", "list").err


@pytest.mark.parametrize("command", ["deactivate", "reactivate", "revoke", "delete"])
def test_an_unknown_key_gets_a_sentence(affiche: Callable[..., Any], command: str) -> None:
    said = affiche("keys", command, uuid4())
    assert (said.code, "There is no API key" in said.err) == (2, True)


def test_a_key_may_have_an_end_and_an_owner(affiche: Callable[..., Any]) -> None:
    application = affiche("apps", "create", "--name", "Shop", "--json").json["applicationId"]
    options = ("--application", application, "--expires", "2100-01-31", "--json")
    made = affiche("keys", "create", "-e", "live", "-n", "One", *options).json
    assert (made["applicationId"], made["expires"]) == (application, "2100-01-31T00:00:00+00:00")
    assert affiche("keys", "list", "--application", uuid4(), "--json").json == []
    assert "in the future" in affiche("keys", "create", "-e", "live", "-n", "One", "--expires", "2001-01-31").err


def test_the_standing_of_an_application_is_listed(affiche: Callable[..., Any]) -> None:
    application = affiche("apps", "create", "--name", "Shop", "--json").json["applicationId"]
    said = affiche("apps", "standing", application, "payment-risk-restricted")
    assert said.out == f"Application {application} is now: payment-risk-restricted.\n"
    assert affiche("apps", "list", "--json").json[0]["standing"] == "payment_risk_restricted"
    assert "payment-risk-restricted" in affiche("apps", "list").out
    assert affiche("apps", "standing", application, "good", "--json").json["standing"] == "good"
    assert affiche("apps", "standing", uuid4(), "good").code == 2
