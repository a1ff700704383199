# SPDX-License-Identifier: Apache-2.0
"""Every ``AFFICHE_*`` setting. Nothing else is read from the environment, except S3's own ``AWS_*`` variables."""

import os
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE: Final = 1024 * 1024


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Settings(BaseSettings):
    """The effective configuration; each field is set by ``AFFICHE_`` plus its name in capitals.

    ``database_url`` and ``storage_url`` are empty for the embedded default, which keeps everything under ``home``.
    """

    model_config = SettingsConfigDict(env_prefix="AFFICHE_", frozen=True, extra="ignore")

    # Where things are
    home: Path = Field(default=Path("~/.affiche"), description="Folder of the embedded database, files and key.")
    database_url: SecretStr = Field(default=SecretStr(""), description="sqlite:///file or postgresql://user@host/name.")
    storage_url: str = Field(default="", description="file:///folder or s3://bucket/prefix (with AWS_* variables).")
    server_key: SecretStr = Field(default=SecretStr(""), description="64 hex digits; empty: kept in home/server.key.")

    # HTTP
    host: str = Field(default="127.0.0.1", description="Address that the API listens on; 0.0.0.0 for all.")
    port: int = Field(default=8700, ge=0, le=65535, description="Port that the API listens on.")
    public_url: str = Field(default="", description="The address that clients see; empty: made of host and port.")
    max_upload_bytes: int = Field(default=22 * MEBIBYTE, ge=1, description="Largest picture that a client may send.")
    preserve_references: bool = Field(default=True, description="Answer with $id/$values where the contract does.")
    allow_api_key_only: bool = Field(default=False, description="Accept x-api-key and x-api-secret without a token.")
    allow_private_targets: bool = Field(
        default=False, description="Let channels, webhooks and sources be on private hosts."
    )

    # Accounts
    access_token_hours: float = Field(default=24, gt=0, description="How long an access token works.")
    refresh_token_days: float = Field(
        default=7, gt=0, description="How long a refresh token outlives its access token."
    )
    refresh_grace_seconds: float = Field(default=60, ge=0, description="How long a used refresh token still works.")

    # Creatives
    variants_per_size: int = Field(default=5, ge=1, le=20, description="Creatives that a process makes of each size.")
    failed_state: int = Field(default=4, description="The RenderState that clients see on a failed task; never 5.")
    progress_after_every_task: bool = Field(
        default=False, description="Notify of progress after each task, not at the end."
    )
    finished_visible_hours: float = Field(default=24, ge=0, description="How long finished processes stay listed.")

    # API keys
    environments: Literal["both", "live", "sandbox"] = Field(default="both", description="Which API keys are served.")
    limits: Literal["off", "vendor"] = Field(
        default="off", description="vendor: the vendor's limits on keys, batches, requests."
    )
    limits_url: SecretStr = Field(
        default=SecretStr("memory://"), description="Where requests are counted: memory:// or redis://host."
    )

    # Enhancements
    credits_per_image: int = Field(default=5, ge=0, description="What enhancing one picture costs.")
    content_policy_words: str = Field(
        default="porn,nsfw,gore",
        description="Words that instructions may not use.",
    )
    sandbox_seconds: float = Field(default=1, ge=0, description="How long the sandbox pretends to work.")
    result_retention_days: float = Field(default=0, ge=0, description="How long results are kept; 0 for ever.")
    standard_webhooks: bool = Field(
        default=False, description="Sign batches' webhooks for Standard Webhooks libraries too."
    )

    # Credits
    credits: Literal["unmetered", "metered"] = Field(
        default="unmetered", description="metered: live work takes purchased credits."
    )
    credit_threshold: int = Field(
        default=200, ge=0, description="Credits to have purchased before live use, if metered."
    )

    credits_per_photo: int = Field(default=1, ge=0, description="What a product photo costs when first downloaded.")

    # Cut-outs
    cutout_model: str = Field(default="", description="ONNX file of a cut-out network; empty: the built-in cutter.")
    cutout_family: Literal["", "u2net", "isnet", "birefnet"] = Field(
        default="", description="Its kind, if the file's name does not tell it."
    )

    # Scenes
    scene_model: str = Field(
        default="",
        description="Folder of an inpainting pipeline, for prompts that the studio cannot draw; empty: none.",
    )
    scene_seconds: float = Field(default=600, gt=0, description="A picture that it takes longer to paint fails.")

    # Recommendations
    vision_url: str = Field(default="", description="OpenAI-compatible API of a vision model, up to /v1.")
    vision_model: str = Field(default="", description="The model that it is to ask.")
    vision_key: SecretStr = Field(default=SecretStr(""), description="Its API key, if it wants one.")
    vision_seconds: float = Field(
        default=8, gt=0, le=60, description="How long to wait for it before going on without."
    )

    # Workers
    workers: int = Field(default_factory=_cores, ge=0, description="Render processes of a worker.")
    delivery_slots: int = Field(default=64, ge=1, description="Notifications that one worker delivers at once.")
    task_timeout_seconds: float = Field(default=60, gt=0, description="A creative that takes longer fails.")
    render_memory_megabytes: int = Field(default=600, ge=100, description="A render process above it is replaced.")
    poll_seconds: float = Field(default=0.05, gt=0, description="How often a worker looks for jobs.")
    lease_seconds: float = Field(default=10, gt=0, description="A worker silent for this long is taken for dead.")
    drain_seconds: float = Field(default=8, gt=0, description="How long a leaving worker waits for its tasks.")
    job_retention_hours: float = Field(default=24, gt=0, description="How long finished jobs are kept.")
    event_retention_days: float = Field(default=30, gt=0, description="How long notifications can be sent again.")
    blob_grace_hours: float = Field(default=1, gt=0, description="How long a blob without an owner is kept.")

    # Logs
    log_format: Literal["json", "console"] = Field(default="json", description="json for machines, console for people.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error."
    )

    @field_validator("home")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("failed_state")
    @classmethod
    def _not_done(cls, value: int) -> int:
        if value in (1, 5):
            raise ValueError("1 and 5 mean queued and done; choose another number for failed tasks")
        return value

    @model_validator(mode="after")
    def _known_schemes(self) -> Self:
        if not self.database.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:", "postgres:")):
            raise ValueError("database_url must start with sqlite:/// or postgresql://")
        if not self.storage.startswith(("file://", "s3://")):
            raise ValueError("storage_url must start with file:// or s3://")
        if self.vision_url and not (self.vision_url.startswith(("http://", "https://")) and self.vision_model):
            raise ValueError("vision_url must start with http:// or https://, and vision_model must name a model")
        if not self.limits_url.get_secret_value().startswith(("memory://", "redis://", "rediss://")):
            raise ValueError("limits_url must be memory:// or start with redis:// or rediss://")
        return self

    @property
    def database(self) -> str:
        """The effective database URL."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.home / 'affiche.db'}"

    @property
    def storage(self) -> str:
        """The effective storage URL."""
        return self.storage_url or (self.home / "files").as_uri()

    @property
    def incoming(self) -> Path:
        """The folder for uploads that are still streaming in; on the same disk as ``home``."""
        return self.home / "incoming"

    @property
    def plates(self) -> Path:
        """The folder where the studio's plates are unpacked, for all render processes of the machine to map."""
        return self.home / "plates"

    @property
    def server_key_file(self) -> Path:
        return self.home / "server.key"

    @property
    def url(self) -> str:
        """The effective public address, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    def environment(self) -> dict[str, str]:
        """The variables that give another process the same settings, secrets included."""
        variables = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            variables[f"AFFICHE_{name.upper()}"] = text
        return variables
