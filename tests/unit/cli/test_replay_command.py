# SPDX-License-Identifier: Apache-2.0
"""``affiche replay``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest

from affiche.cli import replay
from affiche.service.creatives.errors import ReceiptNotFound
from affiche.service.creatives.receipts import compared
from affiche.service.creatives.replay import Replayed

TASK = uuid4()
THEN = {
    "brief": "b" * 64,
    "seed": 2**63 - 1,
    "engine": {"affiche": "1.0"},
    "fonts": {"Inter 700": "f" * 64},
    "result": "a" * 64,
}


def replayed(**changes: Any) -> Replayed:
    now = THEN | changes
    return Replayed(TASK, THEN, now, tuple(compared(THEN, now)))


@pytest.fixture
def outcome(monkeypatch: pytest.MonkeyPatch) -> Callable[[Replayed], None]:
    def set_outcome(wanted: Replayed) -> None:
        def answer(task_id: UUID) -> Replayed:
            if task_id != TASK:
                raise ReceiptNotFound(f"There is no creative {task_id}.")
            return wanted

        @contextmanager
        def opened() -> Iterator[Any]:
            yield answer

        monkeypatch.setattr(replay, "_replays", opened)

    return set_outcome


def test_the_same_bytes_are_said_to_be_identical(affiche: Callable[..., Any], outcome: Any) -> None:
    outcome(replayed())
    said = affiche("replay", TASK)
    assert (said.code, said.out.strip()) == (0, f"byte-identical: {'a' * 64}")


def test_other_bytes_fail_with_what_moved(affiche: Callable[..., Any], outcome: Any) -> None:
    outcome(replayed(result="c" * 64, engine={"affiche": "1.1"}, fonts={}))
    said = affiche("replay", TASK)
    assert said.code == 1
    assert "byte-identical" not in said.out
    assert [line.split()[0] for line in said.out.splitlines()] == ["MOVED", "engine.affiche", "fonts.Inter", "result"]


def test_the_same_bytes_from_another_engine_are_still_identical(affiche: Callable[..., Any], outcome: Any) -> None:
    outcome(replayed(engine={"affiche": "1.1"}))
    said = affiche("replay", TASK)
    assert said.code == 0
    assert said.out.startswith("byte-identical")
    assert "engine.affiche" in said.out


def test_json_has_both_receipts(affiche: Callable[..., Any], outcome: Any) -> None:
    outcome(replayed(result="c" * 64))
    said = affiche("replay", TASK, "--json")
    assert said.code == 1
    assert said.json == {
        "taskId": str(TASK),
        "byteIdentical": False,
        "moved": [{"name": "result", "then": "a" * 64, "now": "c" * 64}],
        "receipt": THEN,
        "replay": THEN | {"result": "c" * 64},
    }


def test_an_unknown_task_is_told_in_a_sentence(affiche: Callable[..., Any], outcome: Any) -> None:
    outcome(replayed())
    other = uuid4()
    said = affiche("replay", other)
    assert said.code == 2
    assert f"There is no creative {other}." in said.err
