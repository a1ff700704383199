# SPDX-License-Identifier: Apache-2.0
"""The pinned network with a fake resolver, a fake clock and fake connections: nothing here touches a socket."""

from collections.abc import Iterable, Sequence
from typing import Any

import httpcore2
import pytest

from affiche.outbound.addresses import RefusedTarget, UnknownHost
from affiche.outbound.client import GuardedClient, Unreachable
from affiche.outbound.network import PinnedNetwork

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Clock:
    """Stands still unless it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Wire(httpcore2.MockStream):
    """A connection whose every read and write takes ``cost`` seconds; it keeps what was written and the limits."""

    def __init__(self, clock: Clock, answer: Sequence[bytes] = (OK,), cost: float = 0.0) -> None:
        super().__init__(list(answer))
        self._clock = clock
        self._cost = cost
        self.written = b""
        self.slices: list[int] = []
        self.limits: list[float | None] = []

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.limits.append(timeout)
        self._clock.now += self._cost
        return super().read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.limits.append(timeout)
        self._clock.now += self._cost
        self.slices.append(len(buffer))
        self.written += buffer


class Net(httpcore2.NetworkBackend):
    """Connects to ``live`` addresses; others cost the whole time that they are given."""

    def __init__(self, clock: Clock, wire: Wire | None = None, live: Iterable[str] = ()) -> None:
        self._clock = clock
        self._wire = wire
        self._live = set(live)
        self.calls: list[tuple[str, int, float | None]] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        self.calls.append((host, port, timeout))
        if host in self._live and self._wire is not None:
            return self._wire
        self._clock.now += timeout or 0.0
        raise httpcore2.ConnectTimeout("timed out")


def pinned(clock: Clock, net: Net, *addresses: str, seconds: float = 30, allow_private: bool = False) -> PinnedNetwork:
    return PinnedNetwork(
        net,
        lambda host, port: addresses,
        clock.now + seconds,
        clock,
        allow_private=allow_private,
        connect_seconds=10,
    )


def test_a_name_that_changes_after_the_check_gains_nothing() -> None:
    clock = Clock()
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    net = Net(clock, Wire(clock), live=["8.8.8.8", "127.0.0.1"])
    network = PinnedNetwork(
        net, lambda host, port: next(answers), clock.now + 30, clock, allow_private=False, connect_seconds=10
    )
    network.connect_tcp("rebinding.example", 80)
    assert [host for host, _, _ in net.calls] == ["8.8.8.8"]
    with pytest.raises(RefusedTarget):
        network.connect_tcp("rebinding.example", 80)
    assert len(net.calls) == 1


def test_a_refused_host_is_not_connected_to() -> None:
    clock = Clock()
    net = Net(clock, Wire(clock), live=["8.8.8.8", "10.0.0.1"])
    with pytest.raises(RefusedTarget):
        pinned(clock, net, "8.8.8.8", "10.0.0.1").connect_tcp("mixed.example", 80)
    with pytest.raises(UnknownHost):
        pinned(clock, net).connect_tcp("nowhere.example", 80)
    with pytest.raises(RefusedTarget):
        pinned(clock, net, "8.8.8.8").connect_unix_socket("/run/docker.sock")
    assert net.calls == []


def test_addresses_are_tried_in_turn_and_share_the_time() -> None:
    clock = Clock()
    net = Net(clock, Wire(clock), live=["1.1.1.1"])
    pinned(clock, net, "2606:4700::1", "8.8.8.8", "1.1.1.1").connect_tcp("dual.example", 443)
    assert [host for host, _, _ in net.calls] == ["2606:4700::1", "8.8.8.8", "1.1.1.1"]
    assert [limit for _, _, limit in net.calls] == pytest.approx([10 / 3, 10 / 3, 10 / 3])


def test_a_host_that_swallows_packets_costs_the_connection_s_limit_at_most() -> None:
    clock = Clock()
    net = Net(clock)
    with pytest.raises(httpcore2.ConnectTimeout):
        pinned(clock, net, "8.8.8.8", "8.8.4.4").connect_tcp("dead.example", 80)
    assert clock.now == pytest.approx(1010)
    late = pinned(clock, net, "8.8.8.8", seconds=4)
    with pytest.raises(httpcore2.ConnectTimeout):
        late.connect_tcp("dead.example", 80)
    assert clock.now == pytest.approx(1014)
    with pytest.raises(TimeoutError):
        late.connect_tcp("dead.example", 80)


def test_reads_and_writes_get_what_is_left_of_the_time_and_then_end() -> None:
    clock = Clock()
    wire = Wire(clock, [b"x"] * 100, cost=12)
    stream = pinned(clock, Net(clock, wire, live=["8.8.8.8"]), "8.8.8.8").connect_tcp("slow.example", 80)
    stream.write(b"hello", timeout=30)
    stream.read(10, timeout=30)
    stream.read(10, timeout=5)
    assert wire.limits == [30, 18, 5]
    for act in (lambda: stream.read(10), lambda: stream.write(b"more")):
        with pytest.raises(TimeoutError):
            act()


def test_a_receiver_that_takes_the_body_in_sips_is_left() -> None:
    clock = Clock()
    wire = Wire(clock, cost=8)
    stream = pinned(clock, Net(clock, wire, live=["8.8.8.8"]), "8.8.8.8").connect_tcp("sipping.example", 80)
    with pytest.raises(TimeoutError):
        stream.write(bytes(5_000_000), timeout=30)
    assert len(wire.slices) == 4
    assert max(wire.slices) <= 65536


def guarded(clock: Clock, net: Net) -> GuardedClient:
    return GuardedClient(allow_private=False, resolver=lambda host, port: ["8.8.8.8"], network=net, monotonic=clock)


def test_the_client_s_connections_go_through_the_pinned_network() -> None:
    """Guards the private name by which the network is handed to httpx2's transport."""
    clock = Clock()
    wire = Wire(clock)
    net = Net(clock, wire, live=["8.8.8.8"])
    answer = guarded(clock, net).post("http://user:pass@münchen.example:81/a?b=c", b"{}", {"X-A": "b"})
    assert (answer.status, answer.text, answer.retry_after) == (200, "ok", None)
    assert net.calls == [("8.8.8.8", 81, 10.0)]
    head = wire.written.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    assert head[0] == "POST /a?b=c HTTP/1.1"
    headers = {line.partition(": ")[0].lower(): line.partition(": ")[2] for line in head[1:]}
    assert headers["host"] == "xn--mnchen-3ya.example:81"
    assert (headers["x-a"], headers["content-length"]) == ("b", "2")
    assert headers["accept-encoding"] == "identity"
    assert headers["authorization"].startswith("Basic ")


