# SPDX-License-Identifier: Apache-2.0
"""The commands of whoever runs a server: applications, settings, examination."""

import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from affiche.cli.checks import fonts
from affiche.cli.checks.findings import State
from affiche.cli.configuration import masked_url
from affiche.cli.native import broken
from affiche.engines.painter import available
from affiche.typography.coverage import Script
from tests.doubles.fonts import system_fonts_in

FORMS = {"apiKey": r"[0-9a-f]{32}", "apiSecret": r"[0-9a-f]{64}", "jwtPrivateKey": r"[0-9a-f]{128}"}


def test_credentials_are_printed_once(affiche: Callable[..., Any]) -> None:
    made = affiche("apps", "create", "--name", "Shop", "--json")
    assert made.code == 0, made.err
    assert list(made.json) == ["applicationId", "apiKey", "apiSecret", "jwtPrivateKey"]
    for name, form in FORMS.items():
        assert re.fullmatch(form, made.json[name]), name
    listed = affiche("apps", "list", "--json")
    (application,) = listed.json
    assert application["applicationId"] == made.json["applicationId"]
    assert (application["name"], application["disabled"]) == ("Shop", False)
    for name in FORMS:
        assert made.json[name] not in listed.out + affiche("apps", "list").out


def test_people_see_credentials_and_a_warning(affiche: Callable[..., Any]) -> None:
    made = affiche("apps", "create", "--name", "Shop")
    assert made.code == 0
    UUID(re.search(r"applicationId\s+(\S+)", made.out)[1])  # type: ignore[index]
    assert re.search(rf"jwtPrivateKey\s+{FORMS['jwtPrivateKey']}", made.out)
    assert "not shown again" in made.err


def test_rotation_gives_new_credentials_to_the_same_application(affiche: Callable[..., Any]) -> None:
    made = affiche("apps", "create", "--name", "Shop", "--json").json
    rotated = affiche("apps", "rotate", made["applicationId"], "--json").json
    assert rotated["applicationId"] == made["applicationId"]
    assert all(rotated[name] != made[name] for name in FORMS)


def test_a_disabled_application_is_listed_so(affiche: Callable[..., Any]) -> None:
    made = affiche("apps", "create", "--name", "Shop", "--json").json
    assert affiche("apps", "disable", made["applicationId"]).code == 0
    assert affiche("apps", "list", "--json").json[0]["disabled"] is True
    assert "disabled" in affiche("apps", "list").out


@pytest.mark.parametrize("command", ["rotate", "disable"])
def test_an_unknown_application_gets_a_sentence(affiche: Callable[..., Any], command: str) -> None:
    missing = uuid4()
    said = affiche("apps", command, missing)
    assert said.code == 2
    assert f"There is no application {missing}" in said.err
    assert "Traceback" not in said.err


def test_an_empty_name_is_refused(affiche: Callable[..., Any]) -> None:
    said = affiche("apps", "create", "--name", "  ")
    assert (said.code, said.out) == (2, "")
    assert "name must have" in said.err


def test_no_application_yet(affiche: Callable[..., Any]) -> None:
    said = affiche("apps", "list")
    assert said.code == 0
    assert "affiche apps create" in said.err


def test_config_masks_secrets_and_fills_in_defaults(
    affiche: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AFFICHE_DATABASE_URL", "postgresql://shop:topsecret@db.example/shop?sslpassword=alsosecret")
    monkeypatch.setenv("AFFICHE_SERVER_KEY", "ab" * 32)
    values = affiche("config", "--json").json
    assert values["AFFICHE_DATABASE_URL"] == "postgresql://shop:***@db.example/shop?***"
    assert values["AFFICHE_SERVER_KEY"] == "***"
    assert values["AFFICHE_STORAGE_URL"] == (tmp_path / "home" / "files").as_uri()
    assert values["AFFICHE_VARIANTS_PER_SIZE"] == 5
    printed = affiche("config").out
    assert "topsecret" not in printed
    assert "alsosecret" not in printed
    assert re.search(r"AFFICHE_DATABASE_URL .* set", printed)
    assert re.search(r"AFFICHE_PORT +8700 +default", printed)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////home/me/a.db", "sqlite:////home/me/a.db"),
        ("postgresql://me@host:5432/name", "postgresql://me@host:5432/name"),
        ("amqp://me:a:b@host/", "amqp://me:***@host/"),
        ("s3://bucket/prefix", "s3://bucket/prefix"),
    ],
)
def test_masked_urls_keep_what_is_no_secret(url: str, shown: str) -> None:
    assert masked_url(url) == shown


