# SPDX-License-Identifier: Apache-2.0
"""The use cases wired to the store and to the job queue that the settings name."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from affiche.service.accounts.applications import Applications
from affiche.service.accounts.tokens import Tokens
from affiche.service.channels.channels import Channels
from affiche.service.creatives.creatives import Creatives
from affiche.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a face (HTTP, command line) may call. All calls are synchronous and thread-safe."""

    applications: Applications
    tokens: Tokens
    channels: Channels
    creatives: Creatives

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Migrate the database if needed and open everything. Close it, or use it as a context manager."""
        raise NotImplementedError

    def check(self) -> dict[str, str]:
        """What is not ready, by name (``database``, ``storage``), with the reason; empty when all is well."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
