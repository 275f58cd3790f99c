"""Erasure: what goes with a record, what stays, and what the log can still prove afterwards."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from tests.workspace.conftest import World, claim_form

from standwith.kernel.note import parse_key
from standwith.kernel.receipt import check_receipt, parse_receipt
from standwith.services import claims, decisions, erasure, receipts, standing, tasks, terms
from standwith.services.compartments import circles
from standwith.services.invalid import Invalid
from standwith.services.keys import verify_ed25519
from standwith.services.sight import NothingThere, whole_database
from standwith.services.verification import verify
from standwith.store.models.case import Claim, Situation, Source
from standwith.store.models.labelled import Labelled
from standwith.store.models.log import Entry, Envelope, RecordKey
from standwith.store.models.policy import Proposal
from standwith.store.models.search import Term
from standwith.store.models.work import Attachment, Comment, Decision, Task

BASIS = "order of the court of 3 May 2020"


def erase(world: World, record: str) -> None:
    """Erase a record: the second head proposes, the first agrees."""
    proposal = erasure.propose_erasure(world.reader("second"), record, BASIS)
    standing.decide(world.reader("head"), proposal, agree=True)


def there(model: type[Labelled], **named: object) -> bool:
    """Whether a row is there, whoever may see it."""
    with whole_database():
        return bool(model.unguarded.filter(**named).exists())


def busy_task(world: World) -> str:
    """A task with a comment and an attachment."""
    new = tasks.NewTask("Carry the letter", "", "", "", "TLP:GREEN")
    made = tasks.assign(world.reader("head"), world.records["belarus"], new)
    tasks.comment(world.reader("head"), made, "It is sealed.")
    tasks.attach(world.reader("head"), made, "letter.txt", b"text", "safe")
    return made


def test_with_a_task_go_its_comments_and_attachments(world: World) -> None:
    made = busy_task(world)
    erase(world, made)
    assert not there(Task, pk=made)
    assert not there(Comment, task_id=made)
    assert not there(Attachment, task_id=made)
    assert there(Situation, pk=world.records["belarus"])
    assert verify().findings == ()


def test_with_a_source_go_the_claims_that_rest_on_it(world: World) -> None:
    with whole_database():
        source = Source.unguarded.get(key="guard")
    erase(world, str(source.pk))
    assert not there(Source, pk=source.pk)
    assert not there(Claim, pk=world.records["derived"])
    assert there(Claim, pk=world.records["red"])
    assert verify().findings == ()


def test_with_a_corrected_claim_its_correction_stays(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    first = claims.record_claim(head, case, claim_form(note="first"))
    second = claims.record_claim(head, case, claim_form(note="second"), corrects=first)
    erase(world, first)
    assert not there(Claim, pk=first)
    assert there(Claim, pk=second)


def test_with_a_decision_its_tasks_stay(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    decision = decisions.propose(head, case, "G-10", "asked for by the council in writing")
    new = tasks.NewTask("Follow up", "", "", "", "TLP:GREEN", decision)
    task = tasks.assign(world.reader("head"), case, new)
    erase(world, decision)
    assert not there(Decision, pk=decision)
    assert there(Task, pk=task)


def test_an_erased_record_is_no_longer_found_by_its_words(world: World) -> None:
    made = busy_task(world)
    assert made in {hit.id for hit in terms.find(world.reader("head"), "letter")}
    erase(world, made)
    assert terms.find(world.reader("head"), "letter") == []
    with whole_database():
        assert not Term.unguarded.filter(record=made).exists()


def test_of_every_erased_row_the_key_is_gone_and_the_entries_stay(world: World) -> None:
    made = busy_task(world)
    with whole_database():
        below = list(Comment.unguarded.filter(task_id=made).values_list("pk", flat=True))
        below += list(Attachment.unguarded.filter(task_id=made).values_list("pk", flat=True))
    erase(world, made)
    for record in [UUID(made), *below]:
        key = RecordKey.objects.get(record=record)
        assert key.wrapped is None
        assert key.erased_at is not None
        numbers = Envelope.objects.filter(record=record).values_list("seq", flat=True)
        kinds = {json.loads(Entry.objects.get(seq=n).text)["type"] for n in numbers}
        assert {kind.rpartition(".")[2] for kind in kinds} >= {"recorded", "erased"}


def test_the_receipt_of_an_erased_record_is_given_to_nobody(world: World) -> None:
    made = busy_task(world)
    erase(world, made)
    for key in ("head", "second", "auditor"):
        with pytest.raises(NothingThere):
            receipts.receipt(world.reader(key), made)


def test_the_log_can_still_prove_that_there_was_something(world: World) -> None:
    made = busy_task(world)
    erase(world, made)
    numbers = list(Envelope.objects.filter(record=made).values_list("seq", flat=True))
    key = parse_key(receipts.verifier_key())
    for number in numbers:
        proven = check_receipt(parse_receipt(receipts.write(number)), [key], verify_ed25519)
        assert proven.record is None
        assert proven.entry["obj"] == UUID(made).hex


def test_the_basis_of_an_erasure_stands_on_record(world: World) -> None:
    made = busy_task(world)
    erase(world, made)
    row = Proposal.objects.get(kind="erasure")
    assert (row.reason, row.state) == (BASIS, "agreed")
    assert row.proposed_by.handle == "second"
    assert row.decided_by
    assert row.decided_by.handle == "head"


def test_a_refused_erasure_changes_nothing(world: World) -> None:
    made = busy_task(world)
    proposal = erasure.propose_erasure(world.reader("second"), made, BASIS)
    standing.decide(world.reader("head"), proposal, agree=False)
    assert there(Task, pk=made)
    with pytest.raises(NothingThere):
        standing.decide(world.reader("head"), proposal, agree=True)


def test_what_waits_is_shown_to_members_and_to_nobody_else(world: World) -> None:
    erasure.propose_erasure(world.reader("second"), busy_task(world), BASIS)
    shown = [item.kind for circle in circles(world.reader("desk")) for item in circle.proposals]
    assert shown == ["erasure"]
    assert circles(world.reader("stranger")) == []


@pytest.mark.parametrize("basis", ["", "because", "   short  "])
def test_an_erasure_without_a_basis_is_not_proposed(world: World, basis: str) -> None:
    with pytest.raises(Invalid):
        erasure.propose_erasure(world.reader("second"), world.records["red"], basis)
    assert not Proposal.objects.filter(kind="erasure").exists()


def test_a_record_that_cannot_be_seen_cannot_be_proposed_to_go(world: World) -> None:
    for record in (world.records["secret"], "nonsense", world.people["head"]):
        with pytest.raises(NothingThere):
            erasure.propose_erasure(world.reader("desk"), record, BASIS)


def test_an_erased_number_is_not_given_again(world: World) -> None:
    head, case = world.reader("head"), world.records["belarus"]
    before = verify().size
    erase(world, claims.record_claim(head, case, claim_form(note="gone")))
    claims.record_claim(head, case, claim_form(note="new"))
    numbers = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(len(numbers)))
    assert len(numbers) > before + 3
    assert verify().sound
