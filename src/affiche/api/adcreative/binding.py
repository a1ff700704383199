# SPDX-License-Identifier: Apache-2.0
"""Reads the fields of one request and collects everything that is wrong, so that a client learns all of it at once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar
from uuid import UUID

from affiche.api.adcreative.errors import INPUT_FIELDS
from affiche.api.adcreative.fields import (
    Field,
    ListField,
    PictureField,
    WrongValue,
    first_of,
    is_absent,
    parse_guid,
    parse_guids,
    required_message,
)
from affiche.api.adcreative.forms import Form
from affiche.errors import AfficheError, InvalidInput
from affiche.images.limits import MAX_IMAGE_BYTES
from affiche.images.probe import verify
from affiche.service.assets.uploads import Upload

T = TypeVar("T")


class Naming(Enum):
    """How a route spells fields in its error body: as keys of ``errors`` and inside the sentences."""

    PASCAL = ("pascal", "pascal")
    CAMEL_KEYS = ("name", "pascal")
    CAMEL = ("name", "name")


class Refused(Exception):
    """A request whose fields are wrong: the sentences by field, in the order in which the fields are documented.
    ``of_query`` tells which envelope the answer takes, ``hang_up`` that the connection is of no more use; ``instead``
    is an error of the use cases that the operation answers with for this.
    """

    def __init__(
        self,
        problems: Mapping[str, list[str]],
        *,
        of_query: bool = False,
        hang_up: bool = False,
        instead: AfficheError | None = None,
    ) -> None:
        super().__init__(problems)
        self.problems = problems
        self.of_query = of_query
        self.hang_up = hang_up
        self.instead = instead


@dataclass(slots=True)
class Binder:
    """Takes fields out of ``form`` one by one; what is wrong goes to ``problems`` and a placeholder is returned, so the
    values may be used only after `refuse_if_wrong`.
    """

    form: Form
    naming: Naming
    file_bytes: int = MAX_IMAGE_BYTES
    problems: dict[str, list[str]] = field(default_factory=dict)

    def take(self, wanted: Field[T]) -> T:
        raw = first_of(self.form.texts, wanted.name)
        if raw is None or is_absent(raw, required=wanted.required):
            if wanted.required:
                self._wrong(wanted.name, required_message(self._label(wanted.name)))
            return wanted.default
        try:
            return wanted.parse(raw, self._label(wanted.name))
        except WrongValue as error:
            self._wrong(wanted.name, *error.messages)
            return wanted.default

    def take_guids(self, wanted: ListField) -> tuple[UUID, ...]:
        """Distinct GUIDs in the order given."""
        name = wanted.name
        try:
            return parse_guids(self.form.texts.get(name.lower(), []), self._label(name))
        except WrongValue as error:
            self._wrong(name, *error.messages)
            return ()

    def take_picture(self, wanted: PictureField) -> Upload | None:
        """A file that has been proved to be a picture; None when absent or wrong."""
        name = wanted.name
        file = self.form.files.get(name.lower())
        if file is None:
            if wanted.required:
                self._wrong(name, required_message(self._label(name)), *wanted.if_missing)
            return None
        if file.too_large and wanted.too_large is not None:
            self.refuse_if_wrong()
            raise Refused({}, instead=wanted.too_large(megabytes(self.file_bytes)))
        if file.too_large:
            self._wrong(name, f"The {self._label(name)} file is larger than {megabytes(self.file_bytes)} MB.")
            return None
        upload = file.finish()
        try:
            verify(upload.read())
        except AfficheError as error:
            self._wrong(name, str(error))
            return None
        return upload

    def refuse_if_wrong(self) -> None:
        """Raise `Refused` with everything that was found."""
        if self.problems:
            raise Refused(self.problems, of_query=self.naming is Naming.CAMEL)

    @contextmanager
    def translating(self) -> Iterator[None]:
        """Turn an `InvalidInput` of the code inside into a refusal that names the field as the wire does."""
        try:
            yield
        except InvalidInput as error:
            self._wrong(INPUT_FIELDS.get(error.field, error.field), str(error))
            self.refuse_if_wrong()

    def _label(self, name: str) -> str:
        return _spelled(name.rpartition(".")[2], self.naming.value[1])

    def _wrong(self, name: str, *messages: str) -> None:
        self.problems.setdefault(_spelled(name, self.naming.value[0]), []).extend(messages)


def claimed_application(form: Form) -> UUID | None:
    """The application that a request says it is for, if it names one that can be read; checked before other fields."""
    raw = first_of(form.texts, "applicationId")
    try:
        return None if raw is None else parse_guid(raw, "ApplicationId")
    except WrongValue:
        return None


def _spelled(name: str, case: str) -> str:
    return name if case == "name" else ".".join(part[0].upper() + part[1:] for part in name.split("."))


def megabytes(size: int) -> int:
    return size // (1024 * 1024)
