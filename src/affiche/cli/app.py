# SPDX-License-Identifier: Apache-2.0
"""``affiche``: the root of the command line.

Modules of commands import the picture engine, the database and the web framework only inside their functions, so that
``affiche --help`` is quick and ``affiche doctor`` speaks on a machine where one of them does not load.
"""

import typer

from affiche.cli import (
    apps,
    configuration,
    cutout,
    demo,
    doctor,
    enhancements,
    events,
    fonts,
    keys,
    ledger,
    measure,
    photoshoot,
    recommend,
    render,
    replay,
    running,
    samples,
    score,
    studio,
    version,
)
from affiche.cli.terminal import ERROR_CODE, complain

INTERRUPTED = 130

app = typer.Typer(
    help="Ad creatives from a brief, a photo and a logo.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)
app.command("render")(render.render)
app.command("measure")(measure.measure)
app.command("score")(score.score)
app.command("cutout")(cutout.cutout)
app.command("recommend")(recommend.recommend)
app.command("photoshoot")(photoshoot.photoshoot)
app.command("samples")(samples.samples)
app.command("demo")(demo.demo)
app.command("replay")(replay.replay)
app.command("serve")(running.serve)
app.command("api")(running.api)
app.command("worker")(running.worker)
app.add_typer(apps.commands, name="apps")
app.add_typer(enhancements.commands, name="enhancements")
app.add_typer(keys.commands, name="keys")
app.add_typer(ledger.credit_commands, name="credits")
app.add_typer(ledger.commands, name="ledger")
app.add_typer(events.commands, name="events")
app.add_typer(fonts.commands, name="fonts")
app.add_typer(studio.commands, name="studio")
app.command("config")(configuration.config)
app.command("doctor")(doctor.doctor)
app.command("version")(version.version)


def main() -> int:
    """Run a command line; returns its exit code: 0 done, 1 something failed, 2 the input cannot be used."""
    try:
        app()
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        from affiche.cli.faults import sentence

        said = sentence(error)
        if said is None:
            raise
        complain(said)
        return ERROR_CODE
    return 0
