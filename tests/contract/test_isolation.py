# SPDX-License-Identifier: Apache-2.0
"""Application B can neither read, edit, download nor list what application A made."""

from typing import Any

import pytest

EDIT = "/api/v1/Image/Editing/AdCreativesByTasks"
USER_CHECK = "/api/v1/Image/Generation/CheckUserProgress"
APPLICATION_CHECK = "/api/v1/Image/Generation/CheckApplicationAllProgresses"
DOWNLOAD = "/api/v1/Image/Generation/Download"
CHANNEL = "/api/v1/NotificationChannel"
NOT_AUTHENTICATED = "Token is missing, invalid or ApplicationId is not found in the token."


def test_b_cannot_follow_what_a_made(other: Any, finished: Any) -> None:
    for query in ({"userId": finished.user}, {"userId": finished.user, "imageRenderProcessId": finished.process}):
        answer = other.client.get(USER_CHECK, params=query)
        assert answer.status_code == 400
        assert "was not found for the User" in answer.text
        assert finished.tasks[0] not in answer.text


def test_b_cannot_list_what_a_made(other: Any, integrator: Any, finished: Any) -> None:
    answer = other.client.get(APPLICATION_CHECK, params={"applicationId": other.application_id})
    assert finished.process not in answer.text
    answer = other.client.get(APPLICATION_CHECK, params={"applicationId": integrator.application_id})
    assert (answer.status_code, NOT_AUTHENTICATED in answer.text) == (401, True)


@pytest.mark.parametrize("resolution", ["true", "false"])
def test_b_cannot_download_what_a_made(other: Any, integrator: Any, finished: Any, resolution: str) -> None:
    query = finished.query(finished.tasks[0]) | {"lowResolution": resolution}
    answer = other.client.get(DOWNLOAD, params=query | {"applicationId": other.application_id})
    assert answer.status_code == 404
    assert answer.json()["errors"]["engine: Generation/Download"] == ["Image content not found."]
    answer = other.client.get(DOWNLOAD, params=query | {"applicationId": integrator.application_id})
    assert answer.status_code == 401


def test_b_cannot_edit_what_a_made(other: Any, integrator: Any, finished: Any) -> None:
    fields = {"userId": finished.user, "taskIds": finished.tasks[0], "mainHeadline": "Taken over"}
    answer = other.client.post(EDIT, data=fields | {"applicationId": other.application_id})
    assert answer.status_code == 404
    assert list(answer.json()["errors"]) == [
        "engine: Editing/AdCreativesByTasks",
        "business: Editing/AdCreativesByTasks",
    ]
    answer = other.client.post(EDIT, data=fields | {"applicationId": integrator.application_id})
    assert answer.status_code == 401
    found = integrator.client.get(USER_CHECK, params={"userId": finished.user}).json()["$values"][0]
    assert (found["requestRenderState"], found["completedTaskCount"]) == (5, 5)


def test_a_mix_of_own_and_foreign_tasks_changes_nothing(other: Any, finished: Any, start: Any, wait: Any) -> None:
    own = wait(other, start(other))
    fields = {"applicationId": other.application_id, "userId": own.user, "taskIds": [own.tasks[0], finished.tasks[0]]}
    assert other.client.post(EDIT, data=fields).status_code == 404
    found = other.client.get(USER_CHECK, params={"userId": own.user}).json()["$values"][0]
    assert found["completedTaskCount"] == 5


def test_a_user_of_a_sees_nothing_of_another_user_of_a(integrator: Any, finished: Any, start: Any, wait: Any) -> None:
    second = wait(integrator, start(integrator))
    answer = integrator.client.get(USER_CHECK, params={"userId": second.user, "imageRenderProcessId": finished.process})
    assert answer.status_code == 400
    fields = {"applicationId": integrator.application_id, "userId": second.user, "taskIds": finished.tasks[0]}
    assert integrator.client.post(EDIT, data=fields).status_code == 404


def test_b_can_neither_see_nor_change_the_channels_of_a(other: Any, integrator: Any) -> None:
    query = {"applicationId": integrator.application_id}
    (channel,) = integrator.client.get(f"{CHANNEL}/All", params=query).json()
    own = {"applicationId": other.application_id}
    assert channel["id"] not in other.client.get(f"{CHANNEL}/All", params=own).text
    change = channel | own | {"isActive": False}
    assert other.client.put(CHANNEL, json=change).status_code == 404
    assert other.client.delete(CHANNEL, params=own | {"id": channel["id"]}).status_code == 404
    assert other.client.delete(CHANNEL, params=query | {"id": channel["id"]}).status_code == 401
    assert integrator.client.get(f"{CHANNEL}/All", params=query).json() == [channel]
