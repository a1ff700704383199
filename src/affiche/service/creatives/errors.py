# SPDX-License-Identifier: Apache-2.0
"""What can go wrong when creatives are started, edited, followed and fetched. (Bad fields raise `InvalidInput`.)"""

from uuid import UUID

from affiche.errors import AfficheError, InvalidInput


class ProcessNotFound(AfficheError):
    """The user has no such process; ``process_id`` is None when the user has none at all."""

    code = "process_not_found"

    def __init__(self, user_id: UUID, process_id: UUID | None) -> None:
        shown = process_id or "N/A"
        super().__init__(f"ImageRenderProcess(ImageRenderProcessId: {shown}) was not found for the User: {user_id}")
        self.user_id = user_id
        self.process_id = process_id


class NoRunningProcess(AfficheError):
    """The application has neither a running nor a recently finished process."""

    code = "no_running_process"

    def __init__(self, application_id: UUID) -> None:
        super().__init__(f"No running ImageGenerationProgress found for the ApplicationId: {application_id}")
        self.application_id = application_id


class TaskNotFound(AfficheError):
    """At least one task does not exist for this application and user."""

    code = "task_not_found"

    def __init__(self, task_id: UUID) -> None:
        super().__init__(f"Task {task_id} was not found.")
        self.task_id = task_id


class TasksNotEditable(AfficheError):
    """The tasks belong to several processes, or to one that is still running."""

    code = "tasks_not_editable"


class UnreadablePicture(InvalidInput):
    """An uploaded file is not a picture that we can read; ``field`` is ``photo`` or ``logo``."""

    code = "unreadable_picture"


class ImageContentNotFound(AfficheError):
    """There is no finished image for this task, process and application."""

    code = "image_content_not_found"

    def __init__(self) -> None:
        super().__init__("Image content not found.")


class DocumentNotDrawn(AfficheError):
    """A file that had to be made for a download could not be made; the message says why."""

    code = "document_not_drawn"


class ScoreNotFound(AfficheError):
    """There is no score for this task, process and application."""

    code = "score_not_found"


class ReceiptNotFound(AfficheError):
    """There is nothing to replay a task from."""

    code = "receipt_not_found"
