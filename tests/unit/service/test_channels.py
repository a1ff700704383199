# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from uuid import uuid4

import pytest

from affiche.errors import InvalidInput
from affiche.service.channels import stored
from affiche.service.channels.errors import ChannelNotFound, NoActiveChannel
from affiche.service.channels.values import ChannelDraft, ChannelKind, RabbitTarget, WebhookTarget
from affiche.store import channels as table
from affiche.store.secrets import BrokenSecret, SecretBox
from affiche.store.tables import ChannelRow
from tests.doubles.house import House

HOOK = ChannelDraft(WebhookTarget("https://example.com/hook?a=b"), include_image_data=True)
RABBIT = ChannelDraft(RabbitTarget("broker", "queue", 5671, "user", "s3cret", "/v", use_tls=True))


def row(house: House, application_id: object, channel_id: object) -> ChannelRow:
    with house.base.store.transaction() as session:
        found = table.channel(session, application_id, channel_id)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_channel_is_kept_as_it_was_given_but_for_the_password(house: House) -> None:
    caller = house.new_caller(with_channel=False)
    hook = house.services.channels.create(caller, HOOK)
    rabbit = house.services.channels.create(caller, RABBIT)
    assert (hook.kind, hook.target, hook.is_active, hook.include_image_data) == (
        ChannelKind.WEBHOOK,
        HOOK.target,
        True,
        True,
    )
    assert isinstance(RABBIT.target, RabbitTarget)
    assert rabbit.target == replace(RABBIT.target, password=None)
    assert house.services.channels.all(caller) == [hook, rabbit]
    kept = row(house, caller.application_id, rabbit.channel_id)
    assert "s3cret" not in str(kept.configuration)
    assert stored.target_with_secrets(kept, house.base.box) == RABBIT.target
    with pytest.raises(BrokenSecret):
        stored.target_with_secrets(kept, SecretBox(bytes(32)))


def test_an_update_keeps_the_password_that_it_does_not_give(house: House) -> None:
    caller = house.new_caller(with_channel=False)
    made = house.services.channels.create(caller, RABBIT)
    moved = ChannelDraft(RabbitTarget("elsewhere", "queue", password=None), is_active=False)
    changed = house.services.channels.update(caller, made.channel_id, moved)
    assert (changed.channel_id, changed.created, changed.is_active) == (made.channel_id, made.created, False)
    kept = row(house, caller.application_id, made.channel_id)
    assert stored.target_with_secrets(kept, house.base.box) == RabbitTarget("elsewhere", "queue", password="s3cret")
    house.services.channels.update(caller, made.channel_id, HOOK)
    assert row(house, caller.application_id, made.channel_id).password_sealed is None


def test_only_active_channels_are_active(house: House) -> None:
    caller = house.new_caller(with_channel=False)
    with pytest.raises(NoActiveChannel):
        house.services.channels.active(caller)
    silent = house.services.channels.create(caller, replace(HOOK, is_active=False))
    with pytest.raises(NoActiveChannel) as caught:
        house.services.channels.active(caller)
    assert caught.value.application_id == caller.application_id
    house.services.channels.update(caller, silent.channel_id, HOOK)
    assert [channel.channel_id for channel in house.services.channels.active(caller)] == [silent.channel_id]
    house.services.channels.delete(caller, silent.channel_id)
    assert house.services.channels.all(caller) == []


def test_nobody_reaches_the_channels_of_others(house: House) -> None:
    owner, stranger = house.new_caller(with_channel=False), house.new_caller(with_channel=False)
    made = house.services.channels.create(owner, HOOK)
    for channel_id in (made.channel_id, uuid4()):
        with pytest.raises(ChannelNotFound):
            house.services.channels.update(stranger, channel_id, RABBIT)
        with pytest.raises(ChannelNotFound):
            house.services.channels.delete(stranger, channel_id)
    assert house.services.channels.all(stranger) == []
    assert house.services.channels.all(owner) == [made]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "ftp://example.com",
        "http://",
        "http://host:port/",
        "https:///path",
        "http://[::1",
        "http://" + "a" * 2048,
    ],
)
def test_a_bad_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        WebhookTarget(url)
    assert caught.value.field == "web_hook_url"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("host_name", ("", "queue", 5672)),
        ("queue_name", ("host", " ", 5672)),
        ("queue_name", ("host", "é" * 128, 5672)),
        ("port", ("host", "queue", 0)),
        ("port", ("host", "queue", 65536)),
    ],
)
def test_a_bad_broker_is_refused(field: str, values: tuple[str, str, int]) -> None:
    with pytest.raises(InvalidInput) as caught:
        RabbitTarget(*values)
    assert caught.value.field == field


@pytest.mark.parametrize("url", ["http://127.0.0.1/hook", "http://2130706433/", "https://localhost/x", "http://a..b/"])
def test_targets_that_would_never_be_called_are_refused_at_once(house: House, url: str) -> None:
    caller = house.new_caller(with_channel=False)
    with pytest.raises(InvalidInput) as refused:
        house.services.channels.create(caller, ChannelDraft(WebhookTarget(url)))
    assert refused.value.field == "web_hook_url"
    with pytest.raises(InvalidInput):
        house.services.channels.create(caller, ChannelDraft(RabbitTarget("10.0.0.8", "queue")))
    made = house.services.channels.create(caller, HOOK)
    with pytest.raises(InvalidInput):
        house.services.channels.update(caller, made.channel_id, ChannelDraft(WebhookTarget(url)))
    assert house.services.channels.all(caller) == [made]
