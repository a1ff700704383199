# SPDX-License-Identifier: Apache-2.0
"""``affiche config``: the settings in effect, secrets masked."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from affiche.cli.terminal import print_json, results, table

if TYPE_CHECKING:
    from affiche.settings import Settings

MASK = "***"


def config(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Print the settings in effect, with secrets masked, and mark those that the environment sets."""
    from affiche.settings import Settings

    settings = Settings()
    values = shown(settings)
    if as_json:
        print_json(values)
        return
    rows = table("VARIABLE", "VALUE", "")
    for name, value in values.items():
        given = name.removeprefix("AFFICHE_").lower() in settings.model_fields_set
        rows.add_row(name, str(value), "set" if given else "default")
    results().print(rows)


def shown(settings: "Settings") -> dict[str, Any]:
    """The effective value of each variable: what is empty by default is filled in, what is secret is masked."""
    values = {f"AFFICHE_{name.upper()}": _plain(getattr(settings, name)) for name in type(settings).model_fields}
    values["AFFICHE_DATABASE_URL"] = masked_url(settings.database)
    values["AFFICHE_STORAGE_URL"] = masked_url(settings.storage)
    values["AFFICHE_PUBLIC_URL"] = settings.url
    given = bool(settings.server_key.get_secret_value())
    values["AFFICHE_SERVER_KEY"] = MASK if given else f"in {settings.server_key_file}"
    return values


def masked_url(url: str) -> str:
    """``url`` without its password and without what follows a question mark, where some drivers take secrets."""
    scheme, separator, rest = url.partition("://")
    address, slash, path = rest.partition("/")
    user, at, host = address.rpartition("@")
    name, colon, _ = user.partition(":")
    path, mark, _ = path.partition("?")
    return f"{scheme}{separator}{name}{colon and colon + MASK}{at}{host}{slash}{path}{mark and mark + MASK}"


def _plain(value: Any) -> Any:
    return value if isinstance(value, (bool, int, float, str)) else str(value)
