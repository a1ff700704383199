# SPDX-License-Identifier: Apache-2.0
"""What the package declares: every import is a dependency, every dependency is pinned and used, no registry is named."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# Loaded by name by what imports them: drivers, the parser of FastAPI's forms, WOFF2's compression in fontTools, fonts.
INDIRECT = {"brotli", "fontawesomefree", "psycopg", "python-multipart"}
BAKING, ENGINES = ROOT / "src/affiche/studio/baking", ROOT / "src/affiche/engines"
# What torch's world loads by name: diffusers moves weights by the first, reads them by the second; readers of pictures
# need the third.
INDIRECT_NEURAL = {"accelerate", "safetensors", "torchvision"}
PINNED = re.compile(r"([A-Za-z0-9._-]+)==([^\s=]+)")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    return {canonical(re.split(r"[\[<>=~!; ]", requirement)[0]) for requirement in requirements}


def imported(folder: Path, besides: tuple[Path, ...] = ()) -> set[str]:
    """The top-level modules that the source files under ``folder`` import, those under ``besides`` left out."""
    found = set()
    for path in folder.rglob("*.py"):
        if any(path.is_relative_to(other) for other in besides):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"affiche", "bench", "tests"}


def distributions(modules: set[str]) -> set[str]:
    known = packages_distributions()
    return {canonical(name) for module in modules for name in known.get(module, [module])}


def test_the_package_imports_only_what_it_declares() -> None:
    undeclared = distributions(imported(ROOT / "src", besides=(BAKING, ENGINES))) - declared(PROJECT["dependencies"])
    assert not undeclared - {"pyvips-binary"}


def test_baking_alone_imports_its_extra() -> None:
    extra = declared(PROJECT["optional-dependencies"]["bake"])
    undeclared = distributions(imported(BAKING)) - declared(PROJECT["dependencies"])
    assert undeclared - {"pyvips-binary"} == extra


def test_the_engines_alone_import_their_extra() -> None:
    extra = declared(PROJECT["optional-dependencies"]["neural"])
    undeclared = distributions(imported(ENGINES)) - declared(PROJECT["dependencies"])
    assert undeclared == extra - INDIRECT_NEURAL


def test_the_package_declares_only_what_it_uses() -> None:
    used = distributions(imported(ROOT / "src")) | INDIRECT
    unused = {name for name in declared(PROJECT["dependencies"]) - used if not name.startswith("fontpkg-")}
    assert not unused


def test_every_dependency_is_pinned_exactly() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [PINNED.fullmatch(line) for line in lines if line and not line.startswith("#")]
    assert all(pins), "constraints.txt holds name==version lines and comments"
    names = [canonical(pin[1]) for pin in pins if pin]
    assert len(names) == len(set(names))
    wanted = declared(
        [*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra)]
    )
    assert wanted <= set(names)


def test_no_registry_is_named() -> None:
    """Packages come from wherever the machine takes them: no file of the installation has an address but examples."""
    for name in ("pyproject.toml", "constraints.txt", "Makefile", ".ci/run", "README.md", "bench/rivals/package.json"):
        hosts = re.findall(r"https?://([^\s/:\"'`{}]+)", (ROOT / name).read_text("utf-8"))
        assert set(hosts) <= {"127.0.0.1", "example.com"}, name


def test_every_source_file_states_its_licence() -> None:
    files = [path for room in ("src", "tests", "bench") for path in (ROOT / room).rglob("*.py")]
    silent = [path for path in files if not path.read_text("utf-8").startswith("# SPDX-License-Identifier: Apache-2.0")]
    assert not silent
