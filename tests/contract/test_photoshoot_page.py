# SPDX-License-Identifier: Apache-2.0
"""Every sample and every error of the Product Photoshoot page, compared field by field with what a running server
answers."""

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx2
import numpy as np
import pikepdf
import pytest

from affiche.images.decode import decode_photo
from affiche.images.png import png_rgba
from affiche.images.probe import probe
from affiche.studio.presets import PRESETS

FAMILY = "/api/v1/Image/ProductGeneration"
PLAIN = "https://tools.ietf.org/html/rfc7231#section-6.5.1"
BINDING = "https://tools.ietf.org/html/rfc9110#section-15.5.1"
DOCUMENTED = [
    "on_platform_natural_beige_background",
    "thanksgiving_rustic_scene",
    "white_background",
    "white_pink_yellow_gradient_background_monochrome",
    "mid_century_modern_office",
    "natural_beige_background",
    "light_grey_background",
    "light_blue_background",
    "gray_shadowy_room_sunlight_streaming_studio",
    "gray_shadowy_room_sunlight_streaming_neutral",
]
REMOVING = "Error while removing background: "
TOO_LARGE = {"errors": [{"title": "File too large", "code": "file_too_large", "detail": "File exceeds limit of 22MB"}]}
UNKNOWN = {"errors": [{"title": "Could not identify foreground in image", "code": "unknown_foreground"}]}

Matches = Callable[[str, Any], None]


def layered(status: int, operation: str, engine: str, business: str) -> dict[str, Any]:
    errors = {
        f"engine: ProductGeneration/{operation}": [engine],
        f"business: ProductGeneration/{operation}": [business],
    }
    return {
        "errors": errors,
        "type": PLAIN,
        "title": "One or more errors occurred.",
        "status": status,
        "detail": None,
        "instance": None,
        "extensions": {"traceId": "TRACE"},
    }


def invalid(errors: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "errors": errors,
        "type": BINDING,
        "title": "One or more validation errors occurred.",
        "status": 400,
        "traceId": "TRACE",
    }


def background(document: dict[str, Any]) -> dict[str, Any]:
    sentence = REMOVING + json.dumps(document, separators=(",", ":"))
    return layered(400, "Recommendations", sentence, "Bad request error occurred while getting product recommendations")


def progress(made: Any, *, state: int, completed: int, tasks: dict[str, Any], successful: bool) -> dict[str, Any]:
    total = len(made["tasks"] if isinstance(made, dict) else made.tasks)
    ids = (made["userId"], made["imageRenderProcessId"]) if isinstance(made, dict) else (made.user, made.process)
    application = made["applicationId"] if isinstance(made, dict) else made.application
    return {
        "messageType": "ImageProductGenerationProgress",
        "requestRenderState": state,
        "applicationId": application,
        "userId": ids[0],
        "imageRenderProcessId": ids[1],
        "totalTaskCount": total,
        "completedTaskCount": completed,
        "progress": completed * 100 // total,
        **tasks,
        "renderType": 4,
        "isSuccessful": successful,
        "errorMessage": "",
    }


def recommend(integrator: Any, content: bytes | None, **changes: str) -> httpx2.Response:
    data = {"applicationId": integrator.application_id, "userId": str(uuid4())} | changes
    files = {} if content is None else {"productImage": ("product.jpg", content, "image/jpeg")}
    answer: httpx2.Response = integrator.client.post(f"{FAMILY}/Recommendations", data=data, files=files)
    return answer


# Presets


