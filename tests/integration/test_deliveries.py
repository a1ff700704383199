# SPDX-License-Identifier: Apache-2.0
"""Notifications from finished tasks to real endpoints, through the real queue and a worker."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from affiche.creative.formats import RenderKind
from affiche.errors import InvalidInput
from affiche.jobs.port import Handler, JobKind
from affiche.jobs.rendering.pool import RenderPool
from affiche.service.accounts.values import Caller
from affiche.service.channels.channels import Channels
from affiche.service.channels.values import ChannelDraft, WebhookTarget
from affiche.service.notifications.events import DeliveryView, Events
from affiche.service.notifications.workshop import notifications
from affiche.settings import Settings
from tests.doubles.house import House, wait_for

Heard = tuple[float, str, dict[str, Any]]


class Endpoint:
    """A receiver that behaves by path: ``/ok`` takes all, ``/hangs`` answers nobody, ``/busy`` is busy once, and so on.
    Keeps (time, path, message)."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.released = threading.Event()

    def of(self, path: str) -> list[Heard]:
        return [one for one in self.heard if one[1] == path]

    @contextmanager
    def listening(self) -> Iterator[str]:
        endpoint = self

        class Request(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                message = json.loads(self.rfile.read(int(self.headers["content-length"])))
                first = not endpoint.of(self.path)
                endpoint.heard.append((time.monotonic(), self.path, message))
                answer = getattr(self, f"_{self.path.strip('/')}")
                answer(first)

            def _ok(self, first: bool) -> None:
                self._say(204)

            def _hangs(self, first: bool) -> None:
                endpoint.released.wait(60)

            def _busy(self, first: bool) -> None:
                self._say(503 if first else 200, b"busy" if first else b"thanks")

            def _refuses(self, first: bool) -> None:
                self._say(400, b"Unknown notification type.")

            def _moved(self, first: bool) -> None:
                self._say(308, location="/ok")

            def _talks(self, first: bool) -> None:
                self._say(404, "é".encode() * 500_000)

            def _say(self, status: int, body: bytes = b"", location: str = "") -> None:
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None: ...

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, request: Any, client_address: Any) -> None:
                """Callers that hang up early are expected."""

        server = Server(("127.0.0.1", 0), Request)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            self.released.set()
            server.shutdown()
            server.server_close()


class PostOffice(House):
    """A house whose worker delivers."""

    def handlers(self, pool: RenderPool) -> Mapping[JobKind, Handler]:
        told = notifications(self.settings, self.base)
        self.outbox = told.outbox  # type: ignore[assignment]
        return {**super().handlers(pool), JobKind.DELIVER: told.deliver}

    def customer(self, *urls: str) -> Caller:
        """An application with a webhook at each of ``urls``."""
        caller = self.new_caller(with_channel=False)
        for url in urls:
            self.services.channels.create(caller, ChannelDraft(WebhookTarget(url)))
        return caller

    def views(self, caller: Caller) -> list[DeliveryView]:
        return Events(self.base.store, self.base.jobs).list(caller.application_id, most=1000)

    def ended(self, caller: Caller) -> list[DeliveryView]:
        """The caller's deliveries, when none is on its way any more."""
        wait_for(lambda: bool(self.views(caller)) and all(view.state != "pending" for view in self.views(caller)))
        return self.views(caller)


@pytest.fixture
def office(database_url: str, make_settings: Callable[..., Settings]) -> Iterator[PostOffice]:
    settings = make_settings(
        database_url=database_url, allow_private_targets=True, variants_per_size=2, delivery_slots=12
    )
    with PostOffice.open(settings) as opened:
        assert isinstance(opened, PostOffice)
        yield opened


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint()


def test_an_endpoint_that_hangs_delays_nobody_else(office: PostOffice, endpoint: Endpoint) -> None:
    with endpoint.listening() as url:
        caller = office.customer(f"{url}/hangs", f"{url}/ok")
        with office.working():
            started = [office.start(caller=caller, kind=RenderKind.SOCIAL) for _ in range(3)]
            begun = time.monotonic()
            wait_for(lambda: len(endpoint.of("/ok")) == 33, 20)
            assert time.monotonic() - begun < 20, "an attempt that hangs takes thirty seconds"
            assert endpoint.of("/hangs")
            endpoint.released.set()
        told = [message for _, _, message in endpoint.of("/ok")]
        assert Counter(message["MessageType"] for message in told) == {
            "ImageGenerationTaskCompleted": 30,
            "ImageGenerationProgress": 3,
        }
        assert {message["ImageRenderProcessId"] for message in told} == {str(one.process_id) for one in started}


def test_what_endpoints_answer_decides_what_follows(office: PostOffice, endpoint: Endpoint) -> None:
    with endpoint.listening() as url, office.working():
        caller = office.customer(f"{url}/refuses", f"{url}/talks")
        office.start(caller=caller)
        views = office.ended(caller)
        assert {view.attempts for view in views} == {1}
        assert {view.state for view in views} == {"given_up"}
        assert Counter((view.status, view.answer) for view in views) == {
            (400, "Unknown notification type."): 3,
            (404, "é" * 2048): 3,
        }


def test_a_redirect_is_not_followed_but_tried_again(office: PostOffice, endpoint: Endpoint) -> None:
    with endpoint.listening() as url, office.working():
        caller = office.customer(f"{url}/moved")
        office.start(caller=caller)
        wait_for(lambda: [view.status for view in office.views(caller)] == [308] * 3)
        assert {(view.state, view.attempts) for view in office.views(caller)} == {("pending", 1)}
        assert endpoint.of("/ok") == []


@pytest.mark.slow
def test_a_busy_endpoint_gets_the_same_message_after_five_seconds(office: PostOffice, endpoint: Endpoint) -> None:
    with endpoint.listening() as url, office.working():
        caller = office.customer(f"{url}/busy")
        office.start(caller=caller)
        views = office.ended(caller)
    assert sorted((view.state, view.attempts) for view in views) == [
        ("delivered", 1),
        ("delivered", 1),
        ("delivered", 2),
    ]
    (first, *_), (last, *_) = endpoint.heard[0], endpoint.heard[-1]
    assert endpoint.heard[0][2] == endpoint.heard[-1][2]
    # The embedded queue counts whole seconds.
    assert 4 <= last - first <= 12


def test_private_endpoints_need_the_operator_s_leave(
    database_url: str, make_settings: Callable[..., Settings], endpoint: Endpoint
) -> None:
    settings = make_settings(database_url=database_url, allow_private_targets=False, variants_per_size=2)
    with endpoint.listening() as url, PostOffice.open(settings) as office:
        assert isinstance(office, PostOffice)
        with pytest.raises(InvalidInput, match="webHookUrl|not an address"):
            office.customer(f"{url}/ok")
        caller = office.new_caller(with_channel=False)
        base = office.base
        earlier = Channels(base.store, base.box, base.clock, allow_private=True)  # when the operator still gave leave
        earlier.create(caller, ChannelDraft(WebhookTarget(f"{url}/ok")))
        with office.working():
            office.start(caller=caller)
            views = office.ended(caller)
    assert {(view.state, view.attempts, view.status) for view in views} == {("given_up", 1, None)}
    assert all("AFFICHE_ALLOW_PRIVATE_TARGETS" in view.fault for view in views)
    assert endpoint.heard == []
