"""Security headers on every response; a page may load only what the workspace itself serves."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
    "xr-spatial-tracking",
)


@cache
def sheet() -> str:
    """Return the style sheet, which stands in each page: one request less on a slow line."""
    return files("standwith.web").joinpath("static/app.css").read_text("utf-8")


@cache
def policy() -> str:
    """Return the content security policy; the style sheet is allowed by its hash."""
    style = base64.b64encode(hashlib.sha256(sheet().encode()).digest()).decode()
    parts = (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'sha256-{style}'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return "; ".join(parts)


class SecurityHeaders:
    """Sets the headers of the security reference."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy())
        response.headers["Permissions-Policy"] = ", ".join(f"{name}=()" for name in _FEATURES)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        response.headers["X-Robots-Tag"] = "noarchive, noindex"
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response
