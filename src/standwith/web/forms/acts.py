"""Forms of acts: who had a part in one, and what they answered."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from standwith.account.registry.perpetrators import Branch, Degree, Evidence, Rank
from standwith.kernel.sensitivity import Sensitivity
from standwith.services.relations import KINDS
from standwith.web.forms.register import words_of
from standwith.web.forms.work import _LONG, LEVELS, day_field

_YES_NO = [("", _("not known")), ("no", _("no")), ("yes", _("yes"))]


class NewInvolvement(forms.Form):
    """That somebody is said to have had a part in what befell a person."""

    name = forms.CharField(label=_("Who is said to be involved"), max_length=200)
    office = forms.CharField(label=_("Office or unit"), required=False, max_length=200)
    country = forms.CharField(
        label=_("State of the office"), help_text=_("Two letters, as in BY."), max_length=2
    )
    degree = forms.ChoiceField(label=_("Degree"), choices=words_of(Degree)[1:])
    branch = forms.ChoiceField(label=_("Branch"), required=False, choices=words_of(Branch))
    evidence = forms.ChoiceField(label=_("How well it is known"), choices=words_of(Evidence)[1:])
    sources = forms.IntegerField(
        label=_("Sources that do not lean on each other"),
        required=False,
        min_value=1,
        max_value=1000,
    )
    rank = forms.ChoiceField(label=_("Rank"), required=False, choices=words_of(Rank))
    minor = forms.ChoiceField(label=_("Under 18"), required=False, choices=_YES_NO)
    when = forms.CharField(label=_("When"), max_length=40)
    source = forms.CharField(label=_("Source"), max_length=500)
    sensitivity = forms.ChoiceField(
        label=_("Level"), choices=LEVELS, initial=Sensitivity.AMBER_STRICT.value
    )


class Answer(forms.Form):
    """When an answer was asked for, and what was answered."""

    asked = day_field(_("Answer asked for on"))
    reply = forms.CharField(
        label=_("What was answered"), required=False, max_length=2000, widget=_LONG
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class Agree(forms.Form):
    """The version that was looked at."""

    version = forms.IntegerField()


class Relate(forms.Form):
    """That two persons belong together."""

    other = forms.CharField(label=_("Other person (id of the registry)"), max_length=36)
    kind = forms.ChoiceField(
        label=_("How they belong together"),
        choices=[(word, word.replace("_", " ")) for word in KINDS],
    )
    cited = forms.CharField(label=_("Source"), max_length=500)
    sensitivity = forms.ChoiceField(
        label=_("Level"), choices=LEVELS, initial=Sensitivity.AMBER.value
    )


class Save(forms.Form):
    """A query under a name."""

    name = forms.CharField(label=_("Name of the query"), max_length=80)
    place = forms.CharField(widget=forms.HiddenInput, max_length=20)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
