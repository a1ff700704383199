# SPDX-License-Identifier: Apache-2.0
"""``affiche version``."""

from importlib.metadata import version as version_of

from affiche.cli.terminal import results


def version() -> None:
    """Print the version."""
    results().print(f"affiche {version_of('affiche')}")
