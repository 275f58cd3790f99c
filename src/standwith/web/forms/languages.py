"""The languages in which texts of records are written."""

from __future__ import annotations

from django.conf import settings

# The languages of the interface, and those that are written where movements are.
LANGUAGES = [
    *settings.LANGUAGES,
    ("be", "Беларуская"),
    ("uk", "Українська"),
    ("ka", "ქართული"),
    ("hy", "Հայերեն"),
    ("fa", "فارسی"),
    ("ku", "Kurdî"),
    ("he", "עברית"),
    ("am", "አማርኛ"),
    ("zh", "中文"),
    ("ko", "한국어"),
    ("th", "ไทย"),
    ("vi", "Tiếng Việt"),
    ("es", "Español"),
    ("pt", "Português"),
    ("tr", "Türkçe"),
    ("de", "Deutsch"),
]
