# SPDX-License-Identifier: Apache-2.0
"""Which addresses strangers may make us call."""

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Final

from affiche.errors import AfficheError

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host; raises `OSError` if it has none."""

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def _networks(*texts: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(text) for text in texts)


_NEVER: Final = _networks(
    "0.0.0.0/8",  # this machine, unspecified
    "::/128",
    "169.254.0.0/16",  # link-local, where most clouds serve credentials
    "fe80::/10",
    "224.0.0.0/4",  # multicast
    "ff00::/8",
    "240.0.0.0/4",  # reserved and broadcast
    "2001::/32",  # Teredo: IPv4 through strangers' relays
    "100.100.100.200/32",  # Alibaba Cloud's metadata
    "168.63.129.16/32",  # Azure's host, which counts as global
    "192.0.0.192/32",  # Oracle Cloud's metadata
    "fd00:ec2::/32",  # Amazon's metadata and credentials
    "fd20:ce::254/128",  # Google Cloud's metadata
)
# Special networks of the IANA registries that `is_global` of some Python versions lets through.
_PRIVATE: Final = _networks(
    "100.64.0.0/10",  # carriers' NAT
    "192.0.0.0/24",
    "192.88.99.0/24",
    "198.18.0.0/15",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "3fff::/20",
    "5f00::/16",
    "fec0::/10",
)
# Networks whose last 32 bits are an IPv4 address.
_IPV4_INSIDE: Final = _networks(
    "::/96",  # IPv4-compatible, abandoned
    "::ffff:0:0/96",  # IPv4-mapped
    "::ffff:0:0:0/96",  # IPv4-translated (RFC 7915)
    "64:ff9b::/96",  # NAT64
    "64:ff9b:1::/96",  # NAT64 of a local network, as most lay it out (RFC 8215)
)
_LOOPBACK: Final = ipaddress.IPv6Address("::1")
_LOW_32_BITS: Final = 0xFFFF_FFFF


class RefusedTarget(AfficheError):
    """The address is not one that strangers may make us call."""

    code = "refused_target"


class UnknownHost(AfficheError):
    """The host has no address."""

    code = "unknown_host"


class Reach(Enum):
    """How far an address leads: to the open internet, into somebody's own network, or where no call belongs."""

    PUBLIC = auto()
    PRIVATE = auto()
    NEVER = auto()


def resolve(host: str, port: int) -> Sequence[str]:
    """The system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def reach(address: str) -> Reach:
    """How far ``address`` leads. IPv4 wrapped into IPv6 is never public, so that it cannot slip past a rule."""
    try:
        parsed: _Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return Reach.NEVER
    if _within(parsed, _NEVER):
        return Reach.NEVER
    wrapped = _wrapped(parsed)
    if wrapped is not None:
        return Reach.NEVER if reach(str(wrapped)) is Reach.NEVER else Reach.PRIVATE
    if parsed.is_global and not parsed.is_reserved and not _within(parsed, _PRIVATE):
        return Reach.PUBLIC
    return Reach.PRIVATE


def _within(address: _Address, networks: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _wrapped(address: _Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: compatible, mapped, 6to4 or NAT64 (RFC 4291, 3056, 6052)."""
    if isinstance(address, ipaddress.IPv4Address) or address == _LOOPBACK:
        return None
    if _within(address, _IPV4_INSIDE):
        return ipaddress.IPv4Address(int(address) & _LOW_32_BITS)
    return address.sixtofour


def literal(host: str) -> str | None:
    """The address that ``host`` spells, also in the old spellings of IPv4 (one number, octal, hexadecimal) that
    resolvers accept; None if it is a name."""
    bare = host.removeprefix("[").removesuffix("]")
    try:
        return str(ipaddress.ip_address(bare.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except (OSError, UnicodeError):
        return None


def refuse_plainly(host: str, *, allow_private: bool) -> None:
    """Raise `RefusedTarget` if ``host`` tells by its spelling alone, without a resolver, that it will not be called."""
    address = literal(host)
    if address is None and any(not label for label in host.removesuffix(".").split(".")):
        raise RefusedTarget(f"{host} is not the name of a host.")
    if address is None and host.rstrip(".").lower().rpartition(".")[2] == "localhost":
        address = "127.0.0.1"
    if address is None:
        return
    found = reach(address)
    if found is Reach.NEVER or (found is Reach.PRIVATE and not allow_private):
        raise RefusedTarget(f"{host} is not an address that notifications may be sent to.")


def vetted(host: str, port: int, resolver: Resolver, *, allow_private: bool, seconds: float) -> tuple[str, ...]:
    """The addresses to connect to, best first: resolved once and all checked, so that they cannot change between check
    and use. Waits ``seconds`` for the resolver at most.

    Raises `UnknownHost`, and `RefusedTarget` if one of the host's addresses may not be called.
    """
    addresses = tuple(dict.fromkeys(_resolved(host, port, resolver, seconds)))
    reaches = {reach(address) for address in addresses}
    if Reach.NEVER in reaches:
        raise RefusedTarget(f"The host {host} has an address that is never called; use another one.")
    if Reach.PRIVATE in reaches and not allow_private:
        raise RefusedTarget(
            f"The host {host} is on a private network; the operator can admit it with AFFICHE_ALLOW_PRIVATE_TARGETS."
        )
    return addresses


def _resolved(host: str, port: int, resolver: Resolver, seconds: float) -> Sequence[str]:
    """The resolver has no time limit of its own, so it works in a thread that is left behind when it takes too long."""
    answer: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolver(host, port))
        except Exception as error:
            answer.put(error)

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        found = answer.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise UnknownHost(f"The address of the host {host} could not be found in time.") from None
    # Names that are none (an empty label, a null character) make the system's resolver raise a `ValueError`.
    if isinstance(found, (OSError, ValueError)):
        raise UnknownHost(f"The host {host} could not be found.") from found
    if isinstance(found, Exception):
        raise found
    if not found:
        raise UnknownHost(f"The host {host} has no address.")
    return found
