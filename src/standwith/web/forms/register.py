"""Forms of the registry: a list that is handed in, what editors add, what they decide."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standwith.account.registry.measure_data import KINDS
from standwith.account.registry.recognition import STANDARDS
from standwith.account.registry.tactics import (
    Cooperation,
    Joint,
    Means,
    Mode,
    NoticeKind,
    Response,
    Step,
    Tactic,
)
from standwith.act.protection.help import DECISIONS, NEEDS, OUTCOMES, PRIORITIES
from standwith.services.help import EXPIRE
from standwith.services.registered import ADVOCACY, FIELDS, statuses
from standwith.web.forms.work import _LONG, LEVELS, Chosen, Marked, day_field


def words_of(words: type[StrEnum]) -> list[tuple[str, Any]]:
    """Offer the words of a vocabulary, and nothing."""
    return [("", "–"), *((word.value, word.value.replace("_", " ")) for word in words)]


LARGEST = 8_000_000
TOO_LARGE = "larger than 8 MB: split it, or bring it in on the host by `standwith registry bring`"


class TakeIn(Marked):
    """A list of one source as it was on a day."""

    source = forms.CharField(
        label=_("Short name of the source"),
        help_text=_("The same name each time, as in committee-a."),
        max_length=60,
    )
    country = forms.CharField(
        label=_("Country of custody"), help_text=_("Two letters, as in BY."), max_length=3
    )
    known = day_field(_("Day of the list"))
    file = forms.FileField(
        label=_("List"),
        help_text=_(
            "CSV, XLSX, JSON, FollowTheMoney, PDF, or a ZIP of YAML files, at most 8 MB; every "
            "cell is kept."
        ),
    )
    claimed = forms.IntegerField(
        label=_("How many rows the source says it has"), required=False, min_value=0
    )
    encoding = forms.CharField(
        label=_("Encoding, where the file does not tell it"), required=False, max_length=20
    )
    mapping = forms.CharField(
        label=_("A mapping of columns that was saved"),
        required=False,
        max_length=20_000,
        widget=_LONG,
    )
    field_order = ("source", "country", "known", "file", "compartment", "sensitivity", "claimed")


class Why(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class State(forms.Form):
    """What a source says of a person."""

    field = forms.ChoiceField(
        label=_("What it is about"),
        choices=[
            (_("Course of custody"), [(word, word) for word in statuses()]),
            (_("Fields"), [(word, word) for word in FIELDS]),
        ],
    )
    when = forms.CharField(
        label=_("When"),
        required=False,
        max_length=40,
        help_text=_("2024-05-01, 2024-05 if only the month is known, or a range with a slash."),
    )
    value = forms.CharField(
        label=_("What the source says"), required=False, max_length=2000, widget=_LONG
    )
    cited = forms.CharField(label=_("Source"), max_length=500)
    grade = forms.CharField(
        label=_("Grade"), help_text=_("A letter A to F, a digit 1 to 6."), max_length=2
    )
    supersedes = forms.CharField(label=_("Corrects the event"), required=False, max_length=400)
    sensitivity = forms.ChoiceField(label=_("Level"), choices=LEVELS)


class Advocacy(forms.Form):
    """How a case may be spoken of; the version is the one that was seen."""

    advocacy = forms.ChoiceField(
        label=_("How this case may be spoken of"), choices=[(word, word) for word in ADVOCACY]
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class Decide(forms.Form):
    """Whether two are one person."""

    answer = forms.ChoiceField(
        label=_("These two are"),
        choices=[
            ("joined", _("one person")),
            ("distinct", _("two persons")),
            ("open", _("still a question")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class MakeEdition(forms.Form):
    """What an edition is made of."""

    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2100)
    known = day_field(_("As known on"))
    public = forms.BooleanField(
        label=_("For publication: small numbers are withheld"), required=False
    )


class Publish(Chosen):
    """Cases that may be named, and why."""

    people = forms.MultipleChoiceField(
        label=_("Cases that are spoken of publicly"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("Why these may be published"), max_length=500)


class Recognise(forms.Form):
    """What a body holds of a person under a standard."""

    standard = forms.ChoiceField(label=_("Standard"), choices=[(name, name) for name in STANDARDS])
    body = forms.CharField(label=_("Whose assessment it is"), max_length=200)
    criteria = forms.MultipleChoiceField(
        label=_("Criteria that are met"),
        choices=[
            (key, f"{name} {key}: {said}")
            for name, held in STANDARDS.items()
            for key, said in held.items()
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    exclusion_checked = forms.BooleanField(
        label=_("The clause of exclusion (violence) was looked at"), required=False
    )
    exclusion_found = forms.BooleanField(label=_("It excludes this person"), required=False)
    reasoning = forms.CharField(label=_("Reasons"), max_length=4000, widget=_LONG)
    cited = forms.CharField(label=_("Sources"), max_length=500)
    conflict = forms.CharField(
        label=_("Conflict of interest, if there is one"), required=False, max_length=300
    )


class NewMeasure(Marked):
    """What is done beyond prison, or for a person; which fields are needed depends on the kind."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(word, _(word)) for word in KINDS if word != "involvement"]
    )
    person = forms.CharField(label=_("Person (id of the registry)"), required=False, max_length=36)
    country = forms.CharField(
        label=_("Country: of custody, of origin, that issued, that holds"),
        required=False,
        max_length=3,
    )
    host = forms.CharField(
        label=_("Other country: host, or the one that is pressed"), required=False, max_length=3
    )
    tactic = forms.ChoiceField(label=_("Tactic"), required=False, choices=words_of(Tactic))
    notice = forms.ChoiceField(label=_("Notice"), required=False, choices=words_of(NoticeKind))
    means = forms.ChoiceField(label=_("What was done"), required=False, choices=words_of(Means))
    by = forms.CharField(label=_("Who did it"), required=False, max_length=200)
    response = forms.ChoiceField(label=_("Answer"), required=False, choices=words_of(Response))
    mode = forms.ChoiceField(label=_("Mode"), required=False, choices=words_of(Mode))
    cooperation = forms.ChoiceField(
        label=_("What the host state had to do with it"),
        required=False,
        choices=words_of(Cooperation),
    )
    persons = forms.CharField(label=_("How many persons"), required=False, max_length=8)
    charge = forms.CharField(label=_("Charge"), required=False, max_length=500)
    demanded = forms.CharField(label=_("What is demanded"), required=False, max_length=500)
    when = forms.CharField(label=_("When"), max_length=40)
    source = forms.CharField(label=_("Source"), max_length=500)


