# SPDX-License-Identifier: Apache-2.0
from hypothesis import given
from hypothesis import strategies as st

from affiche.service.processes.states import TaskState, is_complete, percent, state_of_process

STATES = st.lists(st.sampled_from(TaskState), min_size=1, max_size=60)


@given(STATES)
def test_a_process_is_done_only_when_every_task_is(states: list[TaskState]) -> None:
    assert (state_of_process(states) is TaskState.DONE) == (set(states) == {TaskState.DONE})
    assert is_complete(states) == (TaskState.QUEUED not in states)
    assert (state_of_process(states) is TaskState.QUEUED) == (TaskState.QUEUED in states)


@given(st.integers(1, 1000), st.data())
def test_progress_is_whole_and_full_only_at_the_end(total: int, data: st.DataObject) -> None:
    finished = data.draw(st.integers(0, total))
    assert 0 <= percent(finished, total) <= 100
    assert (percent(finished, total) == 100) == (finished == total)


def test_progress_of_the_contracts_samples() -> None:
    assert [percent(4, 5), percent(8, 10), percent(1, 3), percent(0, 0)] == [80, 80, 33, 100]
