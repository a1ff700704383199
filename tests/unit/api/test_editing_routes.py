# SPDX-License-Identifier: Apache-2.0
"""Editing single creatives."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from affiche.images.colour import Colour
from affiche.service.creatives.errors import TaskNotFound, TasksNotEditable
from tests.unit.api.adcreative_wire import APPLICATION, EDIT, OTHER_TASK, TASK, USER, Pictures, refused


def test_an_edit_keeps_what_is_not_sent(client: TestClient, services: Any, pictures: Pictures) -> None:
    texts = {
        "applicationId": APPLICATION,
        "userId": USER,
        "taskIds": f'["{TASK}", "{OTHER_TASK}"]',
        "mainHeadline": "Main headline yeni",
        "fontIdentifier": "null",
        "color3Hex": "#abc",
        "punchline": "",
    }
    answer = client.post(EDIT, data=texts, files=pictures(backgroundImage=None))
    assert answer.status_code == 200, answer.text
    (request,) = services.creatives.edited
    assert request.task_ids == (UUID(TASK), UUID(OTHER_TASK))
    assert request.headline == "Main headline yeni"
    assert (request.punchline, request.font, request.colour1, request.photo) == (None, None, None, None)
    assert request.colour3 == Colour(170, 187, 204)
    assert request.logo is not None


@pytest.mark.parametrize(
    "encoded",
    [
        [("taskIds", TASK), ("TASKIDS", OTHER_TASK)],
        [("taskIds[]", TASK), ("taskIds[]", OTHER_TASK)],
        [("taskIds[0]", TASK), ("taskIds[1]", OTHER_TASK)],
        [("taskIds", f"{TASK},{OTHER_TASK}")],
        [("taskids", f'["{TASK}","{OTHER_TASK}"]')],
    ],
)
def test_the_list_of_tasks_in_every_encoding(client: TestClient, services: Any, encoded: list[tuple[str, str]]) -> None:
    parts = [("applicationId", APPLICATION), ("userId", USER), *encoded]
    answer = client.post(EDIT, files=[(name, (None, value)) for name, value in parts])
    assert answer.status_code == 200, answer.text
    assert services.creatives.edited[0].task_ids == (UUID(TASK), UUID(OTHER_TASK))


def test_missing_tasks_are_told_with_the_documented_key(client: TestClient) -> None:
    answer = client.post(EDIT, files={"applicationId": (None, APPLICATION), "userId": (None, USER)})
    assert answer.text == (
        '{"type":"https://tools.ietf.org/html/rfc7231#section-6.5.1",'
        '"title":"One or more validation errors occurred.","status":400,'
        '"errors":{"taskIds":["The TaskIds field is required."]}}'
    )


def test_all_wrong_fields_of_an_edit_are_told_in_camel_case(client: TestClient) -> None:
    answer = client.post(EDIT, data={"taskIds": "7", "color1Hex": "red", "actionText": "x" * 101})
    assert refused(answer) == {
        "applicationId": ["The ApplicationId field is required."],
        "userId": ["The UserId field is required."],
        "taskIds": ["The value '7' is not valid."],
        "actionText": ["The field ActionText must be a string with a maximum length of 100."],
        "color1Hex": ["The field Color1Hex is invalid."],
    }


@pytest.mark.parametrize(
    ("failure", "status"), [(TaskNotFound(UUID(TASK)), 404), (TasksNotEditable("Wait until it is complete."), 400)]
)
def test_domain_errors_of_an_edit(client: TestClient, services: Any, failure: Exception, status: int) -> None:
    services.creatives.failure = failure
    answer = client.post(EDIT, data={"applicationId": APPLICATION, "userId": USER, "taskIds": TASK})
    assert answer.status_code == status
    errors = answer.json()["errors"]
    assert list(errors) == ["engine: Editing/AdCreativesByTasks", "business: Editing/AdCreativesByTasks"]
    assert errors["engine: Editing/AdCreativesByTasks"] == [str(failure)]
