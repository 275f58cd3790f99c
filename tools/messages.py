"""Maintainers' script: collects the interface's texts and compiles their translations.

python tools/messages.py     (needs the gettext tools)
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

WEB = Path(__file__).parents[1] / "src" / "standwith" / "web"
# A guess from a similar text would be shown as if somebody had translated it.
COLLECT = """
from django.core.management import execute_from_command_line
from django.core.management.commands.makemessages import Command
Command.msgmerge_options = [*Command.msgmerge_options, "--no-fuzzy-matching"]
execute_from_command_line()
"""
LANGUAGES = ("fr", "ru", "ar", "my")


def main():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "standwith.web.settings"}
    environment["STANDWITH_HOME"] = tempfile.mkdtemp()
    command = [sys.executable, "-c", COLLECT, "makemessages", "--no-location", "--no-wrap"]
    for language in LANGUAGES:
        command += ["-l", language]
    subprocess.run(command, cwd=WEB, env=environment, check=True)
    for language in LANGUAGES:
        folder = WEB / "locale" / language / "LC_MESSAGES"
        subprocess.run(
            ["msgfmt", "--check-format", "-o", folder / "django.mo", folder / "django.po"],
            check=True,
        )


if __name__ == "__main__":
    main()
