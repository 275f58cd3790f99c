"""The server process: gunicorn with threads, and the log verified in the background."""

from __future__ import annotations

import logging
import threading
from importlib import import_module
from typing import Any

from gunicorn.app.base import BaseApplication

from standwith.services import background

_LOG = logging.getLogger("standwith.server")


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, configured here instead of by files."""

    def __init__(self, host: str, port: int, threads: int) -> None:
        self._bind = f"{host}:{port}"
        self._threads = threads
        super().__init__()

    def load_config(self) -> None:
        """Set what the workspace needs: one process, threads, no access log, short headers."""
        held: dict[str, Any] = {
            "bind": self._bind,
            "workers": 1,
            "threads": self._threads,
            "worker_class": "gthread",
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 15,
            "limit_request_line": 4094,
            "limit_request_fields": 60,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "server_header": "Standwith",
            "control_socket_disable": True,
            "post_worker_init": start_verifier,
        }
        for name, value in held.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 - gunicorn's signature
        """Return the application."""
        return import_module("standwith.web.wsgi").application


def start_verifier(_worker: object) -> None:
    """Verify the log now and then while the process lives."""
    threading.Thread(target=background.keep_verifying, name="verifier", daemon=True).start()


def run(host: str, port: int, threads: int) -> None:
    """Serve until interrupted."""
    Server(host, port, threads).run()
