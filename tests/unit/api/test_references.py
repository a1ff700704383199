# SPDX-License-Identifier: Apache-2.0
import json

from affiche.api.adcreative.references import Json, preserve


def test_ids_are_counted_depth_first_with_a_container_before_its_content() -> None:
    value: Json = [{"name": "a", "tasks": {"t": 1}}, {"name": "b", "tasks": {}}]
    assert json.dumps(preserve(value)) == json.dumps(
        {
            "$id": "1",
            "$values": [
                {"$id": "2", "name": "a", "tasks": {"$id": "3", "t": 1}},
                {"$id": "4", "name": "b", "tasks": {"$id": "5"}},
            ],
        }
    )


def test_lists_of_texts_stay_lists() -> None:
    assert preserve({"errors": {"taskId": ["wrong"]}}) == {"$id": "1", "errors": {"$id": "2", "taskId": ["wrong"]}}


def test_an_empty_list_is_wrapped_as_a_list_of_objects() -> None:
    assert preserve([]) == {"$id": "1", "$values": []}
