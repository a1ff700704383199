# SPDX-License-Identifier: Apache-2.0
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiche.api.adcreative import fields
from affiche.api.adcreative.fields import WrongValue, parse_boolean, parse_guid, parse_guids

GUID = UUID("71392f1c-e98c-4355-819a-96b793b70ea1")


@pytest.mark.parametrize("text", [str(GUID), str(GUID).upper(), f"urn:uuid:{GUID}", f" {GUID} ", GUID.hex])
def test_guids_are_read_in_every_accepted_form(text: str) -> None:
    assert parse_guid(text, "Id") == GUID


@pytest.mark.parametrize(
    "text", [str(GUID)[:-1], f"{GUID}1", "x" * 36, "7-" * 18, str(GUID).replace("-", "_"), "٣" * 32]
)
def test_what_is_not_a_guid_is_named_in_the_message(text: str) -> None:
    with pytest.raises(WrongValue) as caught:
        parse_guid(text, "Id")
    assert caught.value.messages == [f"The value '{text}' is not valid."]


@given(st.uuids(), st.sampled_from(["{}", "urn:uuid:{}", "URN:UUID:{}"]), st.booleans())
def test_every_guid_survives_the_way_through_text(guid: UUID, form: str, upper: bool) -> None:
    text = form.format(guid)
    assert parse_guid(text.upper() if upper else text, "Id") == guid


@pytest.mark.parametrize(("text", "value"), [("true", True), ("False", False), (" TRUE ", True)])
def test_booleans(text: str, value: bool) -> None:
    assert parse_boolean(text, "X") is value


@pytest.mark.parametrize("text", ["1", "yes", "wahr"])
def test_other_words_are_no_booleans(text: str) -> None:
    with pytest.raises(WrongValue, match="is not valid"):
        parse_boolean(text, "X")


@pytest.mark.parametrize("text", ["#abc", "#A1B2C3", "#000000"])
def test_colours(text: str) -> None:
    assert fields.parse_colour(text, "Color1Hex") == text


@pytest.mark.parametrize("text", ["abc", "#abcd", "#12345g", "red", "#abc\n#abc", "rgb(1,2,3)"])
def test_wrong_colours(text: str) -> None:
    with pytest.raises(WrongValue) as caught:
        fields.parse_colour(text, "Color1Hex")
    assert caught.value.messages == ["The field Color1Hex is invalid."]


def test_a_text_at_its_limit_passes_and_one_more_character_does_not() -> None:
    parse = fields.text_parser(255)
    assert parse("ü" * 255, "Punchline") == "ü" * 255
    with pytest.raises(WrongValue) as caught:
        parse("ü" * 256, "Punchline")
    assert caught.value.messages == ["The field Punchline must be a string with a maximum length of 255."]


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "\ufffd", "\ud800"])
def test_characters_that_cannot_be_drawn_or_stored_are_refused(text: str) -> None:
    with pytest.raises(WrongValue, match="is invalid"):
        fields.text_parser(255)(text, "Punchline")


ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    "texts",
    [
        [str(ONE), str(TWO)],
        [f"{ONE},{TWO}"],
        [f"{ONE}, urn:uuid:{TWO}", str(ONE)],
        [f'["{ONE}", "{TWO}"]'],
        [f' ["{ONE}"]', str(TWO), ""],
    ],
)
def test_lists_are_read_however_they_are_written(texts: list[str]) -> None:
    assert parse_guids(texts, "TaskIds") == (ONE, TWO)


@pytest.mark.parametrize("texts", [[], [""], ["[]"], ["null"], [" , "]])
def test_a_list_needs_an_entry(texts: list[str]) -> None:
    with pytest.raises(WrongValue) as caught:
        parse_guids(texts, "TaskIds")
    assert caught.value.messages == ["The TaskIds field is required."]


@pytest.mark.parametrize(
    ("texts", "messages"),
    [
        (["a", str(ONE), "b"], ["The value 'a' is not valid.", "The value 'b' is not valid."]),
        (["[1"], ["The value '[1' is not valid."]),
        (["[7]"], ["The value '7' is not valid."]),
        (["[" * 5000], [f"The value '{'[' * 200}...' is not valid."]),
    ],
)
def test_every_wrong_entry_of_a_list_is_named(texts: list[str], messages: list[str]) -> None:
    with pytest.raises(WrongValue) as caught:
        parse_guids(texts, "TaskIds")
    assert caught.value.messages == messages
