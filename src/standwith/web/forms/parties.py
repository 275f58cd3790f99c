"""Forms for organisations, requests, languages of texts, and how a record may be used."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from standwith.kernel.policy import Consent, Purpose
from standwith.kernel.sensitivity import Sensitivity
from standwith.services.parties import KINDS
from standwith.web.forms.languages import LANGUAGES
from standwith.web.forms.work import LEVELS, Chosen, day_field


class Organisation(forms.Form):
    """A part of the movement."""

    id = forms.CharField(label=_("Short name"), max_length=80)
    name = forms.CharField(label=_("Name"), max_length=300)
    language = forms.ChoiceField(label=_("Language of the name"), choices=LANGUAGES)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind, _(kind)) for kind in KINDS])
    aliases = forms.CharField(
        label=_("Other names"),
        help_text=_("One in each line."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=1000)
    sensitivity = forms.ChoiceField(
        label=_("Level"), choices=LEVELS, initial=Sensitivity.AMBER.value
    )


class Name(forms.Form):
    """A name in a language."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    name = forms.CharField(label=_("Name"), max_length=300)


class Request(Chosen):
    """What an organisation asked for."""

    organisation = forms.ChoiceField(label=_("Who asks"))
    actions = forms.CharField(
        label=_("For which actions"),
        help_text=_("Their codes, separated by blanks, as in G-06 C-12."),
        max_length=300,
    )
    given = day_field(_("Given on"))
    until = day_field(_("Holds until"), required=False)
    verified = forms.BooleanField(
        label=_("It was verified that the organisation itself asks"), required=False
    )
    channel = forms.CharField(label=_("By which channel"), max_length=100)
    source = forms.ChoiceField(label=_("Source"))
    lines = forms.CharField(label=_("Lines or pages"), required=False, max_length=100)
    recorded = day_field(_("Known since"))
    note = forms.CharField(label=_("Note"), required=False, max_length=1000)
    sensitivity = forms.ChoiceField(
        label=_("Level"), choices=LEVELS, initial=Sensitivity.AMBER.value
    )


class Handling(forms.Form):
    """How a record may be used; the version is the one that was seen."""

    sensitivity = forms.ChoiceField(label=_("Level"), choices=LEVELS)
    purposes = forms.MultipleChoiceField(
        label=_("May be used to"),
        choices=[(item.value, _(item.value)) for item in Purpose],
        widget=forms.CheckboxSelectMultiple,
    )
    consents = forms.MultipleChoiceField(
        label=_("Whom it comes from agrees to"),
        choices=[(item.value, _(item.value)) for item in Consent],
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
