# SPDX-License-Identifier: Apache-2.0
"""Which variant of Mitsuba works on this machine.

The fast one generates code through LLVM; several versions of it abort on new processors, and an abort cannot be caught.
So each candidate renders a small scene in a child process first; where none survives, the scalar variant, about 2.4
times slower, is used."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

PROBE: Final = "probe"
LLVM: Final = "llvm_ad_rgb"
SCALAR: Final = "scalar_rgb"
_VARIABLE: Final = "DRJIT_LIBLLVM_PATH"
_PLACES: Final = (
    "/usr/lib/*/libLLVM.so.*",
    "/usr/lib/*/libLLVM-*.so*",
    "/usr/lib/llvm-*/lib/libLLVM*.so*",
    "/usr/lib64/libLLVM*.so*",
)
_SLOWEST_PROBE: Final = 120


class Variant(NamedTuple):
    """A variant's name, and the LLVM library that it uses, if any."""

    name: str
    library: Path | None = None

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """``base`` with what the child needs to find the library."""
        return dict(base) | ({_VARIABLE: str(self.library)} if self.library else {})


def working_variant(environment: Mapping[str, str]) -> Variant:
    """The fastest variant that survives a probe; newer versions of LLVM are tried first. DRJIT_LIBLLVM_PATH in
    ``environment`` names the only library to try."""
    chosen = environment.get(_VARIABLE)
    for library in [Path(chosen)] if chosen else libraries():
        variant = Variant(LLVM, library)
        if survives(variant, environment):
            return variant
    return Variant(SCALAR)


def survives(variant: Variant, environment: Mapping[str, str]) -> bool:
    """Whether a child process renders with ``variant`` and lives."""
    command = [sys.executable, "-m", "affiche.studio.baking", variant.name, PROBE]
    try:
        done = subprocess.run(
            command, env=variant.environment(environment), capture_output=True, timeout=_SLOWEST_PROBE, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def libraries(places: Iterable[str] = _PLACES) -> list[Path]:
    """LLVM libraries of this machine, the newest first, each once."""
    found = {path.resolve() for place in places for path in Path("/").glob(place.lstrip("/"))}
    return sorted((path for path in found if _version(path) >= 15), key=_version, reverse=True)


def _version(path: Path) -> int:
    digits = "".join(character if character.isdigit() else " " for character in path.name).split()
    return int(digits[0]) if digits else 0
