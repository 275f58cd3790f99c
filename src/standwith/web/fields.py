"""How forms are drawn: the patterns of the design system, with our own words and look."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws each field with label, hint, error and control, tied together for screen readers."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
