"""The kind of a file by its first bytes; what it claims to be is not believed."""

from __future__ import annotations

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"{\\rtf", "text/rtf"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-executable"),
)


def detect(raw: bytes) -> str:
    """Name the media type of a file; text where it reads as UTF-8, else unknown bytes."""
    for sign, name in _SIGNS:
        if raw.startswith(sign):
            return name
    if raw[4:8] == b"ftyp":
        return "video/mp4"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "application/octet-stream" if b"\0" in raw else "text/plain"
