# SPDX-License-Identifier: Apache-2.0
"""Every sample and every error of the AdCreative page, compared field by field with what a running server answers.

``matches`` compares the order of properties too; the words GUID, TRACE, TEXT and MOMENT stand for any value of that
form.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from affiche.store.tables import ProcessRow, TaskRow

START = "/api/v1/Image/Generation/AdCreativesByKind"
EDIT = "/api/v1/Image/Editing/AdCreativesByTasks"
USER_CHECK = "/api/v1/Image/Generation/CheckUserProgress"
APPLICATION_CHECK = "/api/v1/Image/Generation/CheckApplicationAllProgresses"
DOWNLOAD = "/api/v1/Image/Generation/Download"
TOKEN = "/api/v1/Authorization/GenerateJwtToken"
REFRESH = "/api/v1/Authorization/RefreshJwtToken"
CHANNEL = "/api/v1/NotificationChannel"

PLAIN = "https://tools.ietf.org/html/rfc7231#section-6.5.1"
BINDING = "https://tools.ietf.org/html/rfc9110#section-15.5.1"

Matches = Callable[[str, Any], None]


def layered(status: int, errors: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "errors": errors,
        "type": PLAIN,
        "title": "One or more errors occurred.",
        "status": status,
        "detail": None,
        "instance": None,
        "extensions": {"traceId": "TRACE"},
    }


def no_channel(application: str) -> dict[str, Any]:
    return layered(
        404,
        {
            "engine: Active": [
                f"No active notification channel configurations found for Application {application}.",
            ],
            "business: Active": [
                f"Error getting active notification channel configurations for Application: {application}",
            ],
        },
    )


def form_error(errors: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "type": PLAIN,
        "title": "One or more validation errors occurred.",
        "status": 400,
        "errors": errors,
    }


UNAUTHENTICATED = layered(401, {"business:": ["Token is missing, invalid or ApplicationId is not found in the token."]})


def progress(tasks: dict[str, int], *, state: int, completed: int, **ids: str) -> dict[str, Any]:
    return {
        "messageType": "ImageGenerationProgress",
        "requestRenderState": state,
        "applicationId": ids["application"],
        "userId": ids["user"],
        "imageRenderProcessId": ids["process"],
        "totalTaskCount": len(tasks),
        "completedTaskCount": completed,
        "progress": completed * 100 // len(tasks),
        "tasks": tasks,
        "renderKind": 1,
        "renderType": 2,
        "isSuccessful": True,
        "errorMessage": "",
    }


# Tokens


def test_a_token_is_issued_and_refreshed(integrator: Any, server: Any, matches: Matches) -> None:
    expected = {
        "$id": "1",
        "applicationId": integrator.application_id,
        "accessToken": "TEXT",
        "accessTokenExpiration": "MOMENT",
        "refreshToken": "TEXT",
        "refreshTokenExpiration": "MOMENT",
    }
    body = {"applicationId": f"urn:uuid:{integrator.application_id}", "jwtPrivateKey": integrator.jwt_private_key}
    headers = {"Content-Type": "application/json; x-api-version=1.0", "Accept": "application/json"}
    with httpx2.Client(base_url=server.url, headers=headers) as client:
        issued = client.post(TOKEN, json=body)
        matches(issued.text, expected)
        refreshed = client.post(REFRESH, json=body | {"refreshToken": issued.json()["refreshToken"]})
        matches(refreshed.text, expected)
        again = client.post(REFRESH, json=body | {"refreshToken": "bm90IGEgdG9rZW4="})
    assert refreshed.json()["refreshToken"] != issued.json()["refreshToken"]
    assert (again.status_code, next(iter(again.json()["errors"]))) == (400, "engine: RefreshJwtToken")


def test_a_wrong_jwt_key_is_a_bad_request(integrator: Any, server: Any, matches: Matches) -> None:
    body = {"applicationId": integrator.application_id, "jwtPrivateKey": "0" * 128}
    answer = httpx2.post(server.url + TOKEN, json=body)
    texts = answer.json()["errors"]
    assert answer.status_code == 400
    assert list(texts) == ["engine: GenerateJwtToken", "business: GenerateJwtToken"]
    matches(answer.text, layered(400, texts))


# AdCreativesByKind


def test_starting_answers_the_sample(integrator: Any, matches: Matches, brief: Any, pictures: Any) -> None:
    user = str(uuid4())
    answer = integrator.client.post(START, data=brief(integrator, userId=user), files=pictures())
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    body = answer.json()
    assert len(body["tasks"]) == 5
    tasks = dict.fromkeys(body["tasks"], 1)
    ids = {"application": integrator.application_id, "user": user, "process": "GUID"}
    matches(answer.text, progress(tasks, state=1, completed=0, **ids))


def test_missing_colour_and_logo_answer_the_sample(
    integrator: Any, matches: Matches, brief: Any, pictures: Any
) -> None:
    answer = integrator.client.post(START, data=brief(integrator, color1Hex=None), files=pictures("backgroundImage"))
    assert answer.status_code == 400
    matches(
        answer.text,
        form_error(
            {
                "Color1Hex": ["The Color1Hex field is required."],
                "BrandImage": ["The BrandImage field is required."],
            }
        ),
    )


def test_without_a_channel_the_sample_is_answered(stranger: Any, matches: Matches, brief: Any, pictures: Any) -> None:
    answer = stranger.client.post(START, data=brief(stranger), files=pictures())
    assert answer.status_code == 404
    matches(answer.text, no_channel(stranger.application_id))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", START),
        ("POST", EDIT),
        ("GET", USER_CHECK),
        ("GET", APPLICATION_CHECK),
        ("GET", DOWNLOAD),
        ("GET", f"{CHANNEL}/All"),
    ],
)
@pytest.mark.parametrize("missing", ["Authorization", "x-api-key", "x-api-secret"])
def test_missing_credentials_answer_the_sample(
    integrator: Any, server: Any, matches: Matches, method: str, path: str, missing: str
) -> None:
    headers = {name: value for name, value in integrator.headers.items() if name != missing}
    answer = httpx2.request(method, server.url + path, headers=headers)
    assert answer.status_code == 401
    matches(answer.text, UNAUTHENTICATED)


@pytest.mark.parametrize("header", ["Authorization", "x-api-key", "x-api-secret"])
def test_credentials_of_another_application_do_not_mix(
    integrator: Any, stranger: Any, server: Any, matches: Matches, header: str
) -> None:
    headers = integrator.headers | {header: stranger.headers[header]}
    answer = httpx2.get(server.url + APPLICATION_CHECK, headers=headers)
    assert answer.status_code == 401
    matches(answer.text, UNAUTHENTICATED)


@pytest.mark.parametrize("token", ["x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "ü"])
def test_forged_tokens_are_refused(integrator: Any, server: Any, matches: Matches, token: str) -> None:
    headers = integrator.headers | {"Authorization": f"Bearer {token}"}
    encoded = {name: value.encode() for name, value in headers.items()}
    answer = httpx2.get(server.url + APPLICATION_CHECK, headers=encoded)
    assert answer.status_code == 401
    matches(answer.text, UNAUTHENTICATED)


# CheckUserProgress


def test_a_users_progress_answers_the_sample(integrator: Any, finished: Any, matches: Matches) -> None:
    query = {"userId": finished.user, "imageRenderProcessId": finished.process}
    answer = integrator.client.get(USER_CHECK, params=query, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200
    ids = {"application": integrator.application_id, "user": finished.user, "process": finished.process}
    element = progress(dict.fromkeys(finished.tasks, 5), state=5, completed=5, **ids)
    element["tasks"] = {"$id": "3"} | element["tasks"]
    matches(answer.text, {"$id": "1", "$values": [{"$id": "2"} | element]})


def test_a_user_without_processes_is_a_bad_request(integrator: Any, matches: Matches) -> None:
    user = str(uuid4())
    text = f"ImageRenderProcess(ImageRenderProcessId: N/A) was not found for the User: {user}"
    answer = integrator.client.get(USER_CHECK, params={"userId": user})
    assert answer.status_code == 400
    matches(answer.text, layered(400, {"engine: CheckUserProgress": [text], "business: CheckUserProgress": [text]}))


def test_an_unknown_process_is_a_bad_request_that_names_it(integrator: Any, finished: Any, matches: Matches) -> None:
    process = str(uuid4())
    text = f"ImageRenderProcess(ImageRenderProcessId: {process}) was not found for the User: {finished.user}"
    answer = integrator.client.get(USER_CHECK, params={"userId": finished.user, "imageRenderProcessId": process})
    assert answer.status_code == 400
    matches(answer.text, layered(400, {"engine: CheckUserProgress": [text], "business: CheckUserProgress": [text]}))


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("check_user", USER_CHECK, "CheckUserProgress"),
        ("check_application", APPLICATION_CHECK, "CheckApplicationAllProgresses"),
    ],
)
def test_a_fault_answers_the_documented_text_and_logs_its_trace_id(
    integrator: Any,
    server: Any,
    matches: Matches,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    operation: str,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the database is on fire")

    monkeypatch.setattr(type(server.services.creatives), method, broken)
    trace = uuid4().hex
    answer = integrator.client.get(
        path,
        params={"userId": str(uuid4()), "applicationId": integrator.application_id},
        headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"},
    )
    text = "An unexpected error occurred while checking image generation process."
    expected = layered(500, {f"engine: {operation}": [text], f"business: {operation}": [text]})
    expected["type"] = "https://tools.ietf.org/html/rfc7231#section-6.6.1"
    assert answer.status_code == 500
    matches(answer.text, expected)
    assert answer.json()["extensions"]["traceId"].split("-")[1] == trace


# CheckApplicationAllProgresses


def test_an_applications_progress_answers_the_sample(integrator: Any, finished: Any, matches: Matches) -> None:
    answer = integrator.client.get(APPLICATION_CHECK, params={"applicationId": integrator.application_id})
    assert answer.status_code == 200
    assert answer.text.startswith('[{"messageType":"ImageGenerationProgress"')
    (found,) = [each for each in answer.json() if each["imageRenderProcessId"] == finished.process]
    ids = {"application": integrator.application_id, "user": finished.user, "process": finished.process}
    assert list(found.items()) == list(progress(dict.fromkeys(finished.tasks, 5), state=5, completed=5, **ids).items())


def test_an_application_without_processes_is_a_bad_request(newcomer: Any, matches: Matches) -> None:
    text = f"No running ImageGenerationProgress found for the ApplicationId: {newcomer.application_id}"
    answer = newcomer.client.get(APPLICATION_CHECK, params={"applicationId": newcomer.application_id})
    operation = "CheckApplicationAllProgresses"
    assert answer.status_code == 400
    matches(answer.text, layered(400, {f"engine: {operation}": [text], f"business: {operation}": [text]}))


# Download


@pytest.mark.parametrize(
    ("query", "content_type", "magic"),
    [
        ({}, "image/png", b"\x89PNG\r\n\x1a\n"),
        ({"lowResolution": "false"}, "image/png", b"\x89PNG\r\n\x1a\n"),
        ({"lowResolution": "true"}, "image/jpeg", b"\xff\xd8\xff"),
        ({"format": "png"}, "image/png", b"\x89PNG\r\n\x1a\n"),
        ({"format": "jpeg"}, "image/jpeg", b"\xff\xd8\xff"),
        ({"format": "webp"}, "image/webp", b"RIFF"),
        ({"format": "avif"}, "image/avif", b"\0\0\0\x1cftypavif"),
        ({"LOWRESOLUTION": "TRUE", "FORMAT": "PNG"}, "image/png", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_a_creative_is_downloaded(
    integrator: Any, finished: Any, query: dict[str, str], content_type: str, magic: bytes
) -> None:
    task = finished.tasks[0]
    answer = integrator.client.get(
        DOWNLOAD, params=finished.query(task) | query, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == content_type
    assert answer.content.startswith(magic)
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="{task}.')


def test_every_download_counts_on_the_task_and_on_the_process(
    integrator: Any, server: Any, start: Any, wait: Any
) -> None:
    made = wait(integrator, start(integrator, renderKind="128"))
    for task, times in ((made.tasks[0], 2), (made.tasks[1], 1)):
        for _ in range(times):
            assert integrator.client.get(DOWNLOAD, params=made.query(task)).status_code == 200
    integrator.client.get(DOWNLOAD, params=made.query(str(uuid4())))
    with server.services.foundation.store.transaction() as session:
        process = session.get(ProcessRow, UUID(made.process))
        counts = [session.get(TaskRow, UUID(task)).download_count for task in made.tasks]
    assert process.download_count == 3
    assert counts == [2, 1, 0, 0, 0]


def test_a_task_that_is_not_finished_has_no_image(integrator: Any, start: Any, matches: Matches) -> None:
    made = start(integrator, renderKind="1023")
    answer = integrator.client.get(DOWNLOAD, params=made.query(made.tasks[-1]))
    assert answer.status_code == 404
    matches(answer.text, image_not_found())


def test_a_shortened_task_id_answers_the_sample(integrator: Any, finished: Any, matches: Matches) -> None:
    wrong = finished.tasks[0][:-1]
    answer = integrator.client.get(DOWNLOAD, params=finished.query(wrong))
    assert answer.status_code == 400
    matches(
        answer.text,
        {
            "$id": "1",
            "type": BINDING,
            "title": "One or more validation errors occurred.",
            "status": 400,
            "errors": {"$id": "2", "taskId": [f"The value '{wrong}' is not valid."]},
            "traceId": "TRACE",
        },
    )


def image_not_found() -> dict[str, Any]:
    return layered(
        404,
        {
            "engine: Generation/Download": ["Image content not found."],
            "business: Generation/Download": ["Not found error occurred while getting original image content stream"],
        },
    )


def test_an_unknown_task_answers_the_sample(integrator: Any, finished: Any, matches: Matches) -> None:
    answer = integrator.client.get(DOWNLOAD, params=finished.query(str(uuid4())))
    assert answer.status_code == 404
    matches(answer.text, image_not_found())


# AdCreativesByTasks


def test_missing_task_ids_answer_the_sample(integrator: Any, matches: Matches) -> None:
    fields = {"applicationId": integrator.application_id, "userId": str(uuid4())}
    answer = integrator.client.post(EDIT, files={name: (None, value) for name, value in fields.items()})
    assert answer.status_code == 400
    matches(answer.text, form_error({"taskIds": ["The TaskIds field is required."]}))


def test_editing_without_a_channel_answers_the_sample(stranger: Any, matches: Matches) -> None:
    fields = {"applicationId": stranger.application_id, "userId": str(uuid4()), "taskIds": str(uuid4())}
    answer = stranger.client.post(EDIT, data=fields)
    assert answer.status_code == 404
    matches(answer.text, no_channel(stranger.application_id))


def test_an_edit_takes_the_progress_back_and_the_process_completes_again(
    integrator: Any, start: Any, wait: Any, matches: Matches, pictures: Any
) -> None:
    made = wait(integrator, start(integrator))
    before = integrator.client.get(DOWNLOAD, params=made.query(made.tasks[0])).content
    untouched = integrator.client.get(DOWNLOAD, params=made.query(made.tasks[4])).content
    fields = {
        "applicationId": integrator.application_id,
        "userId": made.user,
        "taskIds": made.tasks[:2],
        "mainHeadline": "Main headline yeni",
        "punchline": "Punchline yeni",
        "actionText": "Action text yeni",
        "description": "The description is the magnificant. yeni",
        "buttonIconClass": "fa-solid fa-angle-right",
        "fontIdentifier": "null",
        "color1Hex": "#fc2c2c",
        "color2Hex": "#002c2c",
        "color3Hex": "#cccccc",
    }
    answer = integrator.client.post(EDIT, data=fields, files=pictures())
    assert answer.status_code == 200, answer.text
    states = dict.fromkeys(made.tasks, 5) | dict.fromkeys(made.tasks[:2], 1)
    ids = {"application": integrator.application_id, "user": made.user, "process": made.process}
    matches(answer.text, progress(states, state=1, completed=3, **ids))
    again = wait(integrator, made)
    assert again.tasks == made.tasks
    assert integrator.client.get(DOWNLOAD, params=made.query(made.tasks[0])).content != before
    assert integrator.client.get(DOWNLOAD, params=made.query(made.tasks[4])).content == untouched


def test_a_running_process_cannot_be_edited(integrator: Any, start: Any, matches: Matches) -> None:
    made = start(integrator, renderKind="31")
    fields = {"applicationId": integrator.application_id, "userId": made.user, "taskIds": made.tasks[0]}
    answer = integrator.client.post(EDIT, data=fields)
    assert answer.status_code == 400
    texts = answer.json()["errors"]
    assert list(texts) == ["engine: Editing/AdCreativesByTasks", "business: Editing/AdCreativesByTasks"]
    matches(answer.text, layered(400, texts))
