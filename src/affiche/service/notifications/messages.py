# SPDX-License-Identifier: Apache-2.0
"""The notifications' JSON: PascalCase, in the contract's order. A message is serialised once, when its event is
recorded; its picture, which is too large to be kept twice, is set into that text whenever it is sent."""

import base64
import json
from typing import Any, Final

from affiche.service.processes.progress import Progress
from affiche.service.processes.states import TaskState
from affiche.store.tables import ProcessRow, TaskRow

TASK_COMPLETED_KEY: Final = "task.completed"
PROGRESS_KEY: Final = "progress.update"
MESSAGE_TYPE: Final = "MessageType"
_IMAGE: Final = "ImageContentBytes"
_NO_IMAGE: Final = f'"{_IMAGE}":null'.encode()


def task_completed(process: ProcessRow, task: TaskRow) -> dict[str, Any]:
    """The message of one finished task; its picture, if wanted, is filled in by `with_image`."""
    return {
        MESSAGE_TYPE: f"{process.message_family}TaskCompleted",
        "ApplicationId": str(process.application_id),
        "UserId": str(process.user_id),
        "ImageRenderProcessId": str(process.id),
        "TaskId": str(task.id),
        _IMAGE: None,
        "IsSuccessful": task.state == TaskState.DONE,
        "ErrorMessage": task.error_message,
    }


def progress_message(progress: Progress) -> dict[str, Any]:
    """The message of a process: the HTTP progress object in PascalCase."""
    return {
        MESSAGE_TYPE: progress.message_type,
        "RequestRenderState": progress.state,
        "ApplicationId": str(progress.application_id),
        "UserId": str(progress.user_id),
        "ImageRenderProcessId": str(progress.process_id),
        "TotalTaskCount": progress.total,
        "CompletedTaskCount": progress.completed,
        "Progress": progress.progress,
        "Tasks": {str(task): state for task, state in progress.tasks.items()},
        "RenderKind": progress.render_kind,
        "RenderType": progress.render_type,
        "IsSuccessful": progress.is_successful,
        "ErrorMessage": progress.error_message,
    }


def serialised(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def with_image(body: bytes, image: bytes) -> bytes:
    """The body of a finished task with its picture as base64. Inside a JSON string a quotation mark is escaped, so the
    only place that reads ``"ImageContentBytes":null`` is the property."""
    before, _, after = body.partition(_NO_IMAGE)
    return b"".join((before, f'"{_IMAGE}":"'.encode(), base64.b64encode(image), b'"', after))
