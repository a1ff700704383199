# SPDX-License-Identifier: Apache-2.0
import ctypes
import subprocess
from pathlib import Path

import pytest

from affiche.images.kernels import KernelMissing, kernel, library_of

DOUBLING = "#include <stdint.h>\nvoid affiche_double(int32_t *number) { *number *= 2; }\n"


def test_the_remedy_for_a_missing_kernel_makes_it(tmp_path: Path) -> None:
    source = tmp_path / "doubling.c"
    source.write_text(DOUBLING)
    arguments = (ctypes.POINTER(ctypes.c_int32),)
    with pytest.raises(KernelMissing, match="C compiler") as missing:
        kernel(source, "affiche_double", arguments)
    subprocess.run(str(missing.value).split("'")[1], shell=True, check=True)
    number = ctypes.c_int32(21)
    kernel(source, "affiche_double", arguments)(ctypes.byref(number))
    assert number.value == 42


def test_every_c_file_of_the_package_is_compiled() -> None:
    sources = list((Path(__file__).parents[3] / "src").rglob("*.c"))
    assert sources
    assert all(library_of(source).exists() for source in sources)
