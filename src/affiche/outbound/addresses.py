# SPDX-License-Identifier: Apache-2.0
"""Which addresses strangers may make us call."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Final

from affiche.errors import AfficheError

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host; raises `OSError` if it has none."""

# Networks that Python calls global although they lead somewhere else: an IPv4 address wrapped into IPv6 (NAT64, 6to4,
# Teredo), and the networks of carriers and benchmarks.
_REFUSED: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "100::/64",
        "fec0::/10",
    )
)


class RefusedTarget(AfficheError):
    """The address is not one that strangers may make us call."""

    code = "refused_target"


class UnknownHost(AfficheError):
    """The host has no address."""

    code = "unknown_host"


def resolve(host: str, port: int) -> Sequence[str]:
    """The system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def is_public(address: str) -> bool:
    """Whether ``address`` is a host on the open internet."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if not parsed.is_global or parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified:
        return False
    return not any(parsed.version == network.version and parsed in network for network in _REFUSED)


def vetted(host: str, port: int, resolver: Resolver, *, allow_private: bool) -> str:
    """The address to connect to: resolved once and checked, so that it cannot change between check and use.

    Raises `UnknownHost`, and `RefusedTarget` if any of the host's addresses is not public.
    """
    try:
        addresses = list(dict.fromkeys(resolver(host, port)))
    except OSError as error:
        raise UnknownHost(f"The host {host} could not be found.") from error
    if not addresses:
        raise UnknownHost(f"The host {host} could not be found.")
    if not allow_private and not all(is_public(address) for address in addresses):
        raise RefusedTarget(
            f"The host {host} is on a private network; the operator can admit it with AFFICHE_ALLOW_PRIVATE_TARGETS."
        )
    return addresses[0]
