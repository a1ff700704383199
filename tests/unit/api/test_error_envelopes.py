# SPDX-License-Identifier: Apache-2.0
import json
from uuid import UUID

import pytest

from affiche.api.adcreative import errors
from affiche.errors import AfficheError
from affiche.service.channels.errors import NoActiveChannel
from affiche.service.creatives.errors import ProcessNotFound
from affiche.service.photoshoots.errors import NoCredits

TRACE = "00-5f1c0a9be27d4d3c8a6e4b7f90d21c33-9ab3c47d10e5f268-00"
SOMEONE = UUID("71392f1c-e98c-4355-819a-96b793b70ea1")


def test_the_layered_envelope_in_its_exact_order() -> None:
    found = errors.of_exception(NoActiveChannel(SOMEONE), "AdCreativesByKind", TRACE)
    assert found is not None
    status, body = found
    assert status == 404
    assert json.dumps(body) == json.dumps(
        {
            "errors": {
                "engine: Active": [
                    f"No active notification channel configurations found for Application {SOMEONE}.",
                ],
                "business: Active": [
                    f"Error getting active notification channel configurations for Application: {SOMEONE}",
                ],
            },
            "type": "https://tools.ietf.org/html/rfc7231#section-6.5.1",
            "title": "One or more errors occurred.",
            "status": 404,
            "detail": None,
            "instance": None,
            "extensions": {"traceId": TRACE},
        }
    )


@pytest.mark.parametrize(("process", "shown"), [(None, "N/A"), (UUID(int=5), str(UUID(int=5)))])
def test_a_missing_process_id_is_shown_as_not_available(process: UUID | None, shown: str) -> None:
    found = errors.of_exception(ProcessNotFound(SOMEONE, process), "CheckUserProgress", TRACE)
    assert found is not None
    text = f"ImageRenderProcess(ImageRenderProcessId: {shown}) was not found for the User: {SOMEONE}"
    assert found[1]["errors"] == {"engine: CheckUserProgress": [text], "business: CheckUserProgress": [text]}


def test_a_subclass_is_answered_as_its_parent_and_a_stranger_is_not_answered() -> None:
    class Special(NoActiveChannel):
        pass

    found = errors.of_exception(Special(SOMEONE), "X", TRACE)
    assert found is not None and found[0] == 404
    assert errors.of_exception(AfficheError("?"), "X", TRACE) is None


def test_braces_in_a_message_are_only_text() -> None:
    class Odd(NoActiveChannel):
        def __init__(self) -> None:
            super().__init__(SOMEONE)
            self.application_id = "{message} {0}"  # type: ignore[assignment]

    found = errors.of_exception(Odd(), "X", TRACE)
    assert found is not None and "{message} {0}." in json.dumps(found[1])


def test_form_query_and_photoshoot_validation_differ_in_order_and_place_of_the_trace_id() -> None:
    problems = {"taskId": ["The value 'x' is not valid."]}
    assert list(errors.form_invalid(problems)) == ["type", "title", "status", "errors"]
    preserved = errors.query_invalid(problems, TRACE, preserved=True)
    assert isinstance(preserved, dict)
    assert list(preserved) == ["$id", "type", "title", "status", "errors", "traceId"]
    assert json.dumps(preserved["errors"]) == json.dumps({"$id": "2"} | problems)
    plain = errors.query_invalid(problems, TRACE, preserved=False)
    assert isinstance(plain, dict)
    assert list(plain) == ["type", "title", "status", "errors", "traceId"]
    assert list(errors.photoshoot_invalid(problems, TRACE)) == ["errors", "type", "title", "status", "traceId"]


def test_a_fault_of_the_check_calls_has_the_documented_text() -> None:
    status, body = errors.fault("CheckUserProgress", TRACE)
    text = "An unexpected error occurred while checking image generation process."
    assert status == 500
    assert body["errors"] == {"engine: CheckUserProgress": [text], "business: CheckUserProgress": [text]}
    _, timed_out = errors.fault("CheckUserProgress", TRACE, timed_out=True)
    assert timed_out["errors"] == {"business: CheckUserProgress": ["A timeout occurred while processing the request."]}


def test_a_download_without_credits_says_so_in_the_documented_words() -> None:
    application = UUID("e790c565-d56a-4e32-b00a-66be90cfcd43")
    found = errors.of_exception(NoCredits(application, ever_had=False), "ProductGeneration/Download", TRACE)
    assert found is not None
    status, body = found
    assert status == 400
    assert body["errors"] == {
        "engine: ProductGeneration/Download": [
            (
                f"Error decreasing Api Key Credits for Application {application}. "
                "ErrorMessage: API Key Credits for Application does not exist."
            )
        ],
        "business: ProductGeneration/Download": ["Bad request error occurred while getting image content stream"],
    }
