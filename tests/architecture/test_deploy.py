"""The files for who runs a workspace: hardened, complete, and true to the program."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectKernelModules": "yes",
    "ProtectKernelLogs": "yes",
    "ProtectControlGroups": "yes",
    "ProtectClock": "yes",
    "RestrictNamespaces": "yes",
    "RestrictRealtime": "yes",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "UMask": "0077",
    "CapabilityBoundingSet": "",
    "AmbientCapabilities": "",
    "SystemCallArchitectures": "native",
    "LimitCORE": "0",
    "StateDirectoryMode": "0700",
}


def unit() -> configparser.ConfigParser:
    """Read the unit of systemd; repeated keys keep their last value."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / "standwith.service")
    return parser


def compose() -> dict[str, dict[str, dict[str, object]]]:
    """Read the compose file."""
    found: dict[str, dict[str, dict[str, object]]] = yaml.safe_load(
        (DEPLOY / "compose.yaml").read_text()
    )
    return found


@pytest.mark.parametrize("name", HARDENED)
def test_the_service_is_hardened(name: str) -> None:
    assert unit()["Service"][name] == HARDENED[name]


def test_the_service_runs_as_nobody_special_and_talks_to_this_host_alone() -> None:
    held = unit()["Service"]
    assert held["User"] == "standwith"
    assert "127.0.0.1" in held["ExecStart"]
    assert held["IPAddressDeny"] == "any"
    assert held["IPAddressAllow"] == "localhost"


def test_the_service_has_its_three_parts_and_no_unknown_ones() -> None:
    assert unit().sections() == ["Unit", "Service", "Install"]
    assert unit()["Install"]["WantedBy"] == "multi-user.target"


@pytest.mark.parametrize("path", ["standwith.service", "compose.yaml"])
def test_the_settings_named_there_exist(path: str) -> None:
    settings = (ROOT / "src" / "standwith" / "web" / "settings.py").read_text()
    for name in re.findall(r"STANDWITH_[A-Z_]+", (DEPLOY / path).read_text()):
        assert f'"{name}"' in settings, name


@pytest.mark.parametrize("path", ["standwith.service", "compose.yaml"])
def test_the_command_that_is_started_has_those_options(path: str) -> None:
    from click.testing import CliRunner

    from standwith.cli.main import standwith

    said = CliRunner().invoke(standwith, ["serve", "--help"]).stdout
    text = (DEPLOY / path).read_text()
    (line,) = [row for row in text.splitlines() if "serve" in row and "--host" in row]
    for option in re.findall(r"--[a-z]+", line):
        assert option in said


@pytest.mark.parametrize("service", ["workspace", "database"])
def test_a_container_drops_every_power_that_it_does_not_need(service: str) -> None:
    held = compose()["services"][service]
    assert held["cap_drop"] == ["ALL"]
    assert held["security_opt"] == ["no-new-privileges:true"]
    assert held["mem_limit"]
    assert held["pids_limit"]
    assert "privileged" not in held


def test_the_workspace_s_container_cannot_write_but_to_its_folder() -> None:
    held = compose()["services"]["workspace"]
    assert held["read_only"] is True
    assert held["user"] == "10001:10001"
    assert held["volumes"] == ["home:/var/lib/standwith"]
    assert held["ports"] == ["127.0.0.1:8000:8000"]


def test_the_database_is_reached_from_nowhere_outside() -> None:
    assert "ports" not in compose()["services"]["database"]


def test_no_file_there_holds_a_secret() -> None:
    for path in DEPLOY.iterdir():
        text = path.read_text()
        assert not re.search(
            r"(?i)password\s*[:=]\s*['\"]?\w{6,}", text.replace("PASSWORD_FILE", "")
        )
    assert "deploy/secrets" in (ROOT / ".gitignore").read_text()


def test_the_role_of_the_database_is_bound_by_row_policies() -> None:
    text = (DEPLOY / "database.sql").read_text()
    for word in ("NOSUPERUSER", "NOBYPASSRLS", "NOCREATEROLE", "REVOKE ALL"):
        assert word in text


def test_the_image_installs_by_hash_and_runs_as_a_user() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    assert "--require-hashes" in text
    assert text.index("USER standwith") < text.index("ENTRYPOINT")
