# SPDX-License-Identifier: Apache-2.0
"""``affiche demo`` as a new user runs it."""

import subprocess
import sys
from pathlib import Path

from affiche.images.probe import probe

TIMEOUT_SECONDS = 180


def test_the_demonstration_draws_a_campaign_and_photographs_a_product(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "affiche", "demo", "--out", str(out), "--kind", "leaderboard"],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{done.stderr}\n{(out / 'server.log').read_text()[-2000:]}"
    assert f"Look at {out / 'contact-sheet.png'}" in done.stdout
    assert probe((out / "contact-sheet.png").read_bytes()).kind == "png"
    creatives = sorted(path.name for path in out.glob("*-v*.png"))
    assert creatives == [f"leaderboard-728x90-v{n}.png" for n in range(1, 6)]
    photos = sorted(out.glob("photo-[0-9].png"))
    assert [path.name for path in photos] == [f"photo-{n}.png" for n in range(1, 7)]
    assert {(probe(path.read_bytes()).width, probe(path.read_bytes()).height) for path in photos} == {(1674, 628)}
    assert len({path.read_bytes() for path in photos}) == len(photos)
    assert f"Look at {out / 'photo-sheet.png'}" in done.stdout
    assert probe((out / "photo-sheet.png").read_bytes()).kind == "png"
