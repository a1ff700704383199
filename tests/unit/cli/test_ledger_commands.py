# SPDX-License-Identifier: Apache-2.0
"""Granting credits, reading the ledger, proving that it adds up."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from affiche.service.assembly import Foundation
from affiche.settings import Settings
from affiche.store.ledger_tables import CreditBalanceRow


@pytest.fixture
def application(affiche: Callable[..., Any]) -> str:
    return str(affiche("apps", "create", "--name", "Shop", "--json").json["applicationId"])


def test_a_grant_is_in_the_ledger(affiche: Callable[..., Any], application: str) -> None:
    granted = affiche("credits", "grant", application, 250, "--reference", "order 7", "--note", "paid", "--json")
    assert granted.json == {
        "applicationId": application,
        "kind": "purchased",
        "granted": 250,
        "available": 250,
        "held": 0,
        "spent": 0,
    }
    affiche("credits", "grant", application, 250, "--reference", "order 7")
    shown = affiche("ledger", "show", "--application", application, "--json").json
    assert shown["balances"] == [granted.json]
    (entry,) = shown["entries"]
    told = {name: entry[name] for name in ("key", "movement", "from", "to", "amount", "hold", "note")}
    assert told == {
        "key": "grant:order 7",
        "movement": "grant",
        "from": "issued",
        "to": "available",
        "amount": 250,
        "hold": None,
        "note": "paid",
    }


def test_people_see_balances_and_entries(affiche: Callable[..., Any], application: str) -> None:
    said = affiche("credits", "grant", application, 30, "--kind", "promotional")
    assert said.out == f"Application {application} has 30 promotional credits.\n"
    shown = affiche("ledger", "show").out
    assert re.search(rf"{application}\s+promotional\s+30\s+30\s+0\s+0", shown)
    assert re.search(r"promotional\s+grant\s+30\s+grant:", shown)


def test_an_empty_ledger_adds_up(affiche: Callable[..., Any]) -> None:
    assert affiche("ledger", "check", "--json").json == {
        "ok": True,
        "entries": 0,
        "spent": 0,
        "held": 0,
        "findings": [],
    }
    assert "no such entry" in affiche("ledger", "show").err


def test_books_that_do_not_add_up_end_with_1(affiche: Callable[..., Any], application: str) -> None:
    affiche("credits", "grant", application, 30)
    assert affiche("ledger", "check").out == "The ledger adds up: 1 entries, 0 credits spent, 0 held.\n"
    base = Foundation.open(Settings())
    with base.store.transaction() as session:
        session.execute(sa.update(CreditBalanceRow).values(available=31))
    base.close()
    said = affiche("ledger", "check")
    assert said.code == 1
    assert "available is 31, but its entries sum up to 30" in said.out
    assert affiche("ledger", "check", "--json").json["ok"] is False


def test_grants_that_cannot_be_made_get_a_sentence(affiche: Callable[..., Any], application: str) -> None:
    assert "There is no application" in affiche("credits", "grant", uuid4(), 5).err
    affiche("credits", "grant", application, 5, "--reference", "one")
    said = affiche("credits", "grant", application, 6, "--reference", "one")
    assert (said.code, "names another grant" in said.err) == (2, True)
