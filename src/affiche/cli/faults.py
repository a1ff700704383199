# SPDX-License-Identifier: Apache-2.0
"""Exceptions as sentences for the person at the terminal."""

from pydantic import ValidationError

from affiche.errors import AfficheError


def sentence(error: Exception) -> str | None:
    """What is wrong and what to do about it, or None for a fault of ours, which deserves its traceback."""
    match error:
        case AfficheError():
            return str(error)
        case ValidationError():
            return "\n".join(
                _setting(str(fault["loc"][0]) if fault["loc"] else "", fault["msg"]) for fault in error.errors()
            )
        case FileNotFoundError() if error.filename:
            return f"There is no file '{error.filename}'."
        case IsADirectoryError() if error.filename:
            return f"'{error.filename}' is a folder; name a file."
        case PermissionError() if error.filename:
            return f"There is no permission for '{error.filename}'."
        case FileExistsError() | NotADirectoryError() if error.filename:
            return f"'{error.filename}' is a file; name a folder."
        case ImportError():
            return f"{' '.join(str(error).split())} -- 'affiche doctor' says what this machine lacks."
        case _ if type(error).__module__.startswith(("sqlalchemy.", "psycopg")):
            return f"The database does not answer: {_first_line(error)} Check AFFICHE_DATABASE_URL."
        case _:
            return None


def _setting(name: str, message: str) -> str:
    reason = message.removeprefix("Value error, ")
    return f"AFFICHE_{name.upper()}: {reason}." if name else f"{reason[:1].upper()}{reason[1:]}."


def _first_line(error: Exception) -> str:
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    return f"{lines[0].rstrip('.')}." if lines else ""
