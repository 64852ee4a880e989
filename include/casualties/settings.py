"""Settings, read from the environment (``CASUALTIES_*``) each time they are asked for, never at import."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from casualties.store import store_path

PROJECT = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """Every knob of the pipeline. ``CASUALTIES_DATA_DIR`` sets ``data_dir``, and so on."""

    model_config = SettingsConfigDict(env_prefix="CASUALTIES_", frozen=True)

    data_dir: Path = Field(default=PROJECT / "data" / "live", description="where staging, archive and databases live")
    store: str = Field(
        default="",
        description="where staging and archive live if not in the data folder: a shared folder, or s3://bucket/prefix",
    )
    feeds: str = Field(
        default=str(PROJECT / "include" / "feeds.opml"), description="OPML file or address with the feeds"
    )
    gazetteer: Path = Field(
        default=PROJECT / "data" / "gazetteer.db", description="compact place index, built at set-up"
    )

    contact: str = Field(default="", description="address put into the User-Agent, so that a publisher can reach you")
    allow_hosts: str = Field(default="", description="comma-separated host[:port] that may be private, without spacing")
    feed_timeout: float = Field(default=30.0, gt=0, description="seconds for one whole feed exchange")
    page_timeout: float = Field(default=45.0, gt=0, description="seconds for one whole page exchange")
    feed_max_bytes: int = Field(default=5_000_000, gt=0, description="decoded bytes of a feed, at most")
    page_max_bytes: int = Field(default=10_000_000, gt=0, description="decoded bytes of a page, at most")
    host_delay: float = Field(default=1.0, ge=0, description="seconds between two requests to one host")
    host_concurrency: int = Field(default=2, gt=0, description="requests to one host at the same time")
    host_cap: int = Field(
        default=200, gt=0, description="pages taken from one host in one run, at most; the rest waits"
    )
    concurrency: int = Field(default=32, gt=0, description="requests at the same time, over all hosts")
    parse_workers: int = Field(default=2, gt=0, description="feeds or pages the sandbox parses at the same time")
    parse_timeout: float = Field(default=20.0, gt=0, description="seconds the sandbox gives one feed or page")
    parse_memory: int = Field(
        default=1_500_000_000, gt=0, description="bytes of address space the sandbox gives a worker"
    )

    poll_floor: int = Field(default=900, gt=0, description="seconds between two polls of one feed, at least")
    poll_ceiling: int = Field(default=86_400, gt=0, description="seconds between two polls of one feed, at most")
    batch_feeds: int = Field(default=100, gt=0, description="feeds polled by one task")
    batch_pages: int = Field(default=250, gt=0, description="pages fetched and read by one task")

    schedule: str = Field(default="*/15 * * * *", description="cron expression of ingest_news; empty: only by hand")
    feed_failure_limit: float = Field(
        default=0.3, ge=0, le=1, description="share of failed feeds from which a run goes red"
    )
    lock_timeout: float = Field(default=120.0, gt=0, description="seconds to wait for the warehouse's lock")
    alert_urls: str = Field(
        default="", description="Apprise URLs, comma-separated; Airflow connection `alerts` goes first"
    )
    ui_url: str = Field(
        default="http://127.0.0.1:8080", description="where operators reach the Airflow UI; used in alerts"
    )
    silences: Path = Field(
        default=PROJECT / "include" / "silences.toml", description="alerts that are not sent, until when and why"
    )
    run_deadline: float = Field(
        default=0.0, ge=0, description="minutes after which a run of ingest_news is reported late; 0: never"
    )
    stale_hours: float = Field(
        default=24.0, gt=0, description="age of the last load or the published file from which it is reported stale"
    )
    digest_schedule: str = Field(
        default="0 6 * * *", description="cron expression of maintain_warehouse; empty: only by hand"
    )
    keep_docs_days: int = Field(default=30, gt=0, description="days that the Data Docs of a run are kept")
    keep_staging_days: int = Field(
        default=7, gt=0, description="days that staging folders, and archived pages of runs that never loaded, are kept"
    )

    keep_exports: int = Field(default=3, gt=0, description="exports that are kept, the newest included")
    keep_backups: int = Field(default=7, gt=0, description="backups of the warehouse that are kept, one a day")
    keep_archive_days: int = Field(
        default=0, ge=0, description="days that archived pages of loaded runs are kept; 0: for good"
    )
    keep_archive_newest: bool = Field(
        default=True,
        description="keep, beyond those days, pages of the newest versions and of undecided quarantined rows",
    )

    @property
    def backup_dir(self) -> Path:
        return self.data_dir / "backups"

    @property
    def staging_dir(self) -> Path:
        return store_path(self.store or self.data_dir) / "staging"

    @property
    def archive_dir(self) -> Path:
        return store_path(self.store or self.data_dir) / "archive"

    @property
    def warehouse(self) -> Path:
        return self.data_dir / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        return self.data_dir / "casualties.duckdb"

    @property
    def exports(self) -> Path:
        return self.data_dir / "exports"

    @property
    def newsdesk(self) -> Path:
        return self.data_dir / "newsdesk.json"

    @property
    def quarantine(self) -> Path:
        return self.data_dir / "quarantine.parquet"

    @property
    def data_docs(self) -> Path:
        return self.data_dir / "data_docs"

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset(host.strip().lower() for host in self.allow_hosts.split(",") if host.strip())

    @property
    def user_agent(self) -> str:
        from casualties import __version__

        return f"casualties/{__version__}" + (f" (+{self.contact})" if self.contact else "")
