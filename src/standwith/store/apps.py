"""The Django app of the store."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

MODELS = ("people", "policy", "case", "work", "log", "search", "exchange", "register")


class StoreConfig(AppConfig):
    """Loads each module of models by name, because the package itself holds no code."""

    name = "standwith.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Import all modules of models, then register them."""
        for module in MODELS:
            import_module(f"standwith.store.models.{module}")
        super().import_models()
