"""The records that pass between stages, and the closed vocabularies in them.

Times are aware datetimes in UTC; stored, they are TIMESTAMP without zone, in UTC. Ids are derived from content
(:func:`key`), never serial. NULL is "not said", 0 is "said: none".
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


def key(*parts: object) -> str:
    """A stable 16-digit hexadecimal id of what identifies a record."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]


# ---------------------------------------------------------------- vocabularies


class PollStatus(StrEnum):
    """How a poll of a feed ended."""

    OK = "ok"  # new body, parsed
    NOT_MODIFIED = "not_modified"  # 304, or the same body again
    GONE = "gone"  # 410: the publisher has retired the feed
    HTTP_ERROR = "http_error"  # any other status of 400 and more
    TIMEOUT = "timeout"  # the whole exchange took longer than its deadline
    UNREACHABLE = "unreachable"  # no address, refused, reset, TLS failure
    FORBIDDEN_ADDRESS = "forbidden_address"  # scheme or address that must not be visited
    TOO_LARGE = "too_large"  # more decoded bytes than allowed
    TOO_MANY_REDIRECTS = "too_many_redirects"
    ROBOTS = "robots"  # the host's robots.txt forbids it
    MALFORMED = "malformed"  # no feed could be made of the body
    POISON = "poison"  # parsing exceeded its time or memory and was killed


REACHED = frozenset({PollStatus.OK, PollStatus.NOT_MODIFIED})  # all others are failures


class PageStatus(StrEnum):
    """How a fetch of a page ended."""

    OK = "ok"
    GONE = "gone"  # 404, 410
    HTTP_ERROR = "http_error"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    FORBIDDEN_ADDRESS = "forbidden_address"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    ROBOTS = "robots"
    NOT_HTML = "not_html"


class Flag(StrEnum):
    """What is doubtful about an article's text."""

    SUMMARY_ONLY = "summary_only"  # title and feed summary stand in for the page
    TRUNCATED = "truncated"  # the page stops early (paywall, cut, nesting beyond the parser's depth)
    LIVE_BLOG = "live_blog"  # many posts on one page
    LIST_PAGE = "list_page"  # an index of stories, not a story
    TOO_SHORT = "too_short"  # less text than the page should have
    NOT_ENGLISH = "not_english"  # kept, not extracted
    NO_DATE = "no_date"  # no publication date could be had


class EventKind(StrEnum):
    EVENT = "event"  # something that happened at one place and time
    TOLL = "toll"  # a cumulative figure over a period or a war; never summed with events


class Scope(StrEnum):
    """Of whom and of what the figures of an event are told."""

    ALL = "all"  # of all its victims, as far as told
    GROUP = "group"  # of one nation foreign at its place, one family, one community, or children or women alone
    SUMMARY = "summary"  # of several attacks on no day and in no place below the province: no incident


