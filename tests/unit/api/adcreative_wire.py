# SPDX-License-Identifier: Apache-2.0
"""The addresses and ids that the tests of the AdCreative routes ask with, and the envelope of a refusal."""

from collections.abc import Callable
from typing import Any

APPLICATION = "71392f1c-e98c-4355-819a-96b793b70ea1"
USER = "ab51fc3d-c2eb-4260-a7c5-c9a8d73db7fe"
PROCESS = "1a95650c-ee4b-4ac9-98f6-e094e82ee1c8"
TASK, OTHER_TASK = "29bc5c5c-bea1-4ea2-8470-2cca008d0b93", "47bda5e5-8638-42cb-adac-3e7d67ee8c03"
START = "/api/v1/Image/Generation/AdCreativesByKind"
EDIT = "/api/v1/Image/Editing/AdCreativesByTasks"
USER_CHECK = "/api/v1/Image/Generation/CheckUserProgress"
APPLICATION_CHECK = "/api/v1/Image/Generation/CheckApplicationAllProgresses"
DOWNLOAD = "/api/v1/Image/Generation/Download"
CHANNEL = "/api/v1/NotificationChannel"
TOKEN = "/api/v1/Authorization/GenerateJwtToken"

Brief = Callable[..., dict[str, str]]
Pictures = Callable[..., dict[str, tuple[str, bytes, str]]]


def refused(answer: Any) -> dict[str, list[str]]:
    """The ``errors`` of a refused form, after a look at its envelope."""
    assert answer.status_code == 400, answer.text
    body = answer.json()
    assert list(body) == ["type", "title", "status", "errors"]
    errors: dict[str, list[str]] = body["errors"]
    return errors
