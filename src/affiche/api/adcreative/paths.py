# SPDX-License-Identifier: Apache-2.0
"""Paths in any case: the vendor's framework matches them so, and clients that rely on it have to work unchanged."""

from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send


class AnyCasePathMiddleware:
    """Spells the segments of paths below ``prefix`` as the routes do and drops a slash at the end. Paths that begin as
    one of ``kept`` stay as they are."""

    def __init__(self, app: ASGIApp, prefix: str, paths: Iterable[str], kept: tuple[str, ...] = ()) -> None:
        self.app = app
        self.kept = kept
        self.prefix = prefix.lower()
        self.spelling = {segment.lower(): segment for path in paths for segment in path.split("/")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._is_ours(scope["path"]):
            segments = scope["path"].rstrip("/").split("/")
            path = "/".join(self.spelling.get(segment.lower(), segment) for segment in segments)
            scope["path"], scope["raw_path"] = path, path.encode()
        await self.app(scope, receive, send)

    def _is_ours(self, path: str) -> bool:
        return path.lower().startswith(self.prefix) and not path.startswith(self.kept)
