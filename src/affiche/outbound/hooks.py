# SPDX-License-Identifier: Apache-2.0
"""Which webhooks strangers may name: a first look, at the request. The sender looks again at every attempt."""

from typing import Final
from urllib.parse import urlsplit

from affiche.outbound.addresses import RefusedTarget, Resolver, UnknownHost, resolve, vetted

LOOKUP_SECONDS: Final = 2.0
_INTERNAL: Final = (".localhost", ".local", ".internal", ".intranet", ".lan", ".corp", ".home", ".home.arpa")


def is_welcome(url: str, *, allow_private: bool, resolver: Resolver = resolve) -> bool:
    """Whether ``url`` is https and leads to the open internet; with ``allow_private`` also http and private hosts.

    A name that has no address now may have one when the first message goes out, so it is welcome unless it is one of
    those that only exist inside networks.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        return False
    host = (parts.hostname or "").rstrip(".").lower()
    schemes = ("https", "http") if allow_private else ("https",)
    if parts.scheme.lower() not in schemes or not host or any(each.isspace() for each in url):
        return False
    if not allow_private and (("." not in host and ":" not in host) or host.endswith(_INTERNAL)):
        return False
    try:
        vetted(host, port, resolver, allow_private=allow_private, seconds=LOOKUP_SECONDS)
    except RefusedTarget:
        return False
    except UnknownHost:
        return True
    return True
