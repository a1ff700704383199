# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.outbound.addresses import RefusedTarget, UnknownHost, is_public, vetted

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fd00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "not an address",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_a_public_host_is_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(RefusedTarget, match="AFFICHE_ALLOW_PRIVATE_TARGETS"):
        vetted("shop.example", 443, lambda host, port: [address], allow_private=False)


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:93.184.215.14"])
def test_public_hosts_are_admitted(address: str) -> None:
    assert is_public(address)
    assert vetted("shop.example", 443, lambda host, port: [address], allow_private=False) == address


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(RefusedTarget):
        vetted("shop.example", 443, lambda host, port: ["1.1.1.1", "10.0.0.1"], allow_private=False)


def test_the_operator_may_admit_private_hosts() -> None:
    assert vetted("intranet", 80, lambda host, port: ["10.0.0.1"], allow_private=True) == "10.0.0.1"


def test_a_host_without_an_address_is_unknown() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(UnknownHost, match=r"nowhere\.example"):
        vetted("nowhere.example", 80, nowhere, allow_private=False)
    with pytest.raises(UnknownHost):
        vetted("empty.example", 80, lambda host, port: [], allow_private=False)
