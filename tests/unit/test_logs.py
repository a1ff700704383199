# SPDX-License-Identifier: Apache-2.0
import json
import subprocess
import sys

PROGRAM = """
import logging, structlog
from affiche import logs
logs.configure({format!r}, {level!r})
with structlog.contextvars.bound_contextvars(request_id="r1", process_id="p1"):
    logs.logger("affiche.jobs").info("task_done", task_id="t1", seconds=0.5)
    logging.getLogger("some.library").warning("It is %s", "late", extra=dict(detail=1))
    logging.getLogger("dbos").info("chatter")
try:
    1 / 0
except ZeroDivisionError:
    logs.logger("affiche.jobs").exception("job_failed")
"""


def spoken(log_format: str, level: str = "info") -> list[str]:
    program = PROGRAM.format(format=log_format, level=level)
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == ""
    return run.stderr.splitlines()


def test_json_lines_carry_the_ids_of_what_is_under_way() -> None:
    own, foreign, fault = (json.loads(line) for line in spoken("json"))
    assert (own["event"], own["level"], own["logger"]) == ("task_done", "info", "affiche.jobs")
    assert (own["request_id"], own["process_id"], own["task_id"], own["seconds"]) == ("r1", "p1", "t1", 0.5)
    assert own["timestamp"].endswith("Z")
    assert (foreign["event"], foreign["request_id"], foreign["detail"]) == ("It is late", "r1", 1)
    assert fault["exception"][0]["exc_type"] == "ZeroDivisionError"
    assert "request_id" not in fault


def test_people_get_plain_lines_and_the_level_counts() -> None:
    assert any("task_done" in line and "task_id=t1" in line for line in spoken("console"))
    assert not any("task_done" in line for line in spoken("json", "warning"))
