# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.outbound.hooks import is_welcome


def public(host: str, port: int) -> list[str]:
    return ["93.184.216.34"]


def private(host: str, port: int) -> list[str]:
    return ["93.184.216.34", "192.168.0.7"]


def nowhere(host: str, port: int) -> list[str]:
    raise OSError("no such host")


@pytest.mark.parametrize(
    "url", ["https://hooks.example.com/x?y=1", "HTTPS://Hooks.Example.com:8443", "https://8.8.8.8/"]
)
def test_public_https_is_welcome(url: str) -> None:
    assert is_welcome(url, allow_private=False, resolver=public)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "hooks.example.com",
        "https://",
        "https:///x",
        "https://[",
        "https://hooks.example.com:99999/",
        "https://hooks example.com/",
        "https://localhost/",
        "https://build.localhost/",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://router.lan./",
        "https://intranet/",
        "",
    ],
)
def test_others_are_not(url: str) -> None:
    assert not is_welcome(url, allow_private=False, resolver=public)


def test_names_with_a_private_address_are_not_welcome() -> None:
    assert not is_welcome("https://hooks.example.com/", allow_private=False, resolver=private)
    assert is_welcome("https://hooks.example.com/", allow_private=True, resolver=private)


def test_names_without_an_address_may_have_one_later() -> None:
    assert is_welcome("https://hooks.example.com/", allow_private=False, resolver=nowhere)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/x", "http://localhost/", "https://intranet/"])
def test_private_installations_may_admit_their_own(url: str) -> None:
    assert is_welcome(url, allow_private=True, resolver=lambda host, port: ["127.0.0.1"])


def test_metadata_is_never_welcome() -> None:
    assert not is_welcome("http://169.254.169.254/", allow_private=True)
