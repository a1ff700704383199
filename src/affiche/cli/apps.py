# SPDX-License-Identifier: Apache-2.0
"""``affiche apps``: the integrators that may use the server, and their credentials."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from affiche.cli.terminal import notes, print_json, results, table

if TYPE_CHECKING:
    from affiche.service.accounts.values import Application, NewApplication

commands = typer.Typer(help="Applications: the integrators that may use this server.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ApplicationId = Annotated[UUID, typer.Argument(metavar="APPLICATION_ID", show_default=False)]


class Standing(StrEnum):
    """What API keys of an application may do; the names are the values of the use cases, written for a command line."""

    GOOD = "good"
    EMAIL_NOT_VERIFIED = "email-not-verified"
    ACCOUNT_SUSPENDED = "account-suspended"
    PAYMENT_RISK_RESTRICTED = "payment-risk-restricted"
    API_ACCESS_NOT_ENABLED = "api-access-not-enabled"


@commands.command("create")
def create(
    name: Annotated[str, typer.Option("--name", "-n", help="A name for people.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Make an application and print its credentials, which are shown this once."""
    from affiche.service.assembly import Services
    from affiche.settings import Settings

    with Services.open(Settings()) as services:
        _show(services.applications.create(name), as_json)


@commands.command("list")
def listed(as_json: AsJson = False) -> None:
    """List the applications, oldest first."""
    from affiche.service.assembly import Services
    from affiche.settings import Settings

    with Services.open(Settings()) as services:
        applications = services.applications.list()
    if as_json:
        print_json(
            [
                {
                    "applicationId": str(one.application_id),
                    "name": one.name,
                    "created": one.created.isoformat(),
                    "disabled": one.disabled,
                    "standing": one.standing.value,
                }
                for one in applications
            ]
        )
        return
    if not applications:
        notes().print("There is no application yet; make one with 'affiche apps create --name NAME'.")
        return
    rows = table("APPLICATION ID", "NAME", "CREATED", "STATE")
    for one in applications:
        created = f"{one.created:%Y-%m-%d %H:%M}"
        rows.add_row(str(one.application_id), one.name, created, _state(one))
    results().print(rows)


@commands.command("rotate")
def rotate(application_id: ApplicationId, as_json: AsJson = False) -> None:
    """Replace all credentials of an application; the old ones and every token stop working at once."""
    from affiche.service.assembly import Services
    from affiche.settings import Settings

    with Services.open(Settings()) as services:
        _show(services.applications.rotate(application_id), as_json)


@commands.command("disable")
def disable(application_id: ApplicationId, as_json: AsJson = False) -> None:
    """Lock an application out for good; what it made is kept."""
    from affiche.service.assembly import Services
    from affiche.settings import Settings

    with Services.open(Settings()) as services:
        services.applications.disable(application_id)
    if as_json:
        print_json({"applicationId": str(application_id), "disabled": True})
    else:
        results().print(f"Application {application_id} is disabled.")


@commands.command("standing")
def standing(
    application_id: ApplicationId,
    value: Annotated[Standing, typer.Argument(metavar="STANDING", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Decide what an application's API keys may do: everything, only the sandbox, or nothing for the reason given."""
    from affiche.service.accounts.standing import Standing as Kept
    from affiche.service.assembly import Services
    from affiche.settings import Settings

    with Services.open(Settings()) as services:
        services.applications.set_standing(application_id, Kept(value.name.lower()))
    if as_json:
        print_json({"applicationId": str(application_id), "standing": value.name.lower()})
    else:
        results().print(f"Application {application_id} is now: {value.value}.", soft_wrap=True)


def _state(one: "Application") -> str:
    if one.disabled:
        return "disabled"
    return "active" if one.standing == "good" else one.standing.value.replace("_", "-")


def _show(made: "NewApplication", as_json: bool) -> None:
    credentials = {
        "applicationId": str(made.application_id),
        "apiKey": made.api_key,
        "apiSecret": made.api_secret,
        "jwtPrivateKey": made.jwt_private_key,
    }
    if as_json:
        print_json(credentials)
        return
    rows = table("", "")
    rows.show_header = False
    for label, value in credentials.items():
        rows.add_row(label, value)
    results().print(rows)
    notes().print("Keep these: they are not stored in a readable form and not shown again.")
