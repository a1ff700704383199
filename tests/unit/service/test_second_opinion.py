# SPDX-License-Identifier: Apache-2.0
import json
import logging
import time
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from affiche.recognition.opinion import Opinion
from affiche.recognition.recommendation import Recommendation
from affiche.service.recommendations.second_opinion import adviser_of, with_second_opinion
from affiche.settings import Settings
from affiche.studio.presets import PRESETS
from tests.unit.outbound.test_client import server
from tests.unit.outbound.test_vision_model import chat, message

OWN = Recommendation("tin", "A tin.", tuple(f"on a shelf number {place}" for place in range(4)), tuple(PRESETS)[:6])
KEY = "sk-very-secret"


def settings(home: Path, url: str, seconds: float = 5) -> Settings:
    return Settings(home=home, vision_url=url, vision_model="eye-1", vision_key=SecretStr(KEY), vision_seconds=seconds)


def test_without_a_model_the_own_answer_stays(tmp_path: Path) -> None:
    assert adviser_of(Settings(home=tmp_path)) is None
    assert with_second_opinion(OWN, b"", None) == OWN


def test_what_the_model_says_is_taken_and_completed(tmp_path: Path) -> None:
    said = {"productName": "Acme tea", "presetIds": ["zen_stones", "made_up"]}
    with server(chat(json.dumps(said))) as (url, _):
        made = with_second_opinion(OWN, b"jpeg", adviser_of(settings(tmp_path, url)))
    assert made.product_name == "Acme tea"
    assert made.product_description == OWN.product_description
    assert made.prompts == OWN.prompts
    assert made.preset_ids == ("zen_stones", *OWN.preset_ids[:5])


def test_a_model_that_fails_changes_nothing_and_is_logged_without_its_key(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), server(message(b"", "401 Unauthorized")) as (url, _):
        assert with_second_opinion(OWN, b"jpeg", adviser_of(settings(tmp_path, url))) == OWN
    assert any("no second opinion" in record.message for record in caplog.records)
    assert KEY not in "".join(f"{record.message} {record.__dict__}" for record in caplog.records)


def test_a_silent_model_is_not_waited_for(tmp_path: Path) -> None:
    with server(lambda connection, request: time.sleep(1)) as (url, _):
        assert with_second_opinion(OWN, b"jpeg", adviser_of(settings(tmp_path, url, 0.3))) == OWN


def test_an_adviser_of_any_kind_will_do() -> None:
    assert with_second_opinion(OWN, b"jpeg", lambda picture: Opinion("Acme")).product_name == "Acme"


def test_the_settings_belong_together_and_hide_the_key(tmp_path: Path) -> None:
    assert KEY not in repr(settings(tmp_path, "http://127.0.0.1:1/v1"))
    for wrong in ({"vision_url": "ftp://host/v1", "vision_model": "eye"}, {"vision_url": "http://host/v1"}):
        with pytest.raises(ValidationError, match="vision_url"):
            Settings(home=tmp_path, **wrong)  # type: ignore[arg-type]
