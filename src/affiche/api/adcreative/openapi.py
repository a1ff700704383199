# SPDX-License-Identifier: Apache-2.0
"""The dialect described in OpenAPI 3.1: parameters from the field declarations, error examples from the error table."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from affiche.api.adcreative import errors
from affiche.api.adcreative import photoshoot_components as photoshoot
from affiche.api.adcreative.components import COMPONENTS, EXAMPLES, SECURITY_SCHEMES
from affiche.api.adcreative.fields import AnyField, PictureField
from affiche.api.adcreative.references import preserve
from affiche.documents import DocumentKind
from affiche.errors import AfficheError
from affiche.images.encode import ImageFormat
from affiche.service.accounts.errors import NotAuthenticated

TRACE: Final = "00-5f1c0a9be27d4d3c8a6e4b7f90d21c33-9ab3c47d10e5f268-00"
JSON: Final = "application/json"
SECURITY: Final[list[dict[str, list[str]]]] = [{"bearer": [], "apiKey": [], "apiSecret": []}]
REASONS: Final = {400: "Bad request", 401: "Not authenticated", 404: "Not found", 500: "Unexpected error"}
IMAGE: Final = "Image"
FILES: Final = tuple(each.content_type for formats in (ImageFormat, DocumentKind) for each in formats)

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: where it is served and everything that its documentation says.

    ``name`` is the operation's name in layered errors. ``component`` names the schema of the 200 body (`components`),
    or is `IMAGE` for a file of one of ``content_types``. ``photoshoot`` says that wrong fields are told in that
    family's envelope.
    ``preserved`` says that it carries reference ids. ``wrong`` are example problems for the validation error,
    ``raises`` are examples of the layered errors.
    """

    method: str
    path: str
    name: str
    summary: str
    component: str
    query: tuple[AnyField, ...] = ()
    form: tuple[AnyField, ...] = ()
    json: tuple[AnyField, ...] = ()
    authenticated: bool = True
    preserved: bool = False
    wrong: Mapping[str, list[str]] = field(default_factory=dict)
    raises: tuple[AfficheError, ...] = ()
    aliases: tuple[str, ...] = ()
    content_types: tuple[str, ...] = FILES
    photoshoot: bool = False

    def add_to(self, router: APIRouter, handler: Handler) -> None:
        """Serve the operation by ``handler`` at its path and, undocumented, at its aliases."""
        for path in (self.path, *self.aliases):
            router.add_api_route(
                path,
                handler,
                methods=[self.method],
                name=self.name,
                summary=self.summary,
                response_class=Response,
                include_in_schema=path == self.path,
            )

    def described(self, *, preserve_references: bool) -> dict[str, Any]:
        """The operation object, to be merged into the one that the framework made of the route."""
        described: dict[str, Any] = {"operationId": self.name.replace("/", "_")}
        described["security"] = SECURITY if self.authenticated else []
        if self.query:
            described["parameters"] = [_parameter(each) for each in self.query]
        if self.form:
            described["requestBody"] = _body("multipart/form-data", _object(self.form))
        if self.json:
            described["requestBody"] = _body(JSON, _nested(self.json))
        described["responses"] = self._responses(preserve_references)
        return described

    def _responses(self, preserve_references: bool) -> dict[str, dict[str, Any]]:
        answers = {"200": self._success(preserve_references)}
        for status, name, component, body in self._failures(preserve_references):
            answer = answers.setdefault(str(status), {"description": REASONS[status], "content": {JSON: {}}})
            content = answer["content"][JSON]
            content.setdefault("examples", {})[name] = {"value": body}
            schemas = content.setdefault("schema", {"anyOf": []})["anyOf"]
            if _reference(component) not in schemas:
                schemas.append(_reference(component))
        return answers

    def _success(self, preserve_references: bool) -> dict[str, Any]:
        if self.component == IMAGE:
            binary = {"schema": {"type": "string", "format": "binary"}}
            return {"description": "The image or the document", "content": dict.fromkeys(self.content_types, binary)}
        example = (EXAMPLES | photoshoot.EXAMPLES)[self.component]
        if self.preserved and preserve_references:
            example = preserve(example)
        component = f"Preserved{self.component}" if self.preserved else self.component
        content = {"schema": _reference(component), "examples": {"success": {"value": example}}}
        return {"description": "Success", "content": {JSON: content}}

    def _failures(self, preserve_references: bool) -> list[tuple[int, str, str, Any]]:
        """Status, example name, component and body of every way to fail."""
        failures: list[tuple[int, str, str, Any]] = []
        if self.wrong and self.photoshoot:
            failures.append((400, "wrong_fields", "PhotoshootError", errors.photoshoot_invalid(self.wrong, TRACE)))
        elif self.wrong and self.query:
            body = errors.query_invalid(self.wrong, TRACE, preserved=preserve_references)
            failures.append((400, "wrong_fields", "QueryError", body))
        elif self.wrong:
            failures.append((400, "wrong_fields", "FormError", errors.form_invalid(self.wrong)))
        for error in ((NotAuthenticated(),) if self.authenticated else ()) + self.raises:
            expected = errors.of_exception(error, self.name, TRACE)
            assert expected is not None, f"{error!r} is not in the error table"
            failures.append((expected[0], error.code, "LayeredError", expected[1]))
        failures.append((500, "unexpected", "LayeredError", errors.fault(self.name, TRACE)[1]))
        return failures


def describe(document: dict[str, Any], operations: Iterable[Operation], *, preserve_references: bool) -> None:
    """Complete an OpenAPI ``document`` in place. This comes after the framework's own work because that drops every
    null from the examples.
    """
    for operation in operations:
        described = operation.described(preserve_references=preserve_references)
        document["paths"][operation.path][operation.method.lower()].update(described)
    components = document.setdefault("components", {})
    components.setdefault("schemas", {}).update(COMPONENTS | photoshoot.COMPONENTS)
    components.setdefault("securitySchemes", {}).update(SECURITY_SCHEMES)


def paths_of(operations: Iterable[Operation]) -> list[str]:
    """Every path that the operations are served at."""
    return [path for operation in operations for path in (operation.path, *operation.aliases)]


def _reference(component: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{component}"}


def _parameter(described: AnyField) -> dict[str, Any]:
    parameter = {
        "name": described.name,
        "in": "query",
        "required": described.required,
        "description": described.description,
        "schema": described.schema,
    }
    return parameter if described.example is None else parameter | {"example": described.example}


def _body(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {media_type: {"schema": schema}}}


def _property(described: AnyField) -> dict[str, Any]:
    schema = described.schema | {"description": described.description}
    if isinstance(described, PictureField) or described.example is None:
        return schema
    return schema | {"examples": [described.example]}


def _object(fields: tuple[AnyField, ...]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {each.name: _property(each) for each in fields},
    }
    required = [each.name for each in fields if each.required]
    return schema | {"required": required} if required else schema


def _nested(fields: tuple[AnyField, ...]) -> dict[str, Any]:
    """The schema of a JSON body; fields named ``configuration.x`` become properties of an object."""
    schema = _object(tuple(each for each in fields if "." not in each.name))
    inner: dict[str, dict[str, Any]] = {}
    for each in fields:
        outer, dot, name = each.name.partition(".")
        if dot:
            inner.setdefault(outer, {})[name] = _property(each)
    for outer, properties in inner.items():
        schema["properties"][outer] = {"type": "object", "properties": properties}
    return schema
