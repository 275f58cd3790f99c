"""Forms for situations, claims, sources, decisions, tasks and compartments."""

from __future__ import annotations

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from standwith.assess.fact import fact_definitions
from standwith.kernel.grade import CREDIBILITY, RELIABILITY
from standwith.kernel.policy import Purpose
from standwith.kernel.sensitivity import Sensitivity
from standwith.services.cases import shipped_cases
from standwith.services.tasks import STATES
from standwith.web.forms.languages import LANGUAGES

LEVELS = [(level.value, level.value) for level in Sensitivity]
_DAY = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "2020-08-18"}
_LONG = forms.Textarea({"rows": 4})

Choices = list[tuple[str, str]]


def day_field(label: Any, *, required: bool = True) -> forms.CharField:  # noqa: ANN401 - a text that is translated late
    """Make a field for a day; what is no day, the service says."""
    return forms.CharField(
        label=label, max_length=10, required=required, widget=forms.TextInput(_DAY)
    )


class Chosen(forms.Form):
    """A form some of whose choices depend on what the reader may see."""

    def offer(self, **choices: Choices) -> Self:
        """Set the choices of some fields."""
        for name, values in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = values
        return self

    def accept(self, *names: str) -> Self:
        """Take what was posted as a choice; whether it may be chosen, the service decides."""
        return self.offer(**{name: [(self.data.get(name, ""), "")] for name in names})


class Marked(Chosen):
    """Where a record goes."""

    compartment = forms.ChoiceField(
        label=_("Compartment"), help_text=_("Only its members will see this.")
    )
    sensitivity = forms.ChoiceField(
        label=_("Level"),
        choices=LEVELS,
        initial=Sensitivity.AMBER.value,
        help_text=_("From TLP:AMBER+STRICT on, nothing leaves your institution."),
    )


class NewSituation(Marked):
    """What opens a situation."""

    slug = forms.CharField(label=_("Short name"), help_text=_("As in belarus-2020."), max_length=80)
    title = forms.CharField(label=_("Title"), max_length=200)
    country = forms.CharField(
        label=_("Country"), help_text=_("Two letters, as in BY."), max_length=3
    )
    as_of = forms.CharField(label=_("As of"), max_length=10, widget=forms.TextInput(_DAY))
    summary = forms.CharField(label=_("Summary"), required=False, max_length=4000, widget=_LONG)
    language = forms.ChoiceField(
        label=_("Language of title and summary"), choices=LANGUAGES, required=False
    )
    field_order = ("slug", "language", "title", "country", "as_of", "summary", "compartment")


