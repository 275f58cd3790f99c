"""What forms answer when something in them cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django import forms

from standwith.services.invalid import Invalid

Form = TypeVar("Form", bound=forms.Form)


def reject(form: forms.Form) -> int:
    """Return the status of a page with this form: 422 where something was refused."""
    return 422 if form.is_bound and form.errors else 200


def blame(form: Form, error: Invalid, renamed: Mapping[str, str] | None = None) -> Form:
    """Put the problems that a service found at the fields of a form."""
    for name, texts in error.fields.items():
        field = (renamed or {}).get(name, name)
        for text in texts:
            form.add_error(field if field in form.fields else None, text)
    return form
