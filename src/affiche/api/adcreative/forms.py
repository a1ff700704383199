# SPDX-License-Identifier: Apache-2.0
"""Forms as they come off the wire: read as a stream, kept within limits, files on disk and never whole in memory.

Field names are matched without regard to case. Files belong to the form and go with it, so a refused or broken
upload leaves nothing behind.
"""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from affiche.service.assets.uploads import IncomingFile, Upload, UploadTooLarge

MAX_PARTS: Final = 2_000
MAX_TEXTS_BYTES: Final = 1024 * 1024
INDEX: Final = re.compile(r"\[\d*\]$")


class BrokenForm(Exception):
    """The body as a whole cannot be read as a form; the message is a sentence for the client. ``unread`` says that the
    client was still sending when we stopped to listen.
    """

    def __init__(self, message: str, *, unread: bool = False) -> None:
        super().__init__(message)
        self.unread = unread


class FormTooLarge(BrokenForm):
    """The body is larger than its files and texts may be together."""


class FormFile:
    """One file of a form as it streams in; once it passes the limit nothing of it is kept any more."""

    def __init__(self, name: str, limits: "FormLimits") -> None:
        self.too_large = False
        self.is_empty = True
        self._incoming = IncomingFile(limits.folder, name, limits.file_bytes)

    def append(self, chunk: bytes) -> None:
        self.is_empty = False
        if self.too_large:
            return
        try:
            self._incoming.write(chunk)
        except UploadTooLarge:
            self.too_large = True
            self.discard()

    def finish(self) -> Upload:
        """The complete file; it is the form's until the form is closed."""
        return self._incoming.finish()

    def discard(self) -> None:
        self._incoming.discard()


@dataclass(slots=True)
class Form(AbstractContextManager["Form"]):
    """Values by lower-case name, in the order they came; closing it frees the files."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, FormFile] = field(default_factory=dict)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self.files.values():
            file.discard()

    def add_text(self, name: str, text: str) -> None:
        self.texts.setdefault(INDEX.sub("", name.lower()), []).append(text)


def query_form(pairs: Iterable[tuple[str, str]]) -> Form:
    """The parameters of a query string as a form without files."""
    form = Form()
    for name, text in pairs:
        form.add_text(name, text)
    return form


@dataclass(frozen=True, slots=True)
class FormLimits:
    """``files`` are the names whose files are kept in ``folder``, each of at most ``file_bytes``; other files are read
    past."""

    files: tuple[str, ...]
    file_bytes: int
    folder: Path

    @property
    def total_bytes(self) -> int:
        """What a whole body may measure: every file at its limit, the texts and the multipart frame around them."""
        return len(self.files) * self.file_bytes + MAX_TEXTS_BYTES


async def read_form(request: Request, limits: FormLimits) -> Form:
    """Read ``multipart/form-data`` or ``application/x-www-form-urlencoded`` from ``request``.

    A file past its limit is read on but no longer kept, so that every fault of the form can be told at once. Raises
    `BrokenForm` for another content type, a malformed or cut-off body, or a body past the limit of the whole.
    """
    content_type, options = parse_options_header(request.headers.get("content-type"))
    if content_type == b"application/x-www-form-urlencoded":
        return await _read_urlencoded(request)
    boundary = options.get(b"boundary")
    if content_type != b"multipart/form-data" or not boundary:
        raise BrokenForm("Send the request as multipart/form-data with a boundary.")
    form = Form()
    try:
        await _read_multipart(request, boundary, form, limits)
    except BaseException:
        form.__exit__(None, None, None)
        raise
    return form


async def _read_multipart(request: Request, boundary: bytes, form: Form, limits: FormLimits) -> None:
    try:
        assembly = FormAssembly(boundary, form, limits)
        async for chunk in _bounded(request, limits.total_bytes):
            assembly.feed(chunk)
        assembly.finish()
    except FormParserError as error:
        raise BrokenForm("The multipart body is malformed or cut off; send it again.") from error


async def _read_urlencoded(request: Request) -> Form:
    body = b"".join([chunk async for chunk in _bounded(request, MAX_TEXTS_BYTES)])
    try:
        return query_form(parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_PARTS))
    except ValueError as error:
        raise BrokenForm("The form body is malformed or not UTF-8; send it again.") from error


async def _bounded(request: Request, limit: int) -> AsyncIterator[bytes]:
    """The chunks of a body of at most ``limit`` bytes. Of a larger one as much again is read and dropped, because most
    clients send to the end before they look for an answer; who sends yet more is cut off.
    """
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received <= limit:
            yield chunk
        elif received > 2 * limit:
            break
    if received > limit:
        message = f"The request body is larger than {limit} bytes; send smaller files."
        raise FormTooLarge(message, unread=received > 2 * limit)


class FormAssembly:
    """Puts the parser's events together: one part at a time becomes a text or a file of ``form``."""

    def __init__(self, boundary: bytes, form: Form, limits: FormLimits) -> None:
        self._form = form
        self._limits = limits
        self._wanted = {name.lower() for name in limits.files}
        self._parts = 0
        self._text_bytes = 0
        self._ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._open,
                "on_part_data": self._data,
                "on_part_end": self._close,
                "on_end": self._end,
            },
        )

    def feed(self, chunk: bytes) -> None:
        self._parser.write(chunk)

    def finish(self) -> None:
        self._parser.finalize()
        if not self._ended:
            raise BrokenForm("The multipart body is cut off; send it again.")

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise BrokenForm(f"The form has more than {MAX_PARTS} fields; send fewer.")
        self._name, self._has_file = "", False
        self._field, self._value = bytearray(), bytearray()
        self._disposition = ""
        self._text: bytearray | None = None
        self._file: FormFile | None = None

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._field.lower() == b"content-disposition":
            self._disposition = self._value.decode("latin-1")
        self._field, self._value = bytearray(), bytearray()

    def _open(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode("utf-8", "replace").strip().lower()
        names_file = b"filename" in options or "filename*" in self._disposition.lower()
        if not names_file:
            self._text = bytearray()
        elif self._name in self._wanted and self._name not in self._form.files:
            self._file = self._form.files[self._name] = FormFile(self._name, self._limits)
            self._unnamed = not options.get(b"filename") and "filename*" not in self._disposition.lower()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._text is not None:
            self._text_bytes += end - start
            if self._text_bytes > MAX_TEXTS_BYTES:
                raise BrokenForm(f"The texts of the form are larger than {MAX_TEXTS_BYTES} bytes; send less.")
            self._text += data[start:end]
        elif self._file is not None:
            self._file.append(data[start:end])

    def _close(self) -> None:
        if self._text is not None and self._name:
            self._form.add_text(self._name, bytes(self._text).decode("utf-8", "replace"))
        elif self._file is not None and self._file.is_empty and self._unnamed:
            self._form.files.pop(self._name).discard()

    def _end(self) -> None:
        self._ended = True
