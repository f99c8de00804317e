"""What a person running the program may choose."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr
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

    reader: Literal["model", "fast", "cues", "llm"] = "model"
    """Who reads: ``fast`` looks twice at less, ``llm`` asks where ``model`` is unsure."""

    processes: Annotated[int, Field(ge=0)] = 0
    """How many processes read; 0 for one a core when there is much to read."""

    llm_url: str = ""
    """Where a language model answers, as ``http://localhost:11434/v1``; none unless named."""

    llm_model: str = ""
    """Which model is asked there."""

    llm_key: SecretStr = SecretStr("")
    """The key it asks for, if any; never shown."""

    llm_budget: Annotated[float, Field(ge=0)] = 1.0
    """What one command may spend, in the currency of the prices."""

    llm_price_in: Annotated[float, Field(ge=0)] | None = None
    """What a million tokens sent cost; must be set for an endpoint on another machine."""

    llm_price_out: Annotated[float, Field(ge=0)] | None = None
    """What a million tokens got cost."""

    llm_seconds: Annotated[float, Field(gt=0)] = 60.0
    """How long one answer may take."""

    llm_band: Annotated[float, Field(ge=0, le=0.5)] = 0.2
    """A facet is in doubt when its probability is at most so far from even."""

    llm_answers: Path = Path("unsolved-answers.jsonl")
    """The file in which answers are kept, so that nothing is paid for twice."""

    host: str = "127.0.0.1"
    """The address the pages are served on; only this machine unless changed."""

    port: Annotated[int, Field(ge=1, le=65_535)] = 8765
    """The port the pages are served on."""

    largest_document_mb: int = 50
    """Files larger than this are refused with a message rather than read."""

    uploads: Path = Path("unsolved-uploads")
    """Where tables that are imported from a page are kept."""

    allowed_hosts: tuple[str, ...] = ()
    """``host:port`` inside your own network that a source you name may be read from."""

    me: str = "somebody"
    """Who works with this program, as the history of a deal names them."""

    key: SecretStr = SecretStr("")
    """The key that passwords and tokens are kept under; without it, that of the key file."""

    key_file: Path = Path("unsolved.key")
    """Where the key is kept; made when the first secret is, and read by nobody else."""

    drafts: dict[str, Any] = Field(default_factory=dict)
    """How drafts are checked, as ``[drafts]``: rules, own names, limits; see docs/drafts.md."""

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
