"""Packaged templates: everything is escaped, an unknown name is an error."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined


def template_text(name: str) -> str:
    """Return the text of a packaged template."""
    return files("standwith.publish").joinpath("templates", name).read_text("utf-8")


def environment() -> Environment:
    """Make the template environment: everything is escaped, an unknown name is an error."""
    return Environment(
        loader=FunctionLoader(template_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
