# SPDX-License-Identifier: Apache-2.0
"""Compiles the package's C files while it is installed. They need a C compiler, but no headers of Python."""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("src/affiche")
# No contraction: a product and a sum rounded as one would differ from processors that round them one by one.
FLAGS = ("-O3", "-std=c11", "-ffp-contract=off", "-Wall", "-shared", "-fPIC")


class KernelBuild(BuildHookInterface):  # type: ignore[misc]
    """Hatchling's hook for wheels and editable installations: ``name.c`` becomes ``_name.so`` beside it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        compiler = shlex.split(os.environ.get("CC", "cc"))
        if shutil.which(compiler[0]) is None:
            sys.exit(
                f"Missing: the C compiler '{compiler[0]}'. Install one (Debian, Ubuntu: apt install gcc libc6-dev)."
            )
        for source in sorted((root / PACKAGE).rglob("*.c")):
            library = source.with_name(f"_{source.stem}.so")
            unfinished = library.with_suffix(f".{os.getpid()}")
            subprocess.run([*compiler, *FLAGS, "-o", str(unfinished), str(source), "-lm"], check=True)
            unfinished.replace(library)
            build_data["artifacts"].append(f"/{library.relative_to(root)}")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