def test_presets_have_all_seven_fields_and_a_picture(integrator: Any, server: Any, matches: Matches) -> None:
    query = {"applicationId": integrator.application_id, "userId": str(uuid4())}
    answer = integrator.client.get(f"{FAMILY}/PresetKeys", params=query)
    presets = {preset["id"]: preset for preset in answer.json()}
    assert list(presets) == list(PRESETS) and set(DOCUMENTED) <= set(presets)
    for preset in presets.values():
        fields = ["id", "previewImageUrl", "previewName", "promptText", "tags", "categories", "isOldPreset"]
        assert list(preset) == fields
        assert bool(preset["tags"]) != bool(preset["categories"]), "a preset is found by its group or by its tags"
    first, second = (presets[name] for name in ("on_platform_natural_beige_background", "thanksgiving_rustic_scene"))
    assets = f"{server.url}/assets/ai-product-preset"
    matches(
        json.dumps([first, second]),
        [
            {
                "id": "on_platform_natural_beige_background",
                "previewImageUrl": f"{assets}/on_platform_natural_beige_background.webp",
                "previewName": "On Platform Natural Beige Background",
                "promptText": "on a platform, in front of a natural beige background",
                "tags": [],
                "categories": [{"name": "monochrome"}],
                "isOldPreset": False,
            },
            {
                "id": "thanksgiving_rustic_scene",
                "previewImageUrl": f"{assets}/thanksgiving_rustic_scene.webp",
                "previewName": "Thanksgiving Rustic Scene",
                "promptText": "product on rustic wood table with autumn leaves and warm lighting, thanksgiving style",
                "tags": ["holiday", "thanksgiving"],
                "categories": [],
                "isOldPreset": False,
            },
        ],
    )
    picture = httpx2.get(first["previewImageUrl"], timeout=60)
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/webp")
    assert probe(picture.content).kind == "webp"
    again = httpx2.get(first["previewImageUrl"], headers={"If-None-Match": picture.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert httpx2.get(f"{assets}/no_such_preset.webp").status_code == 404


# Recommendations


def test_a_product_is_cut_out_and_scenes_are_recommended(integrator: Any, snapshot: bytes, matches: Matches) -> None:
    answer = recommend(integrator, snapshot)
    assert answer.status_code == 200, answer.text
    matches(
        answer.text,
        {
            "productInfo": {"productName": "TEXT", "productDescription": "TEXT"},
            "backgroundRemovedImageAssetId": "GUID",
            "recommendedPrompts": ["TEXT"] * 4,
            "recommendedPresetIds": ["TEXT"] * 6,
        },
    )
    body = answer.json()
    assert set(body["recommendedPresetIds"]) <= set(PRESETS)
    assert len(set(body["recommendedPrompts"])) == 4


def test_a_request_without_a_file_is_told_so(integrator: Any, matches: Matches) -> None:
    answer = recommend(integrator, None)
    assert answer.status_code == 400
    sentences = [
        "The productImage field is required.",
        "The request does not contain a file. Please make sure to upload the file.",
    ]
    matches(answer.text, invalid({"productImage": sentences}))


@pytest.mark.parametrize("megabytes", [22, 31])
def test_a_file_over_the_limit_is_too_large(
    integrator: Any, incoming: Callable[[], list[Any]], matches: Matches, megabytes: int
) -> None:
    answer = recommend(integrator, b"\xff\xd8\xff" + bytes(megabytes * 2**20))
    assert answer.status_code == 400
    matches(answer.text, background(TOO_LARGE))
    assert incoming() == []


def test_a_picture_without_a_product_has_no_foreground(integrator: Any, matches: Matches) -> None:
    answer = recommend(integrator, png_rgba(np.full((300, 400, 4), 255, np.uint8)))
    assert answer.status_code == 400
    matches(answer.text, background(UNKNOWN))


def test_what_is_no_picture_is_refused(integrator: Any) -> None:
    answer = recommend(integrator, b"GIF89a, or so it says")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["productImage"])


# Start


def test_a_photoshoot_starts_as_documented(integrator: Any, shoot: Any, photographed: Any, matches: Matches) -> None:
    answer = shoot(integrator, [{"tag": "preset", "preset": "mid_century_modern_office"}] * 6)
    body = answer.json()
    tasks = {"tasks": dict.fromkeys(body["tasks"], 1)}
    assert len(tasks["tasks"]) == 6
    matches(answer.text, progress(body, state=1, completed=0, tasks=tasks, successful=False))
    made = photographed(answer)
    pictures = [
        integrator.client.get(f"{FAMILY}/Download", params=made.photo_query(task)).content for task in made.tasks
    ]
    assert len({hashlib.sha256(picture).digest() for picture in pictures}) == 6


@pytest.mark.parametrize(
    ("prompts", "sentence"),
    [
        ("", "The PromptObjectsString field is required."),
        ("[{", "The value '[{' is not valid."),
        ('{"tag":"preset"}', """The value '{"tag":"preset"}' is not valid."""),
        ("[]", "The field PromptObjectsString must hold 1 to 6 prompts; it holds 0."),
        ('["white_background"]', "Prompt 1 is not an object; send a tag with a preset or a prompt."),
        ('[{"tag":"template"}]', "The tag of prompt 1 is neither 'custom' nor 'preset'."),
        ('[{"tag":"custom","prompt":7}]', "The prompt of prompt 1 must be a text."),
        (
            '[{"tag":"preset","preset":"no_such_preset"}]',
            "There is no preset 'no_such_preset'; GET ProductGeneration/PresetKeys lists them.",
        ),
    ],
)
def test_wrong_prompts_are_told(integrator: Any, shoot: Any, matches: Matches, prompts: str, sentence: str) -> None:
    answer = shoot(integrator, [], PromptObjectsString=prompts)
    assert answer.status_code == 400
    matches(answer.text, invalid({"PromptObjectsString": [sentence]}))


def test_more_than_six_prompts_are_refused(integrator: Any, shoot: Any) -> None:
    answer = shoot(integrator, [{"tag": "preset", "preset": "white_background"}] * 7)
    assert answer.status_code == 400
    assert "it holds 7" in answer.json()["errors"]["PromptObjectsString"][0]


def test_everything_that_is_missing_is_told_at_once(integrator: Any) -> None:
    answer = integrator.client.post(f"{FAMILY}/AdCreative", data={"applicationId": integrator.application_id})
    names = ["userId", "renderKind", "productImageAssetId", "PromptObjectsString", "productName", "productDescription"]
    assert answer.json()["errors"] == {name: [f"The {name} field is required."] for name in names}


def test_an_asset_that_does_not_exist_is_not_found(integrator: Any, shoot: Any, matches: Matches) -> None:
    asset = str(uuid4())
    answer = shoot(integrator, [{"tag": "preset", "preset": "white_background"}], productImageAssetId=asset)
    assert answer.status_code == 404
    business = "Not found error occurred while starting product generation"
    matches(answer.text, layered(404, "AdCreative", f"Image asset {asset} was not found.", business))


def test_a_prompt_that_cannot_be_drawn_fails_with_the_nearest_presets(
    integrator: Any, shoot: Any, photographed: Any
) -> None:
    words = {"tag": "custom", "prompt": "seventeen spreadsheets chasing a unicorn", "nativeLanguagePrompt": None}
    made = photographed(shoot(integrator, [{"tag": "preset", "preset": "white_background"}, words]))
    query = {"userId": made.user, "imageProductGeneratorProcessId": made.process}
    (found,) = integrator.client.get(f"{FAMILY}/CheckUserProgress", params=query).json()
    assert (found["requestRenderState"], found["isSuccessful"], found["completedTaskCount"]) == (4, False, 2)
    assert [task["renderState"] for task in found["taskUrls"]] == [5, 4]
    assert found["taskUrls"][1]["publicImageUrl"] is None
    assert found["errorMessage"].startswith("1 of 2 pictures failed. The studio can draw ")
    named = [preset for preset in PRESETS if preset in found["errorMessage"].split("the nearest presets are ")[1]]
    assert len(named) >= 3
    answer = integrator.client.get(f"{FAMILY}/Download", params=made.photo_query(made.tasks[1]))
    assert answer.status_code == 404


# Progress


def test_a_finished_photoshoot_is_told_as_documented(integrator: Any, shot: Any, server: Any, matches: Matches) -> None:
    query = {"userId": shot.user, "imageProductGeneratorProcessId": shot.process}
    answer = integrator.client.get(f"{FAMILY}/CheckUserProgress", params=query)
    urls = [{"taskId": task, "renderState": 5, "publicImageUrl": "TEXT"} for task in shot.tasks]
    expected = progress(shot, state=5, completed=3, tasks={"taskUrls": urls}, successful=True)
    matches(answer.text, [expected])
    query = {"applicationId": integrator.application_id}
    all_of_it = integrator.client.get(f"{FAMILY}/CheckApplicationAllProgresses", params=query).json()
    (found,) = [one for one in all_of_it if one["imageRenderProcessId"] == shot.process]
    matches(json.dumps(found), expected)
    for task in answer.json()[0]["taskUrls"]:
        address = task["publicImageUrl"]
        assert address.startswith(f"{server.url}/files/photoshoots/") and task["taskId"] not in address
        picture = httpx2.get(address)
        assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
        own = integrator.client.get(f"{FAMILY}/Download", params=shot.photo_query(task["taskId"]))
        assert picture.content == own.content
    assert httpx2.get(f"{server.url}/files/photoshoots/{shot.tasks[0]}.png").status_code == 404


def test_nothing_found_is_told_in_the_photoshoots_words(integrator: Any, newcomer: Any, matches: Matches) -> None:
    user, process = str(uuid4()), str(uuid4())
    query = {"userId": user, "imageProductGeneratorProcessId": process}
    answer = integrator.client.get(f"{FAMILY}/CheckUserProgress", params=query)
    text = (
        f"ImageProductGenerationProcess(ImageProductGeneratorProcessId: {process}) was not found for the User: {user}"
    )
    matches(answer.text, layered(400, "CheckUserProgress", text, text))
    query = {"applicationId": newcomer.application_id}
    answer = newcomer.client.get(f"{FAMILY}/CheckApplicationAllProgresses", params=query)
    text = f"No running ImageProductGenerationProgress found for the ApplicationId: {newcomer.application_id}"
    matches(answer.text, layered(400, "CheckApplicationAllProgresses", text, text))


def test_both_ids_of_a_users_check_are_required(integrator: Any, matches: Matches) -> None:
    answer = integrator.client.get(f"{FAMILY}/CheckUserProgress")
    names = ("userId", "imageProductGeneratorProcessId")
    matches(answer.text, invalid({name: [f"The {name} field is required."] for name in names}))


# Download


def fetched(integrator: Any, shot: Any, **query: str) -> httpx2.Response:
    answer: httpx2.Response = integrator.client.get(
        f"{FAMILY}/Download", params=shot.photo_query(shot.tasks[0]) | query
    )
    assert answer.status_code == 200, answer.text
    return answer


def test_every_case_of_resolution_and_format(integrator: Any, shot: Any) -> None:
    cases = [(low, format) for low in ("false", "true") for format in "012"]
    got = {case: fetched(integrator, shot, lowResolution=case[0], format=case[1]) for case in cases}
    kinds = {"0": "image/png", "1": "image/jpeg", "2": "application/pdf"}
    assert {case: answer.headers["content-type"] for case, answer in got.items()} == {
        case: kinds[case[1]] for case in cases
    }
    original, small = got["false", "0"].content, got["true", "1"].content
    assert fetched(integrator, shot).content == original
    assert (probe(original).width, probe(original).height) == (1200, 628)
    assert decode_photo(got["false", "1"].content).shape == (628, 1200, 3)
    assert np.array_equal(decode_photo(got["true", "0"].content), decode_photo(small))
    for low, stored in (("false", original), ("true", small)):
        document = got[low, "2"].content
        assert document.startswith(b"%PDF-1.6")
        with pikepdf.open(io.BytesIO(document)) as pdf:
            (image,) = pdf.pages[0].images.values()
            inside = image.read_raw_bytes()
        assert inside in stored if low == "true" else inside[:4096] in stored


@pytest.mark.parametrize(
    ("name", "value"),
    [("imageProductGeneratorProcessId", "60a743a6-c761-4168-9288-40a729dd407e1"), ("taskId", "x"), ("format", "9")],
)
def test_a_value_that_is_not_valid(integrator: Any, shot: Any, matches: Matches, name: str, value: str) -> None:
    answer = integrator.client.get(f"{FAMILY}/Download", params=shot.photo_query(shot.tasks[0]) | {name: value})
    assert answer.status_code == 400
    matches(answer.text, invalid({name: [f"The value '{value}' is not valid."]}))


def test_a_picture_that_does_not_exist_is_not_found(integrator: Any, shot: Any, matches: Matches) -> None:
    answer = integrator.client.get(f"{FAMILY}/Download", params=shot.photo_query(str(uuid4())))
    assert answer.status_code == 404
    business = "Not found error occurred while getting image content stream"
    matches(answer.text, layered(404, "Download", "Image content not found.", business))


def test_the_page_asks_for_credentials(server: Any, shot: Any) -> None:
    for path in ("PresetKeys", "CheckUserProgress", "Download", "Receipt", "Receipt/DifferenceMap"):
        answer = httpx2.get(f"{server.url}{FAMILY}/{path}", params=shot.photo_query(shot.tasks[0]))
        assert answer.status_code == 401
        assert list(answer.json()["errors"]) == ["business:"]


# Ours


def test_a_receipt_tells_what_was_drawn_and_how_faithfully(integrator: Any, shot: Any) -> None:
    receipts = [integrator.client.get(f"{FAMILY}/Receipt", params=shot.photo_query(task)).json() for task in shot.tasks]
    for task, receipt in zip(shot.tasks, receipts, strict=True):
        assert (receipt["taskId"], receipt["fidelity"]["verdict"], receipt["size"]) == (task, "faithful", [1200, 628])
        picture = integrator.client.get(f"{FAMILY}/Download", params=shot.photo_query(task)).content
        assert receipt["result"] == hashlib.sha256(picture).hexdigest()
    assert [receipt["variant"] for receipt in receipts] == [1, 2, 1]
    assert receipts[0]["plan"] is None
    plan = receipts[2]["plan"]
    assert 0.35 <= plan["coverage"] <= 1 and plan["understood"] and plan["nearestPreset"] in PRESETS
    answer = integrator.client.get(f"{FAMILY}/Receipt/DifferenceMap", params=shot.photo_query(shot.tasks[0]))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert probe(answer.content).kind == "png"
    query = {"userId": shot.user, "imageProductGeneratorProcessId": shot.process, "details": "true"}
    (found,) = integrator.client.get(f"{FAMILY}/CheckUserProgress", params=query).json()
    assert {task: detail["plan"] for task, detail in found["details"].items()} == {
        task: receipt["plan"] for task, receipt in zip(shot.tasks, receipts, strict=True)
    }


def test_a_landscape_has_margins_unless_they_are_turned_off(integrator: Any, shoot: Any, photographed: Any) -> None:
    preset = [{"tag": "preset", "preset": "white_background"}]
    for kind, margin, size in (("4", "false", (1674, 628)), ("1", "false", (1080, 1080)), ("2", "true", (1080, 1920))):
        made = photographed(shoot(integrator, preset, renderKind=kind, DisableSafeMargin=margin))
        header = probe(integrator.client.get(f"{FAMILY}/Download", params=made.photo_query(made.tasks[0])).content)
        assert (header.width, header.height) == size


# Isolation


def test_b_cannot_use_follow_or_fetch_what_a_made(other: Any, integrator: Any, shot: Any, shoot: Any) -> None:
    assert shoot(other, [{"tag": "preset", "preset": "white_background"}]).status_code == 404
    query = {"userId": shot.user, "imageProductGeneratorProcessId": shot.process}
    assert other.client.get(f"{FAMILY}/CheckUserProgress", params=query).status_code == 400
    for path in ("Download", "Receipt", "Receipt/DifferenceMap"):
        own = shot.photo_query(shot.tasks[0])
        foreign = own | {"applicationId": other.application_id}
        assert other.client.get(f"{FAMILY}/{path}", params=foreign).status_code == 404
        assert other.client.get(f"{FAMILY}/{path}", params=own).status_code == 401
    query = {"applicationId": other.application_id}
    answer = other.client.get(f"{FAMILY}/CheckApplicationAllProgresses", params=query)
    assert shot.process not in answer.text
