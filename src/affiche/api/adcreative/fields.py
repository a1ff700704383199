# SPDX-License-Identifier: Apache-2.0
"""What a request may carry, field by field: the rule that reads a text into a value and the schema that documents it.

The message templates are those of the contract, section 4.8. A field is declared once; the binder and the OpenAPI
description both read the declaration.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from affiche.errors import AfficheError
from affiche.typography.fonts import UnknownFont, face
from affiche.typography.icons import UnknownIcon, icon

T = TypeVar("T")
Schema = dict[str, Any]

GUID: Final = re.compile(
    r"^(?:urn:uuid:)?(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$", re.IGNORECASE | re.ASCII
)
INTEGER: Final = re.compile(r"^[+-]?[0-9]{1,18}$")
COLOUR: Final = re.compile(r"^#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})\Z")
UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ufffe\uffff\ud800-\udfff]")
ECHO_LIMIT: Final = 200
LARGEST_COUNT: Final = 2**31 - 1


class WrongValue(ValueError):
    """A text cannot become the field's value; ``messages`` are the sentences for the client."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = list(messages)


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One field: ``name`` as documented (camelCase); ``parse`` gets the text and the name to use in messages and
    raises `WrongValue`. Absent (not sent, empty, or ``null`` when optional) becomes ``default`` if not ``required``.
    """

    name: str
    parse: Callable[[str, str], T]
    schema: Schema
    required: bool
    default: T
    description: str
    example: Any = None


@dataclass(frozen=True, slots=True)
class ListField:
    """A required list of GUIDs; see `parse_guids`."""

    name: str
    schema: Schema
    description: str
    example: list[str]
    required: bool = True


@dataclass(frozen=True, slots=True)
class PictureField:
    """A file that must be a picture. ``if_missing`` are further sentences for a request without it; ``too_large`` makes
    an error of the limit in MB, for operations whose answer to a large file is not that the field is wrong."""

    name: str
    schema: Schema
    description: str
    required: bool = True
    example: None = None
    if_missing: tuple[str, ...] = ()
    too_large: Callable[[int], AfficheError] | None = None


AnyField = Field[Any] | ListField | PictureField


def not_valid(raw: str) -> WrongValue:
    """The text does not have the form of the type."""
    return WrongValue(f"The value '{_echo(raw)}' is not valid.")


def not_listed(raw: str) -> WrongValue:
    """The text has the form of the type but is not one of the accepted values."""
    return WrongValue(f"The value '{_echo(raw)}' is invalid.")


def field_invalid(label: str) -> WrongValue:
    return WrongValue(f"The field {label} is invalid.")


def required_message(label: str) -> str:
    return f"The {label} field is required."


def _echo(raw: str) -> str:
    shown = UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", raw)
    return shown if len(shown) <= ECHO_LIMIT else shown[:ECHO_LIMIT] + "..."


def parse_guid(raw: str, label: str) -> UUID:
    """A GUID in its usual form, as 32 digits, or as ``urn:uuid:``."""
    text = raw.strip()
    if not GUID.match(text):
        raise not_valid(raw)
    return UUID(text[-36:] if "-" in text else text[-32:])


def parse_boolean(raw: str, label: str) -> bool:
    text = raw.strip().lower()
    if text not in ("true", "false"):
        raise not_valid(raw)
    return text == "true"


def parse_integer(raw: str, label: str) -> int:
    text = raw.strip()
    if not INTEGER.match(text):
        raise not_valid(raw)
    return int(text)


def parse_colour(raw: str, label: str) -> str:
    text = raw.strip()
    if not COLOUR.match(text):
        raise field_invalid(label)
    return text


def text_parser(limit: int) -> Callable[[str, str], str]:
    """Texts are kept as they come; control characters and broken encodings, which no font draws, are refused."""

    def parse(raw: str, label: str) -> str:
        if len(raw) > limit:
            raise WrongValue(f"The field {label} must be a string with a maximum length of {limit}.")
        if UNPRINTABLE.search(raw):
            raise field_invalid(label)
        return raw

    return parse


def listed_parser(accepted: frozenset[int]) -> Callable[[str, str], int]:
    def parse(raw: str, label: str) -> int:
        value = parse_integer(raw, label)
        if value not in accepted:
            raise not_listed(raw)
        return value

    return parse


def guid(name: str, description: str, example: str) -> Field[UUID]:
    return Field(name, parse_guid, {"type": "string", "format": "uuid"}, True, UUID(int=0), description, example)


def optional_guid(name: str, description: str, example: str) -> Field[UUID | None]:
    return Field(name, parse_guid, {"type": "string", "format": "uuid"}, False, None, description, example)


def text(name: str, limit: int, description: str, example: str) -> Field[str]:
    return Field(name, text_parser(limit), {"type": "string", "maxLength": limit}, True, "", description, example)


def optional_text(name: str, limit: int, description: str, example: str | None = None) -> Field[str | None]:
    schema: Schema = {"type": "string", "maxLength": limit}
    return Field(name, text_parser(limit), schema, False, None, description, example)


def font_family(name: str, description: str, example: str) -> Field[str | None]:
    """A family that we have; the message for another one lists those."""
    return Field(name, _parse_font, {"type": "string", "maxLength": 255}, False, None, description, example)


def icon_class(name: str, description: str, example: str) -> Field[str | None]:
    return Field(name, _parse_icon, {"type": "string", "maxLength": 255}, False, None, description, example)


def _parse_font(raw: str, label: str) -> str:
    family = text_parser(255)(raw, label)
    try:
        face(family, 400)
    except UnknownFont as error:
        raise WrongValue(str(error)) from error
    return family


def _parse_icon(raw: str, label: str) -> str:
    classes = text_parser(255)(raw, label)
    try:
        icon(classes)
    except UnknownIcon as error:
        raise WrongValue(str(error)) from error
    return classes


COLOUR_SCHEMA: Final[Schema] = {"type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"}


def colour(name: str, description: str, example: str) -> Field[str]:
    return Field(name, parse_colour, COLOUR_SCHEMA, True, "", description, example)


def optional_colour(name: str, description: str, example: str) -> Field[str | None]:
    return Field(name, parse_colour, COLOUR_SCHEMA, False, None, description, example)


def listed(name: str, accepted: frozenset[int], description: str, example: int) -> Field[int]:
    schema: Schema = {"type": "integer", "format": "int32", "enum": sorted(accepted)}
    return Field(name, listed_parser(accepted), schema, True, 0, description, example)


def optional_count(name: str, description: str, example: int) -> Field[int | None]:
    """A whole number from 1 to `LARGEST_COUNT`."""
    schema: Schema = {"type": "integer", "format": "int32", "minimum": 1, "maximum": LARGEST_COUNT}
    return Field(name, _parse_count, schema, False, None, description, example)


def _parse_count(raw: str, label: str) -> int:
    value = parse_integer(raw, label)
    if not 1 <= value <= LARGEST_COUNT:
        raise WrongValue(f"The field {label} must be between 1 and {LARGEST_COUNT}.")
    return value


def guid_list(name: str, description: str, example: list[str]) -> ListField:
    return ListField(name, {"type": "array", "items": {"type": "string", "format": "uuid"}}, description, example)


def picture(name: str, description: str) -> PictureField:
    return PictureField(name, {"type": "string", "format": "binary"}, description)


def boolean(name: str, description: str, *, default: bool) -> Field[bool]:
    schema: Schema = {"type": "boolean", "default": default}
    return Field(name, parse_boolean, schema, False, default, description, default)


def split_list(texts: list[str]) -> list[str]:
    """The entries of a list field, however the client wrote it: repeated fields, one JSON array, or commas."""
    entries: list[str] = []
    for raw in texts:
        entries += _json_entries(raw) if raw.lstrip().startswith("[") else raw.split(",")
    return [entry.strip() for entry in entries if entry.strip() and entry.strip() != "null"]


def _json_entries(raw: str) -> list[str]:
    try:
        entries = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise not_valid(raw) from error
    if not isinstance(entries, list):
        raise not_valid(raw)
    return [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]


def parse_guids(texts: list[str], label: str) -> tuple[UUID, ...]:
    """Distinct GUIDs in the order given; raises `WrongValue` with a sentence per wrong entry, or when there is none."""
    guids: dict[UUID, None] = {}
    wrong: list[str] = []
    for entry in split_list(texts):
        try:
            guids[parse_guid(entry, label)] = None
        except WrongValue as error:
            wrong += error.messages
    if wrong:
        raise WrongValue(*wrong)
    if not guids:
        raise WrongValue(required_message(label))
    return tuple(guids)


def is_absent(raw: str | None, *, required: bool) -> bool:
    """Whether a text means that no value was given: blank always; the literal ``null`` where a field is optional."""
    return raw is None or not raw.strip() or (not required and raw.strip() == "null")


def first_of(texts: Mapping[str, list[str]], name: str) -> str | None:
    """The first value of a field, as the vendor's framework takes it when a client repeats one."""
    values = texts.get(name.lower())
    return values[0] if values else None
