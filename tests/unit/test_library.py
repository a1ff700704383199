# SPDX-License-Identifier: Apache-2.0
"""The library's public names."""

import subprocess
import sys

import pytest

import affiche
from affiche.creative.brief import Brief


def test_every_public_name_leads_to_its_object() -> None:
    for name in dir(affiche):
        assert getattr(affiche, name).__name__ == name
    assert affiche.Brief is Brief


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Poster'"):
        affiche.Poster  # noqa: B018


def test_importing_the_package_loads_no_engine() -> None:
    code = "import sys, affiche; print(*{'cv2', 'skia', 'numpy', 'sqlalchemy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
