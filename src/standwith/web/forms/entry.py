"""Forms for signing in, joining and one's own account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from standwith.services.roles import ROLES


class SignIn(forms.Form):
    """Name and password."""

    handle = forms.CharField(
        label=_("Sign-in name"),
        max_length=64,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class Code(forms.Form):
    """A code of the second factor."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from your app, or one of your recovery codes."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "text"}),
    )


class NewPassword(forms.Form):
    """A first password."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 14 letters. Several words that you do not use elsewhere are good."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class ChangePassword(NewPassword):
    """The old password and a new one."""

    old = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    field_order = ("old", "password")


class Preferences(forms.Form):
    """Language, and shortcuts of one key."""

    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)
    single_keys = forms.BooleanField(
        label=_("Single keys are shortcuts (/ searches, ? lists the keys)"), required=False
    )


class Invite(forms.Form):
    """Whom to invite."""

    handle = forms.CharField(
        label=_("Sign-in name"), help_text=_("Small letters, digits, dots, hyphens."), max_length=63
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    institution = forms.CharField(
        label=_("Institution"),
        help_text=_("As it is written here already, or a new one, which counts as an ally's."),
        max_length=200,
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(role, role) for role in ROLES],
        widget=forms.CheckboxSelectMultiple,
    )


class ChangePerson(forms.Form):
    """Roles of a person, and whether the account is open."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(role, role) for role in ROLES],
        widget=forms.CheckboxSelectMultiple,
    )
    active = forms.BooleanField(label=_("The account is open"), required=False)
