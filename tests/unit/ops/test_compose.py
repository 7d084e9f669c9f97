"""compose.yaml and Dockerfile, as far as they can be judged without a container engine."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[3]

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["name", "services", "volumes"],
    "properties": {
        "services": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "anyOf": [{"required": ["image"]}, {"required": ["build"]}],
                "properties": {
                    "environment": {"type": "object", "additionalProperties": {"type": "string"}},
                    "ports": {"type": "array", "items": {"type": "string", "pattern": r"^127\.0\.0\.1:\d+:\d+$"}},
                    "volumes": {"type": "array", "items": {"type": "string", "pattern": r"^[a-z-]+:/"}},
                    "restart": {"enum": ["no", "always", "on-failure", "unless-stopped"]},
                    "depends_on": {
                        "type": "object",
                        "additionalProperties": {
                            "type": "object",
                            "required": ["condition"],
                            "properties": {
                                "condition": {
                                    "enum": ["service_started", "service_healthy", "service_completed_successfully"]
                                }
                            },
                        },
                    },
                    "healthcheck": {
                        "type": "object",
                        "anyOf": [{"required": ["test"]}, {"required": ["disable"]}],
                    },
                },
            },
        }
    },
}
"""The parts of the Compose specification (github.com/compose-spec) that the file uses."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file with its anchors and merges resolved."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def test_the_file_fits_the_compose_specification(compose: dict[str, Any]) -> None:
    problems = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(compose)]
    assert problems == []


def test_every_part_of_the_portal_is_there(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"migrate", "web", "worker", "postgres", "redis", "elasticsearch"}


def test_services_wait_only_for_services_that_exist_and_say_when_they_are_healthy(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name, service in services.items():
        for other, wait in service.get("depends_on", {}).items():
            assert other in services, f"{name} waits for {other}"
            if wait["condition"] == "service_healthy":
                assert "test" in services[other]["healthcheck"]


def test_every_volume_is_declared(compose: dict[str, Any]) -> None:
    used = {mount.split(":")[0] for service in compose["services"].values() for mount in service.get("volumes", [])}
    assert used == set(compose["volumes"])


def test_no_secret_stands_in_the_file(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET", name):
                assert value.startswith("${"), name


def test_every_variable_is_one_that_the_settings_read_and_the_operations_page_explains(
    compose: dict[str, Any],
) -> None:
    settings = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "portal" / "settings").glob("*.py"))
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    names = {name for name in compose["services"]["web"]["environment"] if name.startswith("PORTAL_")}
    assert names
    assert {name for name in names if f'"{name}"' not in settings} == set()
    assert {name for name in set(re.findall(r'"(PORTAL_[A-Z_]+)"', settings)) if f"`{name}`" not in page} == {
        "PORTAL_TEST_DATA_DIR",
        "PORTAL_TEST_TEMPLATE",
        "PORTAL_DEBUG",
    }


def test_the_image_runs_as_an_ordinary_user_and_collects_static_files() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "USER portal" in lines
    assert any("collectstatic" in line for line in lines)
    copied = {
        part for line in lines if line.startswith("COPY ") and "--from" not in line for part in line.split()[1:-1]
    }
    assert {name for name in copied if name != "." and not (ROOT / name).exists()} == set()
