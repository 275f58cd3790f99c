"""PostgreSQL's row policies alone: with the policy layer switched off, they still stop everything."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, transaction
from tests.workspace.conftest import POSTGRESQL, TEAM, World
from tests.workspace.strip import may_see

from standwith.kernel.policy import Purpose
from standwith.services import claims, sight, situations, tasks
from standwith.services.sight import Sight, looking, tell_database, whole_database
from standwith.store.guards import LABELLED, LATER, REGISTER, SIXTH
from standwith.store.models.labelled import Labelled
from standwith.store.models.people import Person
from standwith.store.models.policy import Label

pytestmark = pytest.mark.skipif(not POSTGRESQL, reason="row policies are PostgreSQL's")
MODELS = [m for m in apps.get_app_config("store").get_models() if issubclass(m, Labelled)]


def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch the policy layer off: every label is taken for visible."""
    every = frozenset(Label.objects.values_list("pk", flat=True))
    monkeypatch.setattr(sight, "visible_labels", lambda *_: every)
    monkeypatch.setattr(Sight, "of", lambda _, model: model.unguarded.all())


@pytest.mark.parametrize("key", list(TEAM))
@pytest.mark.parametrize("purpose", list(Purpose), ids=lambda p: p.value)
def test_the_rows_alone_show_each_reader_what_the_policy_would(
    world: World, key: str, purpose: Purpose
) -> None:
    person = Person.objects.select_related("institution").get(pk=world.people[key])
    with whole_database():
        wanted = {
            (model, row.pk)
            for model in MODELS
            for row in model.unguarded.select_related("label")
            if may_see(person, row.label, purpose.value)
        }
    with transaction.atomic():
        tell_database(world.people[key], purpose)
        found = {(m, pk) for m in MODELS for pk in m.unguarded.values_list("pk", flat=True)}
    if purpose is Purpose.PUBLISH:
        assert found <= wanted
    else:
        assert found == wanted


def test_without_a_reader_there_are_no_rows(world: World) -> None:
    assert world.records
    for model in MODELS:
        assert model.unguarded.count() == 0


def test_a_reader_s_rows_end_with_the_transaction(world: World) -> None:
    with looking(world.reader("head"), Purpose.ASSESS) as seen:
        assert seen.of(MODELS[0]).count() > 0
    assert MODELS[0].unguarded.count() == 0


@pytest.mark.parametrize("key", ["ally", "mission", "desk", "stranger"])
def test_services_without_the_policy_layer_show_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    reader = world.reader(key)
    before = [
        situations.list_situations(reader, {}).total,
        claims.list_claims(reader, {}).total,
        tasks.list_tasks(reader, {}).total,
    ]
    blind(monkeypatch)
    after = [
        situations.list_situations(reader, {}).total,
        claims.list_claims(reader, {}).total,
        tasks.list_tasks(reader, {}).total,
    ]
    assert after == before


@pytest.mark.usefixtures("world")
def test_every_labelled_table_has_its_policy_by_force() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        forced = {row[0] for row in cursor.fetchall()}
    assert forced == {*LABELLED, *LATER, *REGISTER, *SIXTH}
    assert {model._meta.db_table for model in MODELS} <= forced


@pytest.mark.usefixtures("world")
def test_the_role_of_the_workspace_cannot_pass_over_policies() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


def test_what_a_reader_may_not_see_cannot_be_written_either(world: World) -> None:
    task = world.records["task RED"]
    with transaction.atomic(), connection.cursor() as cursor:
        tell_database(world.people["ally"], Purpose.ACT)
        cursor.execute("UPDATE store_task SET state = 'done' WHERE id = %s", [task])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM store_task WHERE id = %s", [task])
        assert cursor.rowcount == 0
