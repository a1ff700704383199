# SPDX-License-Identifier: Apache-2.0
"""What a test needs and a machine may lack: a service, a program, a font."""

import os
from typing import NoReturn

import pytest


def missing(name: str, remedy: str = "") -> NoReturn:
    """Skip the test because ``name`` is not there; fail it when ``CI`` is ``true``, where everything has to be."""
    told = f"{name} is not available{f' ({remedy})' if remedy else ''}"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{told}, and CI=true requires it.")
    pytest.skip(f"{told}.")
