# SPDX-License-Identifier: Apache-2.0
"""Compiles the resampling kernel while the package is installed. It needs a C compiler, but no headers of Python."""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = Path("src/affiche/images/lanczos.c")
LIBRARY = Path("src/affiche/images/_lanczos.so")


class KernelBuild(BuildHookInterface):  # type: ignore[misc]
    """Hatchling's hook for wheels and editable installations."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        compiler = shlex.split(os.environ.get("CC", "cc"))
        if shutil.which(compiler[0]) is None:
            sys.exit(
                f"Missing: the C compiler '{compiler[0]}'. Install one (Debian, Ubuntu: apt install gcc libc6-dev)."
            )
        unfinished = root / LIBRARY.with_suffix(f".{os.getpid()}")
        flags = ["-O3", "-std=c11", "-Wall", "-shared", "-fPIC"]
        subprocess.run([*compiler, *flags, "-o", str(unfinished), str(root / SOURCE)], check=True)
        unfinished.replace(root / LIBRARY)
        build_data["artifacts"].append(f"/{LIBRARY}")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
