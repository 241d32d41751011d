"""The tables of an archive, the same on SQLite and PostgreSQL.

The migrations (`sayso/archive/migrations`) make them; a test holds the two together. Beside them each store keeps
its own index of words, by statement (`words`) and by transcript (`transcript_words`), which SQLAlchemy does not know:
an FTS5 table on SQLite, a `tsvector` column on PostgreSQL. Rows of `statement`, `appearance`, `about`, `relation`,
`verdict`, `gist_change` and `uncertain` are of the newest version of each article, as its corrections have it; what was
read, of older versions too, is in `record`.

Days are whole days since 1970-01-01; moments are ISO 8601 in UTC. Texts are as the article has them.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    column,
    table,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

revision = table("archive_revision", column("version_num"))
"""Kept by Alembic: the last of the migrations that made the schema what it is."""

about_archive = Table(
    "about_archive",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    comment="made_at, made_by, uuid",
)

outlet = Table(
    "outlet",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

article = Table(
    "article",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True, comment="by which it is known again: url:, guid:, file: or text:"),
    Column("url", Text),
    Column("outlet_id", ForeignKey(outlet.c.id)),
    Column("added_at", String(32), nullable=False),
)

version = Table(
    "version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey(article.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("newest", Boolean, nullable=False),
    Column("text_id", String(40), nullable=False, index=True, comment="Article.id"),
    Column("headline", Text),
    Column("language", String(8)),
    Column("published", String(40)),
    Column("published_day", Integer, index=True),
    Column("agency", Text, comment="as the dateline has it"),
    Column("edition", String(40), comment="the publisher's own number of the version"),
    Column("added_at", String(32), nullable=False),
    Column("words", Integer, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("signature", LargeBinary, comment="MinHash of the text, by which copies of a wire report are known"),
    UniqueConstraint("article_id", "number"),
)

record = Table(
    "record",
    metadata,
    Column("version_id", ForeignKey(version.c.id), primary_key=True),
    Column("record", LargeBinary, nullable=False, comment="the article with all its layers, packed"),
    Column("source", LargeBinary, comment="where it was read from, packed"),
    Column("transcripts", Text, comment="JSON list of the ids of those that its verdicts rest on"),
)

gist = Table(
    "gist",
    metadata,
    Column("version_id", ForeignKey(version.c.id), primary_key=True),
    Column("first_statement", Integer, nullable=False),
    Column("codes", LargeBinary, nullable=False, comment="one code of fixed length a statement, in their order"),
)

origin = Table(
    "origin",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("article_id", ForeignKey(article.c.id)),
    Column("transcript_id", Integer),
    Column("at", String(32), nullable=False),
    UniqueConstraint("name", "digest"),
    comment="the sources that were read, so that they need not be read again",
)

speaker = Table(
    "speaker",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("stands_for", Text),
    Column("made_at", String(32), nullable=False),
)

speaker_key = Table(
    "speaker_key",
    metadata,
    Column(
        "key",
        # In the order of bytes, in which stretches of keys are asked for.
        Text().with_variant(Text(collation="C"), "postgresql"),
        primary_key=True,
        comment="a folded name or part of one, as sayso.archive.people.naming makes them",
    ),
    Column("speaker_id", ForeignKey(speaker.c.id), primary_key=True, index=True),
)

appearance = Table(
    "appearance",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version_id", ForeignKey(version.c.id), nullable=False, index=True),
    Column("local", String(80), nullable=False, comment="the speaker's id in the article"),
    Column("speaker_id", ForeignKey(speaker.c.id), nullable=False, index=True),
    Column("found_id", Integer, comment="the speaker that was found, where a merge leads on from it to speaker_id"),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("titles", Text, nullable=False, comment="JSON list"),
    Column("stands_for", Text),
    Column("speaks", Boolean, nullable=False, comment="false of one who is only talked about"),
    Column("reason", Text, nullable=False, comment="why it is this speaker"),
    Column("decision_id", Integer, comment="the decision that put it there; none where the rule did"),
)

statement = Table(
    "statement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version_id", ForeignKey(version.c.id), nullable=False, index=True),
    Column("local", String(16), nullable=False, comment="the statement's id in the article"),
    Column("speaker_id", ForeignKey(speaker.c.id)),
    Column("outlet_id", ForeignKey(outlet.c.id)),
    Column("published_day", Integer),
    Column("said_day", Integer),
    Column("marks", Integer, nullable=False, comment="bits, as sayso.archive.marks has them"),
    Column("outer_id", Integer, comment="the statement that it lies inside"),
    Column("text", Text, nullable=False),
    Column("others", Text, comment="JSON list of further wordings"),
    Index(None, "speaker_id", "published_day", "id"),
    Index(None, "outlet_id", "published_day", "id"),
    Index(None, "published_day", "id"),
    # Has all that is counted of an outlet, so that the statements themselves, which are long, are left alone.
    Index(None, "outlet_id", "speaker_id", "marks"),
    # An id is never given twice, though the statements of an older version go: a cursor or a link may still have it.
    sqlite_autoincrement=True,
)

about = Table(
    "about",
    metadata,
    Column("statement_id", ForeignKey(statement.c.id), primary_key=True),
    Column("speaker_id", ForeignKey(speaker.c.id), primary_key=True, index=True),
)

relation = Table(
    "relation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version_id", ForeignKey(version.c.id), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("from_id", ForeignKey(statement.c.id), nullable=False, index=True),
    Column("to_id", ForeignKey(statement.c.id), nullable=False, index=True),
    Column("evidence", Text, nullable=False),
)

transcript = Table(
    "transcript",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("text_id", String(40), nullable=False),
    Column("title", Text),
    Column("day", Integer, index=True),
    Column("url", Text),
    Column("name", Text, nullable=False),
    Column("speakers", Text, nullable=False, comment="JSON list of the turns' labels"),
    Column("words", Integer, nullable=False),
    Column("newest", Boolean, nullable=False, comment="false of one whose source has another text by now"),
    Column("added_at", String(32), nullable=False),
    Column("record", LargeBinary, nullable=False, comment="the transcript, packed"),
    Column("source", LargeBinary, comment="as of `record`"),
)

verdict = Table(
    "verdict",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version_id", ForeignKey(version.c.id), nullable=False, index=True),
    Column("statement_id", ForeignKey(statement.c.id), index=True),
    Column("local", String(16), nullable=False),
    Column("kind", String(16), nullable=False, comment="quote, headline or figure"),
    Column("value", String(24), nullable=False),
    Column("doubt", Text),
    Column("transcript_id", ForeignKey(transcript.c.id)),
    Column("at", String(32), nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("speakers", Text, nullable=False, comment="JSON list of ids"),
    Column("moves", Text, nullable=False, comment="JSON: what it moved or changed, so that it can be undone"),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("undone_by", Integer),
)

problem = Table(
    "problem",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("advice", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("first_at", String(32), nullable=False),
    Column("last_at", String(32), nullable=False),
    Column("times", Integer, nullable=False),
    Column("repaired_at", String(32)),
    UniqueConstraint("name", "kind", "reason"),
)

feed = Table(
    "feed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("fetched_at", String(32)),
    Column("seen", Text, nullable=False, server_default="[]", comment="JSON list of its entries, each with its date"),
)

correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey(article.c.id), nullable=False, index=True),
    Column("version_id", ForeignKey(version.c.id), nullable=False, index=True, comment="that it was made on"),
    Column("field", String(16), nullable=False, comment="as sayso.archive.correcting.forms lists them, or undo"),
    Column("target", String(80), nullable=False, comment="an attribution's or verdict's id in the article"),
    Column("before", Text, nullable=False, comment="JSON"),
    Column("after", Text, nullable=False, comment="JSON"),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("carried_from", Integer, comment="the same correction on an older version of the article"),
    Column("undone_by", Integer, comment="the row that says so"),
    Column("checked_at", String(32), comment="when the verdicts were made, of those that were made with it"),
    sqlite_autoincrement=True,
    comment="what somebody set right, beside what was read and never over it",
)

uncertain = Table(
    "uncertain",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version_id", ForeignKey(version.c.id), nullable=False, index=True),
    Column("kind", String(16), nullable=False, comment="attribution or verdict"),
    Column("target", String(80), nullable=False),
    Column("score", Integer, nullable=False, comment="thousandths; 1000 is most uncertain"),
    Column("why", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index(None, "score", "id"),
    comment="what somebody should look at, of the newest version of each article",
)

gist_change = Table(
    "gist_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version_id", ForeignKey(version.c.id), nullable=False, index=True),
    Column("statement_id", Integer, nullable=False),
    Column("code", LargeBinary, comment="none of a statement that is gone"),
    sqlite_autoincrement=True,
    comment="what became of the gists in `gist` by corrections, the last of a statement counts",
)

STATEMENTS = (
    statement.join(version, version.c.id == statement.c.version_id)
    .join(article, article.c.id == version.c.article_id)
    .outerjoin(speaker, speaker.c.id == statement.c.speaker_id)
    .outerjoin(outlet, outlet.c.id == statement.c.outlet_id)
)
"""Statements with their version and article, with speaker and outlet where they have them: to select from."""

account = Table(
    # Not "user", which PostgreSQL has for a word of its own, and other programs for a table.
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True, comment="the name without regard to case, by which it is found"),
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False, comment="its Argon2id hash with salt and parameters"),
    Column("made_at", String(32), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("password_at", String(32), nullable=False),
    Column("signed_in_at", String(32)),
    Column("disabled_at", String(32)),
    sqlite_autoincrement=True,
    comment="the users",
)

account_session = Table(
    "account_session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey(account.c.id), nullable=False, index=True),
    Column("digest", String(64), nullable=False, unique=True, comment="SHA-256 of what the browser has"),
    Column("made_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("ends_at", String(32), nullable=False),
    Column("address", Text, nullable=False),
    Column("browser", Text, nullable=False),
)

account_token = Table(
    "account_token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey(account.c.id), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False, unique=True, comment="SHA-256 of the token"),
    Column("role", String(16), nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("used_at", String(32)),
    Column("ends_at", String(32)),
    Column("revoked_at", String(32)),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("via", String(16), nullable=False, comment="session, token, local or command"),
    Column("address", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("about", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    sqlite_autoincrement=True,
)

SECRETS = (account_session, account_token)
"""What goes into no copy of an archive: one that is restored must not bring back what was ended or revoked since."""
