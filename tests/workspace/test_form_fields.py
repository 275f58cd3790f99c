"""The forms themselves: what they ask, how they are drawn, what they take and refuse."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms as django_forms
from lxml import html
from tests.workspace.conftest import World

from standwith.assess.fact import fact_definitions
from standwith.kernel.sensitivity import Sensitivity
from standwith.services.invalid import Invalid
from standwith.services.roles import ROLES
from standwith.web.forms import entry, work
from standwith.web.views.answers import blame, reject

FORMS: dict[str, type[django_forms.Form]] = {
    "sign in": entry.SignIn,
    "code": entry.Code,
    "new password": entry.NewPassword,
    "change password": entry.ChangePassword,
    "preferences": entry.Preferences,
    "invite": entry.Invite,
    "change person": entry.ChangePerson,
    "new situation": work.NewSituation,
    "change situation": work.ChangeSituation,
    "import": work.ImportCase,
    "claim": work.Claim,
    "source": work.Source,
    "reason": work.Reason,
    "verdict": work.Verdict,
    "task": work.Task,
    "move": work.MoveTask,
    "comment": work.Comment,
    "attachment": work.Attachment,
    "compartment": work.Compartment,
    "grant": work.Grant,
    "emergency": work.Emergency,
    "token": work.TokenForm,
}


def drawn(form: django_forms.Form) -> Any:
    """Draw a form and parse it."""
    return html.fragment_fromstring(f"<div>{form}</div>")


@pytest.mark.parametrize("name", FORMS)
def test_every_field_has_a_label_and_its_hint_is_tied_to_it(name: str, world: World) -> None:
    form = FORMS[name]()
    page = drawn(form)
    assert world.people
    for field in form.visible_fields():
        box = page.xpath(f"//*[@name='{field.name}']")
        assert box, field.name
        named = page.xpath(f"//label[@for='{field.id_for_label}'] | //legend")
        assert named, field.name
        if field.help_text:
            described = page.xpath(f"//*[contains(@aria-describedby, '{field.auto_id}_helptext')]")
            assert described, field.name


@pytest.mark.parametrize("name", FORMS)
def test_an_empty_form_names_every_field_that_is_needed(name: str, world: World) -> None:
    form = FORMS[name]({})
    needed = {field for field, held in form.fields.items() if held.required}
    assert set(form.errors) == needed
    assert reject(form) == (422 if needed else 200)
    page = drawn(form)
    assert len(page.xpath("//*[contains(@class, 'wrong')]")) == len(
        [f for f in form.visible_fields() if f.name in needed]
    )
    assert world.people


@pytest.mark.parametrize("name", FORMS)
def test_what_is_optional_says_so(name: str, world: World) -> None:
    form = FORMS[name]()
    page = drawn(form)
    for field in form.visible_fields():
        single = not field.use_fieldset and field.widget_type != "checkbox"
        if single and not field.field.required:
            (label,) = page.xpath(f"//label[@for='{field.id_for_label}']")
            assert "optional" in label.text_content()
    assert world.people


@pytest.mark.parametrize("name", FORMS)
def test_every_text_has_an_upper_bound(name: str) -> None:
    for field, held in FORMS[name]().fields.items():
        if isinstance(held, django_forms.CharField):
            assert held.max_length, field
            assert held.max_length <= 4000


@pytest.mark.parametrize("name", ["sign in", "new password", "change password"])
def test_passwords_are_neither_shown_nor_trimmed(name: str) -> None:
    form = FORMS[name]()
    for field, held in form.fields.items():
        if field in {"password", "old"}:
            assert isinstance(held, django_forms.CharField)
            assert held.strip is False
            assert isinstance(held.widget, django_forms.PasswordInput)
            assert not held.widget.render_value


@pytest.mark.parametrize(
    ("name", "field", "hint"),
    [
        ("sign in", "handle", "username"),
        ("sign in", "password", "current-password"),
        ("new password", "password", "new-password"),
        ("code", "code", "one-time-code"),
    ],
)
def test_browsers_are_told_what_a_field_is_for(name: str, field: str, hint: str) -> None:
    widget = FORMS[name]().fields[field].widget
    assert widget.attrs["autocomplete"] == hint


def test_the_claim_asks_for_every_fact_of_the_vocabulary_but_the_phase() -> None:
    field = work.Claim().fields["fact"]
    assert isinstance(field, django_forms.ChoiceField)
    offered = {str(value) for value, _ in field.choices}  # type: ignore[union-attr,misc]
    wanted = {key for key, held in fact_definitions().items() if held.scope != "phase"}
    assert offered == wanted


@pytest.mark.parametrize("form", [work.NewSituation, work.Claim, work.Source, work.Task])
def test_a_level_is_chosen_from_the_traffic_lights_and_is_amber_at_first(
    form: type[django_forms.Form],
) -> None:
    field = form().fields["sensitivity"]
    assert isinstance(field, django_forms.ChoiceField)
    assert [value for value, _ in field.choices] == [s.value for s in Sensitivity]  # type: ignore[union-attr,misc]
    assert field.initial == "TLP:AMBER"


@pytest.mark.parametrize("form", [entry.Invite, entry.ChangePerson])
def test_roles_are_chosen_from_the_table_of_roles(form: type[django_forms.Form]) -> None:
    field = form().fields["roles"]
    assert isinstance(field, django_forms.MultipleChoiceField)
    assert [value for value, _ in field.choices] == list(ROLES)  # type: ignore[union-attr,misc]


def test_choices_are_offered_to_a_form_and_posted_ones_accepted_for_the_service_to_judge() -> None:
    form = work.Task({"assignee": "x", "title": "Do it", "sensitivity": "TLP:GREEN"})
    assert not form.is_valid()
    form = work.Task({"assignee": "x", "title": "Do it", "sensitivity": "TLP:GREEN"})
    assert form.accept("assignee").is_valid()
    assert form.cleaned_data["assignee"] == "x"
    offered = work.Task().offer(assignee=[("1", "One")])
    assert "One" in str(offered)


def test_problems_of_a_service_stand_at_their_fields_and_others_on_top() -> None:
    form = work.NewSituation({"slug": "x"})
    form.full_clean()
    error = Invalid({"case": ["bad name"], "elsewhere": ["bad thing"]})
    blamed = blame(form, error, {"case": "slug"})
    assert "bad name" in blamed.errors["slug"]
    assert "bad thing" in blamed.non_field_errors()
    assert "bad name" in str(error)


@pytest.mark.parametrize(
    ("sent", "right"),
    [
        ({"days": "1"}, True),
        ({"days": ""}, True),
        ({"days": "0"}, False),
        ({"days": "731"}, False),
        ({"days": "x"}, False),
        ({"days": "1e9"}, False),
    ],
)
def test_a_place_is_given_for_days_that_make_sense(sent: dict[str, str], right: object) -> None:
    whole = {"person": "p", "clearance": "TLP:GREEN", "purposes": ["act"], "reason": "r"} | sent
    form = work.Grant(whole).accept("person")
    assert form.is_valid() is right


@pytest.mark.parametrize("version", ["", "x", "-", "1.5", "9" * 400])
def test_a_version_is_a_number(version: str) -> None:
    assert not work.MoveTask({"state": "done", "version": version}).is_valid()