def test_a_wrong_setting_is_named(affiche: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFFICHE_PORT", "many")
    said = affiche("config")
    assert said.code == 2
    assert said.err.startswith("Error: AFFICHE_PORT: ")
    assert "Traceback" not in said.err


def test_a_database_that_does_not_answer_gets_a_sentence(
    affiche: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFFICHE_DATABASE_URL", f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
    said = affiche("apps", "list")
    assert said.code == 2
    assert "The database does not answer" in said.err
    assert "Traceback" not in said.err


def test_a_port_in_use_is_told_before_anything_starts(affiche: Callable[..., Any], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for command in ("serve", "api"):
            said = affiche(command, "--port", port)
            assert said.code == 2
            assert f"Port {port} of 127.0.0.1 cannot be used" in said.err
    assert not (tmp_path / "home").exists()


def test_fonts_are_listed_with_the_default_first(affiche: Callable[..., Any]) -> None:
    names = affiche("fonts", "list", "--json").json
    assert names[0] == "Inter"
    assert {"Poppins", "Playfair Display"} <= set(names)
    assert affiche("fonts", "list").out.split("\n")[0] == "Inter"


def test_the_doctor_finds_this_installation_sound_and_creates_nothing(
    affiche: Callable[..., Any], tmp_path: Path
) -> None:
    said = affiche("doctor", "--json")
    assert said.code == 0, said.out
    states = {check["name"]: check["state"] for check in said.json["checks"]}
    for name in ("Libraries", "PNG", "JPEG", "WEBP", "AVIF", "Font families", "Icons", "Arabic", "Database", "Storage"):
        assert states[name] == "ok", name
    assert all(check["cost"] for check in said.json["checks"] if check["state"] != "ok")
    assert not (tmp_path / "home").exists()


def test_the_doctor_finds_a_server_that_has_run(affiche: Callable[..., Any], tmp_path: Path) -> None:
    affiche("apps", "create", "--name", "Shop")
    details = {check["name"]: check["detail"] for check in affiche("doctor", "--json").json["checks"]}
    assert "(sqlite 3" in details["Database"]
    (tmp_path / "home" / "server.key").chmod(0o644)
    key = next(check for check in affiche("doctor", "--json").json["checks"] if check["name"] == "Server key")
    assert key["state"] == "lacking"
    assert "chmod 600" in key["cost"]


def test_the_doctor_knocks_at_the_store_of_limits(affiche: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> Any:
        return next(check for check in affiche("doctor", "--json").json["checks"] if check["name"] == "Limits")

    assert found()["detail"].startswith("off")
    monkeypatch.setenv("AFFICHE_LIMITS", "vendor")
    assert (found()["state"], found()["detail"]) == ("ok", "vendor, counted in memory://")
    monkeypatch.setenv("AFFICHE_LIMITS_URL", "redis://:topsecret@127.0.0.1:1/0")
    broken = found()
    assert broken["state"] == "broken"
    assert "could not be checked" in broken["detail"]
    assert "topsecret" not in str(broken)


def test_the_doctor_looks_at_the_scene_model(
    affiche: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def found() -> Any:
        return next(check for check in affiche("doctor", "--json").json["checks"] if check["name"] == "Scene model")

    assert (found()["state"], found()["detail"][:4]) == ("ok", "none")
    monkeypatch.setenv("AFFICHE_SCENE_MODEL", str(tmp_path))
    assert found()["state"] == "broken"
    assert "has no model_index.json" in found()["detail"]
    (tmp_path / "transformer").mkdir()
    (tmp_path / "transformer" / "model.safetensors").write_bytes(b"0" * 2_000_000)
    (tmp_path / "model_index.json").write_text('{"_class_name": "FluxFillPipeline"}')
    if available():
        assert found()["state"] == "ok"
        assert "FLUX Fill, 0.0 GB, on " in found()["detail"]
    else:
        assert "pip install 'affiche[neural]'" in found()["detail"]


def test_the_doctor_says_what_is_broken_and_exits_with_one(
    affiche: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFFICHE_DATABASE_URL", f"postgresql://me:topsecret@127.0.0.1:{free_port()}/nothing")
    said = affiche("doctor", "--broker", f"amqp://me:topsecret@127.0.0.1:{free_port()}/")
    assert said.code == 1
    assert re.search(r"broken +Database +postgresql://me:\*\*\*@127.0.0.1", said.out)
    assert re.search(r"broken +Broker +amqp://me:\*\*\*@127.0.0.1", said.out)
    assert "topsecret" not in said.out


def test_a_wrong_setting_is_a_finding(affiche: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFFICHE_FAILED_STATE", "5")
    said = affiche("doctor", "--json")
    assert said.code == 1
    settings = next(check for check in said.json["checks"] if check["name"] == "Settings")
    assert "AFFICHE_FAILED_STATE" in settings["detail"]


def test_a_script_without_a_font_is_lacking() -> None:
    finding = fonts.script(Script("Private", "\U000f1234", "fonts-none"))
    assert finding.state is State.LACKING
    assert "apt install fonts-none" in finding.cost


def test_scripts_are_listed_with_their_font_or_its_package(affiche: Callable[..., Any]) -> None:
    with system_fonts_in():
        rows = {row["script"]: row for row in affiche("fonts", "scripts", "--json").json}
        said = affiche("fonts", "scripts").out
        states = {check["name"]: check for check in affiche("doctor", "--json").json["checks"]}
    assert rows["Thai"] == {
        "script": "Thai", "covered": True, "font": "Noto Sans Thai 700", "missing": [], "package": ""
    }  # fmt: skip
    assert rows["Hebrew"]["covered"] is False
    assert (rows["Hebrew"]["font"], rows["Hebrew"]["package"]) == ("", "fonts-noto-core")
    assert re.search(r"Japanese +no font here; apt install fonts-noto-cjk", said)
    assert re.search(r"Cyrillic +Inter 700", said)
    assert states["Korean"]["state"] == "lacking"
    assert "apt install fonts-noto-cjk" in states["Korean"]["cost"]


def test_a_missing_system_library_is_named_with_its_package() -> None:
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert broken("skia", error).sentence == (
        "Missing: the system library libEGL.so.1, which skia needs. Install it (Debian, Ubuntu: apt install libegl1)."
    )
    assert "no such thing" in broken("cv2", ImportError("no such\nthing")).sentence


def test_the_doctor_speaks_when_a_library_does_not_load(tmp_path: Path) -> None:
    (tmp_path / "skia.py").write_text("raise ImportError('libGL.so.1: cannot open shared object file: gone')")
    command = [sys.executable, "-m", "affiche", "doctor"]
    done = subprocess.run(command, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "apt install libgl1" in done.stdout
    assert "Traceback" not in done.stderr


def test_help_and_version(affiche: Callable[..., Any]) -> None:
    assert affiche("version").out.startswith("affiche ")
    help_text = affiche("--help").out
    for command in ("render", "demo", "serve", "api", "worker", "apps", "config", "doctor", "fonts", "version"):
        assert command in help_text


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
