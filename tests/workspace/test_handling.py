"""How records may be used: labels that move, what rests on them, and who must agree."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st
from tests.workspace.conftest import POSTGRESQL, World, claim_form
from tests.workspace.inventory import Way
from tests.workspace.test_interference import compare

from standwith.kernel.policy import Consent, Label, Purpose, join
from standwith.services import (
    briefs,
    claims,
    decisions,
    derivation,
    handling,
    parties,
    situations,
    standing,
    tasks,
)
from standwith.services.change import ChangedMeanwhile
from standwith.services.handling import Handling
from standwith.services.invalid import Invalid
from standwith.services.labels import LEVELS, label_of
from standwith.services.roles import NotAllowed
from standwith.services.second import NeedsAnother
from standwith.services.sight import NothingThere, whole_database
from standwith.services.verification import verify
from standwith.store.models.case import Claim, Organisation, Request, Source
from standwith.store.models.labelled import Labelled
from standwith.store.models.search import Term, Word
from standwith.store.models.work import Decision

EVERY = tuple(item.value for item in Purpose)
ALL = tuple(item.value for item in Consent)


def asked(
    level: str, purposes: tuple[str, ...] = EVERY, consents: tuple[str, ...] = ALL
) -> Handling:
    """Ask for a level, for all purposes unless said."""
    return Handling(level, purposes, consents, "the source asked for it")


def set_it(world: World, who: str, record: str, wanted: Handling) -> str:
    """Set how a record may be used, as it is now."""
    seen = handling.read_handling(world.reader(who), record).version
    return handling.set_handling(world.reader(who), record, wanted, seen=seen)


def source_of(world: World, key: str) -> str:
    """Return the id of a source of the Belarus case."""
    with whole_database():
        rows = Source.unguarded.filter(situation_id=world.records["belarus"])
        return str(rows.get(key=key).pk)


def all_labels_are_joins() -> bool:
    """Whether every label is the join of the own one and those of what the row derives from."""
    with whole_database():
        for model in derivation._content():
            for row in derivation._whole(model):
                wanted = join(
                    (label_of(row.own_label), *(label_of(p.label) for p in derivation.parents(row)))
                )
                if isinstance(row, derivation._USED_BY):
                    if wanted | label_of(row.label) != label_of(row.label):
                        return False
                elif wanted != label_of(row.label):
                    return False
    return True


def test_every_label_of_the_furnished_workspace_is_the_join_of_what_it_rests_on(
    world: World,
) -> None:
    assert world.records
    assert all_labels_are_joins()


def test_what_rests_on_a_source_follows_when_it_is_raised(world: World) -> None:
    ally, case = world.reader("ally"), world.records["belarus"]
    before = claims.list_claims(ally, {}, case).total
    assert before
    assert set_it(world, "head", source_of(world, "belarus-2020"), asked("TLP:RED")) == "changed"
    left = claims.list_claims(ally, {}, case)
    assert left.total is not None
    assert left.total < before
    known = {row["id"] for row in situations.read_situation(ally, case)["sources"]}
    assert "belarus-2020" not in known
    assert {row["source"] for row in left.rows} <= {
        row["title"] for row in situations.read_situation(ally, case)["sources"]
    }
    assert claims.list_claims(world.reader("second"), {}, case).total
    assert all_labels_are_joins()
    assert verify().sound


@pytest.mark.skipif(POSTGRESQL, reason="it copies the file of the database")
def test_after_a_raise_nothing_leaves_a_trace(world: World) -> None:
    set_it(world, "head", source_of(world, "belarus-2020"), asked("TLP:RED"))
    case = world.records["belarus"]
    paths = ["/", "/claims/", "/claims.json", "/search?q=bel", f"/situations/{case}/", "/tasks/"]
    assert compare(world, "ally", [Way(path, path) for path in paths]) == []


def test_words_and_completion_follow_the_label(world: World) -> None:
    case = world.records["belarus"]
    made = claims.record_claim(world.reader("head"), case, claim_form(note="a word: zubr"))
    assert claims.list_claims(world.reader("ally"), {"q": "zubr"}).total == 1
    set_it(world, "head", made, asked("TLP:RED"))
    assert claims.list_claims(world.reader("ally"), {"q": "zubr"}).total == 0
    with whole_database():
        row = Claim.unguarded.get(pk=made)
        assert set(Word.unguarded.filter(record=made).values_list("label", flat=True)) == {
            row.label_id
        }
        set_it(world, "head", case, asked("TLP:RED"))
        fresh = derivation.row_of(row.situation_id)
        assert fresh is not None
        held = Term.unguarded.filter(record=case).values_list("label", flat=True)
        assert set(held) == {fresh.label_id}


def test_a_raised_organisation_takes_its_claims_and_requests_along(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    claims.record_claim(
        head, case, claim_form(fact="nonviolent", about="protest-movement", note="they do")
    )
    fields = {
        "organisation": "protest-movement",
        "actions": ["G-06"],
        "given": "2020-08-17",
        "until": "",
        "verified": True,
        "channel": "in person",
        "source": "belarus-2020",
        "lines": "",
        "recorded": "2020-08-18",
        "note": "",
    }
    parties.record_request(head, case, fields, "TLP:GREEN")
    with whole_database():
        party = Organisation.unguarded.get(situation_id=case, key="protest-movement")
    set_it(world, "head", str(party.pk), asked("TLP:RED"))
    with whole_database():
        about = Claim.unguarded.filter(situation_id=case, subject="protest-movement")
        for row in [*about.select_related("label"), *Request.unguarded.select_related("label")]:
            assert LEVELS[row.label.level].value == "TLP:RED"
    assert situations.read_situation(world.reader("ally"), case)["organisations"] == []
    assert all_labels_are_joins()


def test_a_decision_that_could_have_used_a_claim_is_raised_with_it(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    decisions.propose(world.reader("desk"), case, "G-06", "the trials begin")
    with whole_database():
        before = Decision.unguarded.select_related("label").get(situation_id=case)
        assert before.label.level < 4
        some = Claim.unguarded.filter(situation_id=case, label__level=1).first()
        assert some is not None
    set_it(world, "head", str(some.pk), asked("TLP:RED"))
    with whole_database():
        after = Decision.unguarded.select_related("label").get(situation_id=case)
        assert LEVELS[after.label.level].value == "TLP:RED"
    with pytest.raises(NothingThere):
        decisions.read_decision(world.reader("mission"), str(before.pk))
    assert decisions.read_decision(head, str(before.pk))


def test_lowering_waits_for_a_head_who_is_another(world: World) -> None:
    red = world.records["red"]
    assert set_it(world, "head", red, asked("TLP:GREEN")) == "proposed"
    assert claims.list_claims(world.reader("ally"), {"q": "tolik"}).total == 0
    waiting = [p for c in standing.circles(world.reader("second")).circles for p in c.proposals]
    (mine,) = [p for p in waiting if p.kind == "loosen"]
    assert "more widely" in mine.text
    with pytest.raises(NeedsAnother):
        standing.decide(world.reader("head"), mine.id, agree=True)
    with pytest.raises(NotAllowed):
        standing.decide(world.reader("desk"), mine.id, agree=True)
    standing.decide(world.reader("second"), mine.id, agree=True)
    assert claims.list_claims(world.reader("ally"), {"q": "tolik"}).total == 1
    assert all_labels_are_joins()
    assert verify().sound


def test_a_refused_lowering_changes_nothing(world: World) -> None:
    red = world.records["red"]
    set_it(world, "head", red, asked("TLP:GREEN"))
    waiting = [p for c in standing.circles(world.reader("second")).circles for p in c.proposals]
    (mine,) = [p for p in waiting if p.kind == "loosen"]
    standing.decide(world.reader("second"), mine.id, agree=False)
    assert claims.list_claims(world.reader("ally"), {"q": "tolik"}).total == 0
    with pytest.raises(NothingThere):
        standing.decide(world.reader("second"), mine.id, agree=True)


def test_a_lowered_source_lowers_no_claim_that_is_high_itself(world: World) -> None:
    set_it(world, "head", source_of(world, "guard"), asked("TLP:GREEN"))
    waiting = [p for c in standing.circles(world.reader("second")).circles for p in c.proposals]
    (mine,) = [p for p in waiting if p.kind == "loosen"]
    standing.decide(world.reader("second"), mine.id, agree=True)
    seen = claims.list_claims(world.reader("ally"), {"q": "cells"})
    assert seen.total == 1, "the claim itself was green"
    assert claims.list_claims(world.reader("ally"), {"q": "tolik"}).total == 0


def test_consent_that_is_taken_back_closes_the_record_to_allies(world: World) -> None:
    case = world.records["belarus"]
    made = claims.record_claim(world.reader("head"), case, claim_form(note="zubr"))
    assert claims.list_claims(world.reader("ally"), {"q": "zubr"}).total == 1
    set_it(world, "desk", made, asked("TLP:GREEN", EVERY, ("analyse",)))
    assert claims.list_claims(world.reader("ally"), {"q": "zubr"}).total == 0
    assert claims.list_claims(world.reader("mission"), {"q": "zubr"}).total == 1


def test_a_purpose_that_is_taken_away_closes_those_pages(world: World) -> None:
    made = world.records["derived"]
    set_it(world, "head", made, asked("TLP:GREEN", ("assess", "account")))
    assert claims.list_claims(world.reader("desk"), {"q": "cells"}).total == 1
    brief = briefs.read_brief(world.reader("desk"), world.records["belarus"])
    assert "cells hold forty" not in str(brief.brief)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Handling("TLP:BLUE", EVERY, ALL, "because"), "sensitivity"),
        (Handling("TLP:RED", ("spy", "account"), ALL, "because"), "sensitivity"),
        (Handling("TLP:RED", EVERY, ALL, ""), "reason"),
        (Handling("TLP:RED", ("assess",), ALL, "because"), "purposes"),
        (Handling("TLP:RED", EVERY, ("share",), "because"), "consents"),
    ],
)
def test_what_cannot_be_set_is_refused_at_its_field(
    world: World, wanted: Handling, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_it(world, "head", world.records["derived"], wanted)
    assert field in refused.value.fields


def test_nobody_locks_himself_out_or_changes_what_he_does_not_see(world: World) -> None:
    with pytest.raises(NothingThere):
        set_it(world, "desk", world.records["task GREEN"], asked("TLP:RED"))
    with pytest.raises(NothingThere):
        handling.read_handling(world.reader("ally"), world.records["red"])
    with pytest.raises(NotAllowed):
        set_it(world, "mission", world.records["task GREEN"], asked("TLP:AMBER"))


def test_of_two_who_set_it_the_second_is_told(world: World) -> None:
    task = world.records["task GREEN"]
    seen = handling.read_handling(world.reader("head"), task).version
    handling.set_handling(world.reader("head"), task, asked("TLP:AMBER"), seen=seen)
    with pytest.raises(ChangedMeanwhile):
        handling.set_handling(world.reader("desk"), task, asked("TLP:RED"), seen=seen)


def test_the_page_sets_it_and_says_what_waits(world: World) -> None:
    client: Client = world.client("head")
    task = world.records["task GREEN"]
    page = client.get(f"/account/records/{task}/use").content.decode()
    assert "TLP:GREEN" in page
    version = handling.read_handling(world.reader("head"), task).version
    form = {
        "sensitivity": "TLP:AMBER",
        "purposes": list(EVERY),
        "consents": list(ALL),
        "reason": "the family asked",
        "version": version,
    }
    assert client.post(f"/account/records/{task}/use", form).headers["Location"].endswith("/use")
    with pytest.raises(NothingThere):
        tasks.read_task(world.reader("ally"), task)
    form |= {"sensitivity": "TLP:GREEN", "version": version + 1}
    done = client.post(f"/account/records/{task}/use", form, follow=True)
    assert "let a record be used more widely" in done.content.decode()
    wrong = client.post(f"/account/records/{task}/use", form | {"reason": "x"})
    assert wrong.status_code == 422
    ally = world.client("ally").get(f"/account/records/{world.records['belarus']}/use")
    assert "Change it" not in ally.content.decode()


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["belarus", "source", "red", "derived", "task GREEN", "task AMBER"]),
            st.sampled_from([level.value for level in LEVELS]),
        ),
        min_size=1,
        max_size=5,
    )
)
@pace(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_after_any_changes_every_label_is_the_join_of_what_it_rests_on(
    world: World, steps: list[tuple[str, str]]
) -> None:
    source = source_of(world, "belarus-2020")
    for key, level in steps:
        record = source if key == "source" else world.records[key]
        if set_it(world, "head", record, asked(level)) == "proposed":
            circles = standing.circles(world.reader("second")).circles
            for waiting in [p for c in circles for p in c.proposals if p.kind == "loosen"]:
                standing.decide(world.reader("second"), waiting.id, agree=True)
    assert all_labels_are_joins()
    assert verify().sound


def test_parents_and_dependants_are_two_sides_of_one_relation(world: World) -> None:
    assert world.records
    with whole_database():
        rows: list[Labelled] = [
            row for model in derivation._content() for row in derivation._whole(model)
        ]
        down = {(row.pk, item.pk) for row in rows for item in derivation.dependants(row)}
        up = {(item.pk, row.pk) for row in rows for item in derivation.parents(row)}
    assert down == up
    assert len(up) > 100


def test_a_join_only_ever_asks_for_more() -> None:
    low, high = Label(frozenset({"a"}), LEVELS[1]), Label(frozenset({"b"}), LEVELS[4])
    assert low | high == high | low
    assert (low | high).sensitivity == LEVELS[4]
