"""The first schema, written out: what a database of version 1 holds, whatever `tables.py` says later."""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE meta (
        "key" VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE review (
        seq INTEGER NOT NULL, id VARCHAR NOT NULL, learner VARCHAR NOT NULL, device VARCHAR NOT NULL,
        session_id VARCHAR NOT NULL, card VARCHAR NOT NULL, part VARCHAR NOT NULL,
        prompt VARCHAR NOT NULL, mode VARCHAR NOT NULL, reason VARCHAR NOT NULL, moves INTEGER NOT NULL,
        at_ms BIGINT NOT NULL, utc_offset_min INTEGER NOT NULL, study_day INTEGER NOT NULL,
        rating INTEGER, suggested INTEGER, score FLOAT, confidence INTEGER, hints INTEGER NOT NULL,
        attempts INTEGER NOT NULL, think_ms BIGINT NOT NULL, duration_ms BIGINT NOT NULL,
        answer VARCHAR NOT NULL, verdict VARCHAR NOT NULL, mistake VARCHAR NOT NULL,
        card_hash VARCHAR NOT NULL, predicted FLOAT, params_id VARCHAR NOT NULL, stability_after FLOAT,
        difficulty_after FLOAT, interval_days INTEGER, undone_at_ms BIGINT, PRIMARY KEY (seq),
        CONSTRAINT mode_known CHECK (mode IN ('drill', 'cram', 'quiz', 'mock', 'warmup', 'import')),
        CONSTRAINT reason_known CHECK (
            reason IN ('', 'due', 'new', 'repeat', 'red', 'plan', 'last-pass', 'picked')
        ),
        CONSTRAINT moves_range CHECK (moves BETWEEN 0 AND 1),
        CONSTRAINT rating_range CHECK (rating BETWEEN 1 AND 4),
        CONSTRAINT suggested_range CHECK (suggested BETWEEN 1 AND 4),
        CONSTRAINT score_range CHECK (score BETWEEN 0 AND 1),
        CONSTRAINT confidence_range CHECK (confidence BETWEEN 1 AND 3), UNIQUE (id)
    )
    """,
    "CREATE INDEX review_card ON review (learner, card, at_ms, id)",
    "CREATE INDEX review_day ON review (learner, study_day, undone_at_ms)",
    "CREATE INDEX review_session ON review (session_id)",
    """
    CREATE TABLE reviewlink (
        system VARCHAR NOT NULL, external_id VARCHAR NOT NULL, review_id VARCHAR NOT NULL,
        PRIMARY KEY (system, external_id)
    )
    """,
    "CREATE INDEX ix_reviewlink_review_id ON reviewlink (review_id)",
    """
    CREATE TABLE cardstate (
        learner VARCHAR NOT NULL, card VARCHAR NOT NULL, head_id VARCHAR NOT NULL,
        params_id VARCHAR NOT NULL, stability FLOAT NOT NULL, difficulty FLOAT NOT NULL,
        first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, last_at_ms BIGINT NOT NULL,
        due_day INTEGER NOT NULL, reps INTEGER NOT NULL, lapses INTEGER NOT NULL,
        pass_days INTEGER NOT NULL, last_rating INTEGER NOT NULL, repeat_day INTEGER,
        red_from_day INTEGER, pass_day INTEGER, fail_day INTEGER, PRIMARY KEY (learner, card)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE cardmark (
        seq INTEGER NOT NULL, id VARCHAR NOT NULL, learner VARCHAR NOT NULL, device VARCHAR NOT NULL,
        session_id VARCHAR NOT NULL, card VARCHAR NOT NULL, kind VARCHAR NOT NULL,
        value VARCHAR NOT NULL, at_ms BIGINT NOT NULL, cause_id VARCHAR, undone_at_ms BIGINT,
        PRIMARY KEY (seq),
        CONSTRAINT kind_known CHECK (kind IN ('suspended', 'buried', 'flag', 'note', 'known')),
        UNIQUE (id)
    )
    """,
    "CREATE INDEX cardmark_card ON cardmark (learner, card, kind)",
    "CREATE INDEX ix_cardmark_cause_id ON cardmark (cause_id)",
    """
    CREATE TABLE params (
        id VARCHAR NOT NULL, weights VARCHAR NOT NULL, metrics VARCHAR NOT NULL,
        adopted_at_ms BIGINT NOT NULL, PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE session (
        id VARCHAR NOT NULL, learner VARCHAR NOT NULL, device VARCHAR NOT NULL, kind VARCHAR NOT NULL,
        config VARCHAR NOT NULL, items VARCHAR NOT NULL, state VARCHAR NOT NULL, result VARCHAR NOT NULL,
        started_at_ms BIGINT NOT NULL, ended_at_ms BIGINT, PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE "plan" (
        id VARCHAR NOT NULL, learner VARCHAR NOT NULL, name VARCHAR NOT NULL,
        interview_day INTEGER NOT NULL, minutes_per_day FLOAT NOT NULL, config VARCHAR NOT NULL,
        ended_at_ms BIGINT, at_ms BIGINT NOT NULL, device VARCHAR NOT NULL, PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE planday (
        plan_id VARCHAR NOT NULL, study_day INTEGER NOT NULL, rule VARCHAR NOT NULL,
        items VARCHAR NOT NULL, at_ms BIGINT NOT NULL, device VARCHAR NOT NULL,
        PRIMARY KEY (plan_id, study_day)
    )
    """,
    """
    CREATE TABLE exportnote (
        system VARCHAR NOT NULL, card VARCHAR NOT NULL, guid VARCHAR NOT NULL,
        content_hash VARCHAR NOT NULL, mod BIGINT NOT NULL, note_id BIGINT NOT NULL,
        PRIMARY KEY (system, card)
    )
    """,
)
