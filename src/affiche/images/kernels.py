# SPDX-License-Identifier: Apache-2.0
"""The compiled kernels: each C file of the package becomes a library beside it when the package is installed."""

import ctypes
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any


class KernelMissing(ImportError):
    """A compiled kernel is not beside its source."""

    def __init__(self, source: Path) -> None:
        library = library_of(source)
        super().__init__(
            f"{library.name} is missing: install the package on a machine with a C compiler, or run "
            f"'cc -O3 -shared -fPIC -o {library} {source}'."
        )


class Plane(ctypes.Structure):
    """Bytes with a step from row to row and from pixel to pixel, as the kernels take them; a step of 0 repeats."""

    _fields_ = (("start", ctypes.c_void_p), ("row", ctypes.c_ssize_t), ("step", ctypes.c_ssize_t))


def library_of(source: Path) -> Path:
    """Where the compiled form of a C file lies."""
    return source.with_name(f"_{source.stem}.so")


@cache
def kernel(source: Path, name: str, arguments: Sequence[Any]) -> "ctypes._NamedFuncPointer":
    """The function ``name`` of the kernel compiled from ``source``; it returns nothing. Raises `KernelMissing`."""
    library = library_of(source)
    if not library.exists():
        raise KernelMissing(source)
    function = ctypes.CDLL(str(library))[name]
    function.argtypes = list(arguments)
    function.restype = None
    return function