class EventType(StrEnum):
    """The means. ``unknown`` is unsaid, ``other`` is said and none of these."""

    AIR_STRIKE = "air_strike"
    DRONE_STRIKE = "drone_strike"
    MISSILE_STRIKE = "missile_strike"
    SHELLING = "shelling"
    BOMBING = "bombing"
    SHOOTING = "shooting"
    ARMED_CLASH = "armed_clash"
    EXECUTION = "execution"
    CHEMICAL_ATTACK = "chemical_attack"
    ABDUCTION = "abduction"
    RIOT = "riot"
    VEHICLE_ATTACK = "vehicle_attack"
    ACCIDENT = "accident"
    DISASTER = "disaster"
    OTHER = "other"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """How a figure was told."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    APPROXIMATE = "approximate"
    RANGE = "range"
    VAGUE = "vague"
    SUM = "sum"
    CONFLICTING = "conflicting"


class Severity(StrEnum):
    CRITICAL = "critical"  # the run fails; the published file stays as it was
    ROW = "row"  # failing rows are quarantined, the rest loads
    WARNING = "warning"  # loads, and is reported


class CheckOutcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    BROKEN = "broken"  # the check could not run, or had nothing to judge: not a statement about the data
    SKIPPED = "skipped"  # nothing to judge, and nothing was expected, as in an idle run


WRITER_POOL = "warehouse_writer"  # Airflow's pool, of one slot, and queue of the tasks that open the warehouse to write

OUTCOMES = ("killed", "injured", "missing", "displaced", "abducted")
GROUPS = ("civilians", "children", "women", "combatants", "security_forces", "journalists", "medics")


# ---------------------------------------------------------------- feeds and pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One line of the OPML file, which is the list of feeds."""

    feed_id: str  # key(url)
    url: str
    title: str
    publisher: str
    country: str | None = None  # ISO 3166 alpha-3 of the publisher
    language: str | None = None  # ISO 639-1
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What the next poll of a feed needs to know of the last ones."""

    feed_id: str
    url: str
    etag: str | None = None  # verbatim
    last_modified: str | None = None  # verbatim
    body_sha256: str | None = None
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    next_poll_at: datetime | None = None
    interval_s: int | None = None
    failures: int = 0  # in a row
    last_status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """One poll of one feed in one run, and the state it leaves."""

    run_id: str
    feed_id: str
    url: str
    polled_at: datetime
    status: str  # PollStatus
    http_status: int | None = None
    items: int = 0
    new_items: int = 0  # entries whose address the warehouse did not know
    bytes: int = 0
    seconds: float = 0.0
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    redirected_to: str | None = None  # of a permanent redirect
    next_poll_at: datetime | None = None
    interval_s: int | None = None
    failures: int = 0

    @property
    def failed(self) -> bool:
        return self.status not in REACHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story as a feed announces it."""

    entry_id: str  # key(feed_id, url)
    feed_id: str
    publisher: str
    url: str  # canonical: no tracking parameters
    link: str  # as the feed has it
    guid: str | None = None
    title: str = ""  # plain text
    summary: str = ""  # plain text
    author: str | None = None
    published: datetime | None = None
    published_problem: str | None = None  # why it is absent or doubtful
    updated: datetime | None = None

    @property
    def digest(self) -> str:
        """Changes when the feed tells the story anew."""
        return key(self.title, self.summary, self.published, self.updated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """Where the archive has a page's body in full; what repeats the body refers to it."""

    sha256: str  # of the body
    url: str
    fetched_at: datetime
    file: str  # relative to the archive folder
    offset: int
    length: int  # of the record, compressed


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """What the plan tells later stages of an article the warehouse has."""

    article_id: str
    url: str
    entry_digests: tuple[str, ...] = ()  # of its feed entries as seen so far; another one: the story is told anew
    first_seen_at: datetime | None = None
    last_looked_at: datetime | None = None  # when its page was last asked for, changed or not
    archived: Archived | None = None  # its page, as last had


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """That a feed lists a story now; the next plan tells of the stories that were listed last."""

    feed_id: str
    article_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A page to fetch, with all the feed entries that point to it."""

    article_id: str  # web.urls.article_id(url): the same for http and https, desktop and mobile
    url: str
    batch: int
    entries: tuple[Entry, ...]
    host_batches: int = 1  # over how many batches its host is spread, which share the host's spacing
    archived: Archived | None = None  # its page, where an earlier run has had it


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A known story that is due for another look, with its entries as the warehouse remembers them."""

    article_id: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One fetched page, and where the archive keeps its bytes."""

    article_id: str
    url: str
    status: str  # PageStatus
    fetched_at: datetime
    final_url: str | None = None
    http_status: int | None = None
    content_type: str | None = None
    bytes: int = 0
    seconds: float = 0.0
    body_sha256: str | None = None
    error: str | None = None
    warc_file: str | None = None  # relative to the archive folder
    warc_offset: int | None = None
    warc_length: int | None = None
    archived: Archived | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unparsed:
    """What the sandbox gives for a feed or page that it could not parse."""

    reason: str  # a sentence for an operator
    killed: bool = False  # it took more time or memory than allowed, or crashed its parser


# ---------------------------------------------------------------- articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of an article: its clean text and how it was had."""

    article_id: str  # web.urls.article_id(url)
    version_id: str  # key(article_id, title, text_sha256)
    url: str  # canonical
    publisher: str
    feed_ids: tuple[str, ...]
    title: str
    text: str
    fetched_at: datetime
    author: str | None = None
    published: datetime | None = None
    published_source: str | None = None  # feed | page | url
    updated: datetime | None = None
    language: str | None = None  # ISO 639-1
    method: str = ""  # how the text was had, for example "trafilatura 2.3.1" or "summary"
    flags: tuple[str, ...] = ()  # Flag
    words: int = 0
    text_sha256: str = ""  # over the words of the text, clocks and counters left out
    correction: str | None = None  # the sentence in which it says what was corrected
    entry_digests: tuple[str, ...] = ()  # of the feed entries it came with
    warc_file: str | None = None
    warc_offset: int | None = None
    warc_length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What finding copies needs to know of an article version instead of its text; some 700 bytes."""

    version_id: str
    article_id: str
    publisher: str
    at: datetime  # published, else fetched
    text_sha256: str
    agency: str | None  # the news agency that wrote it, by its own word or its publisher's name
    agency_itself: bool  # the publisher is that agency
    sketch: tuple[int, ...]  # the lowest hashes of its word sequences, ascending, below 2**32
    keys: int  # how many of them, from the first on, lead to it when copies are looked for
    copy_of: str | None = None  # article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCopy:
    """That an article version repeats the text of another article; a row of ``core.article_copies``."""

    version_id: str
    article_id: str
    copy_of: str  # article_id of the original
    similarity: float  # share of its text that is the original's; 1.0 is the same text


# ---------------------------------------------------------------- events


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of people as told. ``best`` is None where only a vague word was given."""

    low: int | None
    best: int | None
    high: int | None
    basis: str = Basis.EXACT
    phrase: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Victim:
    outcome: str  # one of OUTCOMES
    group: str  # one of GROUPS
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it happened: as written, and as the gazetteer knows it. Degrees are WGS 84."""

    name: str | None  # as written
    gazetteer_name: str | None = None
    admin1: str | None = None
    country: str | None = None  # ISO 3166 alpha-3
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None  # exact | near | admin2 | admin1 | country


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """When it happened, both ends inclusive."""

    start: date
    end: date
    precision: str = "day"  # day | week | month | year | period
    phrase: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    name: str
    role: str = "perpetrator"  # perpetrator | target | party
    status: str = "stated"  # stated | claimed | accused | suspected


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    by: str
    actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A span of the title or the clean text: code points, end exclusive."""

    field: str  # title | text
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event or toll as one article tells it; the article's main event comes first in its list."""

    kind: str = EventKind.EVENT
    scope: str = Scope.ALL
    part_of: int | None = None  # index, in the article's list, of the event whose figure includes this one
    type: str = EventType.UNKNOWN
    killed: Figure | None = None
    injured: Figure | None = None
    missing: Figure | None = None
    displaced: Figure | None = None
    abducted: Figure | None = None
    victims: tuple[Victim, ...] = ()
    place: Place | None = None
    date: DateSpan | None = None
    actors: tuple[Actor, ...] = ()
    denials: tuple[Denial, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The event record that ``casualties extract`` prints: plain types, dates as ISO strings."""
        record = asdict(self)
        if self.date is not None:
            record["date"] |= {"start": self.date.start.isoformat(), "end": self.date.end.isoformat()}
        return record


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReport(Event):
    """An event as stored: which article version told it, extracted by which version of the extractor."""

    report_id: str  # key(version_id, extractor_version, ordinal)
    article_id: str
    version_id: str
    ordinal: int  # place in the article's list
    part_of_report: str | None = None  # report_id of the whole
    extractor_version: str
    publisher: str
    published: datetime | None = None
    copy_of: str | None = None  # article_id of the original, where the article is a copy


# ---------------------------------------------------------------- incidents


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The state of one incident over all its reports; a row of ``core.incident_history`` when it changes."""

    incident_id: str
    known_from: datetime
    change: str  # why this row was written, for example "opened", "figures", "merged"
    type: str
    place: Place | None
    date: DateSpan | None
    killed: Figure | None
    injured: Figure | None
    missing: Figure | None
    displaced: Figure | None
    abducted: Figure | None
    victims: tuple[Victim, ...] = ()
    actors: tuple[Actor, ...] = ()
    denials: tuple[Denial, ...] = ()
    sources: tuple[str, ...] = ()  # to whom the figures are attributed
    publishers: tuple[str, ...] = ()
    reports: int = 0
    independent_sources: int = 0
    sources_disagree: bool = False
    confidence: float = 0.0
    first_reported: datetime | None = None
    last_reported: datetime | None = None
    part_of: str | None = None  # incident_id of the whole
    merged_into: str | None = None  # incident_id that took this one's reports


# ---------------------------------------------------------------- quality and operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A row that did not load, whole, with the rule that it broke."""

    quarantine_id: str  # key(run_id, rule, subject_id)
    run_id: str
    stage: str  # poll | fetch | clean | extract | validate
    subject: str  # feed | entry | page | article | report
    subject_id: str
    rule: str
    reason: str  # a sentence for an operator
    value: str | None  # what broke the rule
    url: str | None
    row: str  # the whole row as JSON
    quarantined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an operator decided on a quarantined row; a row of ``ops.quarantine_decisions``.

    A released row is judged again with the one rule waived that it broke; a dropped one stays out for good.
    """

    quarantine_id: str
    decision: str  # released | dropped
    subject_id: str
    rule: str
    why: str
    decided_by: str
    decided_at: datetime
    run_id: str  # of the replay that carried it out


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One message to operators; a row of ``ops.alerts``."""

    alert_id: str  # key(run_id, subject)
    run_id: str
    subject: str
    body: str
    channels: int = 0  # how many took it
    delivered: bool = False
    error: str | None = None  # why the others did not
    sent_at: datetime
    silenced_until: datetime | None = None
    silenced_why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationResult:
    """One expectation over one batch of one run."""

    run_id: str
    suite: str
    expectation: str  # its name in the suite
    severity: str  # Severity
    outcome: str  # CheckOutcome
    evaluated: int
    failed: int
    message: str  # a sentence for an operator
    samples: tuple[str, ...] = ()
    checked_at: datetime

    @property
    def is_critical(self) -> bool:
        """Whether it holds the analysts' file back: a critical expectation that failed, or one that is broken."""
        return self.severity == Severity.CRITICAL and self.outcome in (CheckOutcome.FAILED, CheckOutcome.BROKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one loaded run brought; a row of ``ops.loads``."""

    run_id: str
    loaded_at: datetime
    extractor_version: str
    feeds_polled: int = 0
    feeds_failed: int = 0
    entries: int = 0
    new_articles: int = 0
    new_versions: int = 0
    copies: int = 0
    reports: int = 0
    incidents_opened: int = 0
    incidents_changed: int = 0
    quarantined: int = 0
    critical: bool = False  # a critical expectation failed: only ops rows were loaded
    seconds: float = 0.0
