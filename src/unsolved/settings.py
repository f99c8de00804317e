"""What a person running the program may choose."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Settings(BaseSettings):
    """Read once, at the door; from there on, plain arguments.

    From the environment (``UNSOLVED_…``), then from ``unsolved.toml`` in the working folder.
    Every field has a default under which the program runs on a laptop.
    """

    model_config = SettingsConfigDict(
        env_prefix="UNSOLVED_", frozen=True, extra="forbid", toml_file="unsolved.toml"
    )

    database_url: str = "sqlite:///unsolved.sqlite"
    """Where everything is kept; ``postgresql+psycopg://…`` for a team."""

    problems: Path | None = None
    """A folder of problem files; without it, the library that ships with the package."""

    reader: Literal["model", "cues"] = "model"
    """Who reads the sentences."""

    host: str = "127.0.0.1"
    """The address the pages are served on; only this machine unless changed."""

    port: Annotated[int, Field(ge=1, le=65_535)] = 8765
    """The port the pages are served on."""

    largest_document_mb: int = 50
    """Files larger than this are refused with a message rather than read."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (pydantic's signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file."""
        file = TomlConfigSettingsSource(settings_cls)
        return (init_settings, env_settings, file)