def test_the_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    clock = Clock()
    net = Net(clock, Wire(clock), live=["8.8.8.8"])
    assert guarded(clock, net).post("http://shop.example/", b"{}", {}).status == 200


def test_time_limits_are_told_as_sentences() -> None:
    clock = Clock()
    with pytest.raises(Unreachable, match="No connection was made within 10 seconds"):
        guarded(clock, Net(clock)).post("http://dead.example/", b"{}", {})
    slow = Wire(clock, [b"HTTP/1.1 ", b"200"], cost=16)
    with pytest.raises(Unreachable, match="no answer within 30 seconds"):
        guarded(clock, Net(clock, slow, live=["8.8.8.8"])).post("http://slow.example/", b"{}", {})


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        ("; charset=iso-8859-1", b"f\xfcr", "für"),
        ("", "für".encode(), "für"),
        ("", b"f\xfcr", "f\N{REPLACEMENT CHARACTER}r"),
        ("; charset=nonsense", b"plain", "plain"),
        ("; charset=hex", b"plain", "plain"),
        ("; charset=zlib", b"plain", "plain"),
    ],
)
def test_any_bytes_become_text(charset: str, content: bytes, text: str) -> None:
    clock = Clock()
    head = f"HTTP/1.1 500 Oops\r\nContent-Type: text/plain{charset}\r\nContent-Length: {len(content)}\r\n\r\n"
    wire = Wire(clock, [head.encode() + content])
    answer = guarded(clock, Net(clock, wire, live=["8.8.8.8"])).post("http://shop.example/", b"{}", {})
    assert (answer.status, answer.text) == (500, text)


def test_compressed_answers_are_not_unfolded() -> None:
    clock = Clock()
    bomb = b"\x1f\x8b\x08\x00"
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n"
    wire = Wire(clock, [head + bomb])
    answer = guarded(clock, Net(clock, wire, live=["8.8.8.8"])).post("http://shop.example/", b"{}", {})
    assert answer.text == bomb.decode("utf-8", "replace")


def test_a_status_counts_although_its_body_breaks_off() -> None:
    clock = Clock()
    head = b"HTTP/1.1 204 No Content\r\n\r\n"
    broken = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nRetry-After: 7\r\n\r\nthe begin"
    for wire in (Wire(clock, [head]), Wire(clock, [broken])):
        answer = guarded(clock, Net(clock, wire, live=["8.8.8.8"])).post("http://shop.example/", b"{}", {})
        assert 200 <= answer.status < 300
    assert (answer.text, answer.retry_after) == ("the begin", "7")
    dripping = Wire(clock, [broken[:-9], *[b"."] * 50], cost=1)
    answer = guarded(clock, Net(clock, dripping, live=["8.8.8.8"])).post("http://shop.example/", b"{}", {})
    assert answer.status == 200
    assert 5 < len(answer.text) < 30
