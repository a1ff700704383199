# SPDX-License-Identifier: Apache-2.0
"""A server that answers by a script."""

import json
from typing import Any

import httpx2

Answer = tuple[int, Any, dict[str, str]]


class Script(httpx2.BaseTransport):
    """Gives one answer after the other; an exception is raised."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx2.Request] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body, headers = answer
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return httpx2.Response(status, content=content, headers=headers)
