# SPDX-License-Identifier: Apache-2.0
import threading
from collections.abc import Sequence

import pytest

from affiche.outbound.addresses import (
    Reach,
    RefusedTarget,
    UnknownHost,
    literal,
    reach,
    refuse_plainly,
    resolve,
    vetted,
)

PUBLIC = ["93.184.216.34", "93.184.215.14", "8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"]
PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "::1",
    "fc00::1",
    "fd00::1",
    "fd12:3456::1",
    "2001:db8::1",
    "2001:20::1",
    "3fff::1",
    "5f00::1",
    "fec0::1",
    "100::1",
    "64:ff9b:1:1::1",
    "64:ff9b:1::a00:1",
    # IPv4 in disguise: compatible, mapped, translated, NAT64, 6to4; public ones too, so that no rule has to look through all disguises.
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:0:8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:10.0.0.1",
    "::ffff:93.184.215.14",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "2002:7f00:1::",
    "2002:808:808::1",
]
NEVER = [
    "0.0.0.0",
    "0.1.2.3",
    "::",
    "169.254.169.254",
    "169.254.170.2",
    "fe80::1",
    "fe80::1%eth0",
    "224.0.0.1",
    "239.1.2.3",
    "ff02::1",
    "255.255.255.255",
    "240.0.0.1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "fd00:ec2::254",
    "fd20:ce::254",
    "::ffff:169.254.169.254",
    "::169.254.169.254",
    "::ffff:0:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "not an address",
    "",
]


@pytest.mark.parametrize(
    ("address", "expected"),
    [(address, Reach.PUBLIC) for address in PUBLIC]
    + [(address, Reach.PRIVATE) for address in PRIVATE]
    + [(address, Reach.NEVER) for address in NEVER],
)
def test_how_far_an_address_leads(address: str, expected: Reach) -> None:
    assert reach(address) is expected


def answering(*addresses: str) -> "Answers":
    return Answers(addresses)


class Answers:
    """A resolver that gives the same addresses always, and counts."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.addresses = addresses
        self.asked: list[tuple[str, int]] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        return self.addresses


def vet(resolver: Answers, *, allow_private: bool = False) -> tuple[str, ...]:
    return vetted("host.example", 443, resolver, allow_private=allow_private, seconds=5)


def test_a_public_host_gives_its_addresses_once_and_in_order() -> None:
    resolver = answering("2606:4700:4700::1111", "8.8.8.8", "2606:4700:4700::1111")
    assert vet(resolver) == ("2606:4700:4700::1111", "8.8.8.8")
    assert resolver.asked == [("host.example", 443)]


@pytest.mark.parametrize("address", PRIVATE)
def test_one_private_address_among_public_ones_is_enough_to_refuse(address: str) -> None:
    resolver = answering("8.8.8.8", address)
    with pytest.raises(RefusedTarget, match="AFFICHE_ALLOW_PRIVATE_TARGETS"):
        vet(resolver)
    assert vet(resolver, allow_private=True) == ("8.8.8.8", address)


@pytest.mark.parametrize("address", NEVER)
def test_the_operator_cannot_admit_everything(address: str) -> None:
    for allow_private in (False, True):
        with pytest.raises(RefusedTarget, match=r"host\.example"):
            vet(answering("8.8.8.8", address), allow_private=allow_private)


@pytest.mark.parametrize("host", ["", "a..b", "a" * 64 + ".example", "null\x00.example", "no-such-host.invalid"])
def test_a_name_that_leads_nowhere_is_unknown(host: str) -> None:
    with pytest.raises(UnknownHost):
        vetted(host, 80, resolve if host else answering(), allow_private=True, seconds=20)


def test_spellings_of_local_addresses_that_the_resolver_accepts_are_refused() -> None:
    for host in ("127.0.0.1", "2130706433", "0x7f.1", "017700000001", "127.1", "::1", "::ffff:127.0.0.1", "localhost"):
        with pytest.raises(RefusedTarget):
            vetted(host, 80, resolve, allow_private=False, seconds=20)


def test_a_resolver_that_hangs_is_not_waited_for() -> None:
    released = threading.Event()

    def hang(host: str, port: int) -> Sequence[str]:
        released.wait(30)
        return ["8.8.8.8"]

    with pytest.raises(UnknownHost, match="in time"):
        vetted("host.example", 80, hang, allow_private=False, seconds=0.05)
    released.set()


def test_a_fault_of_the_resolver_itself_is_not_taken_for_an_unknown_host() -> None:
    def broken(host: str, port: int) -> Sequence[str]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        vetted("host.example", 80, broken, allow_private=False, seconds=5)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("[::1]", "::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("example.com", None),
        ("1.2.3.4.example", None),
    ],
)
def test_addresses_are_known_in_every_spelling(host: str, address: str | None) -> None:
    assert literal(host) == address


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "10.0.0.8", "localhost", "api.localhost", "::1"])
def test_private_spellings_are_refused_unless_admitted(host: str) -> None:
    with pytest.raises(RefusedTarget):
        refuse_plainly(host, allow_private=False)
    refuse_plainly(host, allow_private=True)


@pytest.mark.parametrize("host", ["169.254.169.254", "0.0.0.0", "a..b", ".", "64:ff9b::a9fe:a9fe"])
def test_some_spellings_are_never_admitted(host: str) -> None:
    with pytest.raises(RefusedTarget):
        refuse_plainly(host, allow_private=True)


@pytest.mark.parametrize("host", ["example.com", "example.com.", "8.8.8.8", "xn--bcher-kva.example"])
def test_other_hosts_wait_for_the_resolver(host: str) -> None:
    refuse_plainly(host, allow_private=False)
