# SPDX-License-Identifier: Apache-2.0
"""``python -m affiche`` is the command ``affiche``."""

from affiche.cli.app import main

if __name__ == "__main__":
    raise SystemExit(main())
