"""What the database itself enforces: append-only tables, and on PostgreSQL row policies.

The tree proves that nothing was altered; the triggers make alteration by accident impossible. The
row policies ask once more, in SQL and from the memberships, what the policy layer decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from standwith.store.counts import FIFTH, TABLE, THIRD, recounts, triggers, untriggers

FROZEN = ("store_entry", "store_node", "store_checkpoint", "store_envelope")
LABELLED = (
    "store_situation",
    "store_source",
    "store_organisation",
    "store_claim",
    "store_request",
    "store_note",
    "store_assessment",
    "store_decision",
    "store_task",
    "store_comment",
    "store_attachment",
    "store_term",
)
LATER = (TABLE, "store_word")  # as LABELLED, of the third migration
REGISTER = (  # likewise, of the fifth
    "store_intake",
    "store_observation",
    "store_registeredperson",
    "store_statement",
    "store_pair",
    "store_edition",
    "store_measure",
    "store_recognition",
    "store_help",
)
SIXTH = ("store_relation",)

_SQLITE_FROZEN = """
CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
"""

_PG_FUNCTION = """
CREATE FUNCTION standwith_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the log is append-only'; END $$
"""
_PG_FROZEN = """
CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION standwith_frozen()
"""

# Words are found by range, which only the order of bytes answers rightly.
_PG_BYTES = 'ALTER TABLE store_term ALTER COLUMN term TYPE varchar(60) COLLATE "C"'

# Bits: purposes as in services.labels; consents 1 analyse, 2 share, 4 publish. Level 2 is AMBER.
_PG_VISIBLE = """
CREATE FUNCTION standwith_labels() RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
  WITH asking AS (
    SELECT p.id, i.home, p.roles,
           NULLIF(current_setting('standwith.purpose', true), '')::int AS purpose
    FROM store_person p JOIN store_institution i ON i.id = p.institution_id
    WHERE p.is_active AND p.id::text = current_setting('standwith.reader', true)
  )
  SELECT l.id FROM store_label l, asking a
  WHERE a.roles ~ '\\m(head|desk|counsel|mission|ally|documenter|auditor)\\M'
    AND l.purposes & a.purpose <> 0
    AND l.consents & 1 <> 0
    AND (a.home OR (l.level <= 2 AND l.consents & 2 <> 0))
    AND (a.purpose <> 32 OR (l.level = 0 AND l.consents & 4 <> 0))
    AND (l.level = 0
         OR EXISTS (SELECT 1 FROM store_label_compartments c WHERE c.label_id = l.id))
    AND NOT EXISTS (
      SELECT 1 FROM store_label_compartments c
      WHERE c.label_id = l.id AND NOT EXISTS (
        SELECT 1 FROM store_membership m
        WHERE m.person_id = a.id AND m.compartment_id = c.compartment_id
          AND m.clearance >= l.level AND m.purposes & a.purpose <> 0
          AND (m.until IS NULL OR m.until > now())))
$$
"""
_PG_POLICY = (
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    """CREATE POLICY {table}_seen ON {table} USING (
         current_setting('standwith.whole', true) = 'on'
         OR label_id = ANY (ARRAY(SELECT standwith_labels())))""",
)


def raise_guards(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - the form of a migration
    """Set up triggers and policies after the tables were made."""
    if schema_editor.connection.vendor == "postgresql":
        statements = [_PG_FUNCTION, *(_PG_FROZEN.format(table=table) for table in FROZEN)]
        statements += [_PG_BYTES, _PG_VISIBLE]
        statements += [part.format(table=table) for table in LABELLED for part in _PG_POLICY]
    else:
        statements = [
            _SQLITE_FROZEN.format(table=table, verb=verb)
            for table in FROZEN
            for verb in ("UPDATE", "DELETE")
        ]
    for statement in statements:
        schema_editor.execute(statement)


def count_rows(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - the form of a migration
    """Set up the counts of lists: triggers, what is there already, and the row policy."""
    vendor = schema_editor.connection.vendor
    statements = [*triggers(vendor, THIRD), *recounts(THIRD)]
    if vendor == "postgresql":
        statements.insert(0, "SELECT set_config('standwith.whole', 'on', true)")
        statements.append('ALTER TABLE store_word ALTER COLUMN term TYPE varchar(60) COLLATE "C"')
        statements += [part.format(table=t) for t in LATER for part in _PG_POLICY]
    for statement in statements:
        schema_editor.execute(statement)


def uncount_rows(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - the form of a migration
    """Take the counts of lists away, for a migration backwards."""
    for statement in untriggers(schema_editor.connection.vendor, THIRD):
        schema_editor.execute(statement)


def guard_register(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - the form of a migration
    """Count the persons of the registry, and set up its row policies."""
    vendor = schema_editor.connection.vendor
    for statement in triggers(vendor, FIFTH):
        schema_editor.execute(statement)
    _police(schema_editor, REGISTER)


def guard_relations(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - the form of a migration
    """Set up the row policies of relations; they go with their table."""
    _police(schema_editor, SIXTH)


def _police(schema_editor: Any, tables: Iterable[str]) -> None:  # noqa: ANN401 - of a migration
    if schema_editor.connection.vendor == "postgresql":
        for table in tables:
            for part in _PG_POLICY:
                schema_editor.execute(part.format(table=table))


def unguard_register(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - the form of a migration
    """Take the triggers away, for a migration backwards; row policies go with their tables."""
    for statement in untriggers(schema_editor.connection.vendor, FIFTH):
        schema_editor.execute(statement)


def lower_guards(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - the form of a migration
    """Take triggers and policies away, for a migration backwards."""
    if schema_editor.connection.vendor != "postgresql":
        for table in FROZEN:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(f"DROP TRIGGER {table}_{verb}")
        return
    for table in LABELLED:
        schema_editor.execute(f"DROP POLICY {table}_seen ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    schema_editor.execute("DROP FUNCTION standwith_labels()")
    for table in FROZEN:
        schema_editor.execute(f"DROP TRIGGER {table}_frozen ON {table}")
    schema_editor.execute("DROP FUNCTION standwith_frozen()")
