# SPDX-License-Identifier: Apache-2.0
"""Stopping batches from the command line."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from affiche.service.assembly import Services
from affiche.settings import Settings
from tests.doubles.enhancing import Workroom
from tests.doubles.house import House


def test_a_batch_is_cancelled(affiche: Callable[..., Any]) -> None:
    affiche("keys", "create", "-e", "live", "-n", "One")
    with Services.open(Settings()) as services:
        room = Workroom(House(Settings(), services.foundation, services))
        accepted = room.create(room.holder(), "https://x.example/1", "https://x.example/2")
    enhancement_id = accepted.enhancement.enhancement_id
    said = affiche("enhancements", "cancel", enhancement_id)
    assert said.out == f"Cancelled 2 pictures of the enhancement {enhancement_id}.\n"
    assert affiche("enhancements", "cancel", enhancement_id, "--json").json["cancelled"] == 0
    assert affiche("ledger", "check", "--json").json["held"] == 0


def test_an_unknown_batch_gets_a_sentence(affiche: Callable[..., Any]) -> None:
    said = affiche("enhancements", "cancel", uuid4())
    assert (said.code, "was not found" in said.err) == (2, True)