class AddStep(forms.Form):
    """A step before the Commission, or for a person who is detained as leverage."""

    step = forms.ChoiceField(
        label=_("Step"),
        choices=[
            (_("The Commission"), words_of(Step)[1:]),
            (_("Detention as leverage"), words_of(Joint)[1:]),
        ],
    )
    day = day_field(_("Day"))


class OpenHelp(Marked):
    """What opens a case of help."""

    title = forms.CharField(label=_("Title without a name"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("emergency", _("emergency")), ("relocation", _("relocation"))]
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("Kept as a keyed hash alone, to find a second request."),
        max_length=200,
    )
    born = forms.CharField(label=_("Born"), required=False, max_length=10)
    need = forms.CharField(label=_("What is needed"), max_length=4000, widget=_LONG)


class HelpStep(forms.Form):
    """What the next step of a case needs."""

    step = forms.CharField(max_length=16, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    priority = forms.ChoiceField(
        label=_("Priority"), required=False, choices=[("", "–"), *((p, p) for p in PRIORITIES)]
    )
    eligible_why = forms.CharField(label=_("Why eligible"), required=False, max_length=1000)
    referee_one = forms.CharField(label=_("First referee"), required=False, max_length=200)
    referee_two = forms.CharField(label=_("Second referee"), required=False, max_length=200)
    risk = forms.CharField(label=_("Risk"), required=False, max_length=2000, widget=_LONG)
    decision = forms.ChoiceField(
        label=_("Decision"), required=False, choices=[("", "–"), *((w, _(w)) for w in DECISIONS)]
    )
    decision_why = forms.CharField(label=_("Reason"), required=False, max_length=1000)
    reference = forms.CharField(label=_("Reference of the payment"), required=False, max_length=200)
    check_in = forms.CharField(label=_("Check-in"), required=False, max_length=2000)
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", "–"), *((w, _(w)) for w in OUTCOMES)]
    )
    learned = forms.CharField(label=_("What was learned"), required=False, max_length=2000)

    def needing(self, following: str) -> HelpStep:
        """Keep the fields that a step needs."""
        kept = {"step", "version", *NEEDS.get(following, ())}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        return self


class HelpExpiry(forms.Form):
    """When something expires."""

    what = forms.ChoiceField(label=_("What expires"), choices=[(w, _(w)) for w in EXPIRE])
    day = day_field(_("Day"))
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