class ChangeSituation(forms.Form):
    """The head of a situation in one language; the version is the one that was seen."""

    language = forms.ChoiceField(choices=LANGUAGES, required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(label=_("Summary"), max_length=4000, widget=_LONG)
    as_of = forms.CharField(label=_("As of"), max_length=10, widget=forms.TextInput(_DAY))
    state = forms.ChoiceField(
        label=_("State"), choices=[("open", _("open")), ("closed", _("closed"))]
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class ImportCase(Marked):
    """A case file, or one that ships."""

    shipped = forms.ChoiceField(
        label=_("A case that ships with the program"),
        required=False,
        choices=[("", "–"), *((name, name) for name in shipped_cases())],
    )
    file = forms.FileField(
        label=_("Or a case file"), help_text=_("YAML, at most 2 MB."), required=False
    )
    field_order = ("shipped", "file", "compartment", "sensitivity")


class Claim(Chosen):
    """What a source says."""

    fact = forms.ChoiceField(
        label=_("Fact"),
        choices=[
            (key, f"{key}: {item.question}")
            for key, item in fact_definitions().items()
            if item.scope != "phase"
        ],
    )
    about = forms.ChoiceField(label=_("About"))
    value = forms.ChoiceField(
        label=_("What the source says"),
        choices=[
            ("true", _("true")),
            ("false", _("false")),
            *((v, v) for v in ("met", "partly", "not", "n/a")),
        ],
    )
    valid = forms.CharField(
        label=_("Of which time"),
        help_text=_("2020-08-18, 2020-08 if only the month is known, 2020-08-09/.. since a day."),
        max_length=40,
    )
    recorded = forms.CharField(label=_("Known since"), max_length=10, widget=forms.TextInput(_DAY))
    source = forms.ChoiceField(label=_("Source"))
    lines = forms.CharField(label=_("Lines or pages"), required=False, max_length=100)
    reliability = forms.ChoiceField(
        label=_("The source is"), choices=[(k, f"{k}: {v}") for k, v in RELIABILITY.items()]
    )
    credibility = forms.ChoiceField(
        label=_("The statement is"), choices=[(k, f"{k}: {v}") for k, v in CREDIBILITY.items()]
    )
    note = forms.CharField(
        label=_("In your own words"), required=False, max_length=2000, widget=_LONG
    )
    authoritative = forms.CharField(
        label=_("Why this source alone decides"),
        help_text=_("Leave empty unless it does, as a law does on its own content."),
        required=False,
        max_length=300,
    )
    sensitivity = forms.ChoiceField(
        label=_("Level"), choices=LEVELS, initial=Sensitivity.AMBER.value
    )


class Source(forms.Form):
    """A text or witness."""

    id = forms.CharField(label=_("Short name"), max_length=80)
    title = forms.CharField(label=_("Title"), max_length=500)
    author = forms.CharField(label=_("Author"), max_length=300)
    published = forms.CharField(label=_("Published"), max_length=10, widget=forms.TextInput(_DAY))
    citation = forms.CharField(label=_("Citation"), max_length=1000, widget=_LONG)
    sensitivity = forms.ChoiceField(
        label=_("Level"), choices=LEVELS, initial=Sensitivity.AMBER.value
    )


class Reason(forms.Form):
    """A reason that stands on record."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=_LONG)


class Verdict(forms.Form):
    """A yes or no, with the reason."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=_LONG)


class Task(Chosen):
    """What is to be done, by whom, by when."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    detail = forms.CharField(label=_("Detail"), required=False, max_length=4000, widget=_LONG)
    assignee = forms.ChoiceField(label=_("Who"), required=False)
    due = forms.CharField(
        label=_("By"), required=False, max_length=10, widget=forms.TextInput(_DAY)
    )
    sensitivity = forms.ChoiceField(
        label=_("Level"), choices=LEVELS, initial=Sensitivity.AMBER.value
    )


class MoveTask(forms.Form):
    """The state of a task; the version is the one that was seen."""

    state = forms.ChoiceField(label=_("State"), choices=[(s, s) for s in STATES])
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class Comment(forms.Form):
    """What one has to say."""

    text = forms.CharField(label=_("Comment"), max_length=4000, widget=_LONG)


class Attachment(forms.Form):
    """A file that is kept elsewhere."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Its name, kind, size and hash are noted; it is not kept here."),
    )
    place = forms.CharField(label=_("Where it is kept"), max_length=300)


class Compartment(forms.Form):
    """The name of a compartment."""

    name = forms.CharField(label=_("Name"), max_length=120)


class Grant(Chosen):
    """A place in a compartment."""

    person = forms.ChoiceField(label=_("Who"))
    clearance = forms.ChoiceField(
        label=_("Up to which level"), choices=LEVELS, initial=Sensitivity.AMBER.value
    )
    purposes = forms.MultipleChoiceField(
        label=_("For which purposes"),
        choices=[(item.value, item.value) for item in Purpose],
        widget=forms.CheckboxSelectMultiple,
        initial=[item.value for item in Purpose if item is not Purpose.PUBLISH],
    )
    days = forms.IntegerField(
        label=_("For how many days"),
        required=False,
        min_value=1,
        max_value=730,
        help_text=_("Empty: until it is withdrawn."),
    )
    reason = forms.CharField(label=_("Why this person needs to know"), max_length=300)


class Emergency(forms.Form):
    """An hour in a compartment that one does not belong to."""

    compartment = forms.CharField(label=_("Name of the compartment"), max_length=120)
    reason = forms.CharField(label=_("What the emergency is"), max_length=500, widget=_LONG)


class TokenForm(forms.Form):
    """A token for a program."""

    name = forms.CharField(label=_("What it is for"), max_length=60)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[
            ("read", _("read")),
            ("write", _("write")),
            ("calendar", _("subscribe to my calendar")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=365, initial=90)


class Table(forms.Form):
    """Counts of persons by the lists that they are on."""

    table = forms.CharField(
        label=_("Counts by lists"),
        help_text=_("A column of 0 and 1 for each list, and one that is called count."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "dir": "ltr"}),
    )
    signed = forms.CharField(
        label=_("Who stands for the assumption"), max_length=200, required=False
    )
