"""The production settings, run for real: gunicorn and the worker against PostgreSQL, Redis and Elasticsearch."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.node import LocalNode
from tests.services import LocalPostgres, LocalRedis, free_port
from tests.services.process import accepts, wait_until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
Environment = dict[str, str]


@pytest.fixture(scope="module")
def production(elasticsearch_node: LocalNode, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    """The environment of an installation: the same variables that compose.yaml sets."""
    folder = tmp_path_factory.mktemp("production")
    with LocalPostgres() as postgres, LocalRedis() as redis:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DJANGO_"))}
        environment = kept | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "PORTAL_SECRET_KEY": "smoke-test-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
            "PORTAL_ALLOWED_HOSTS": "127.0.0.1",
            "PORTAL_DATABASE_URL": postgres.url,
            "PORTAL_REDIS_URL": redis.url,
            "PORTAL_SEARCH_ENGINE": "elasticsearch",
            "PORTAL_ELASTICSEARCH_URL": elasticsearch_node.url,
            "PORTAL_ELASTICSEARCH_PREFIX": "smoke",
            "PORTAL_DATA_DIR": str(folder),
        }
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        yield environment


def manage(environment: Environment, *arguments: str) -> str:
    """Run a management command; its output, or a failure with everything it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def gunicorn(environment: Environment, port: int, log: Path) -> "subprocess.Popen[bytes]":
    """Start the web server as the container does, on a port of its own."""
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    with log.open("wb") as out:
        return subprocess.Popen(
            [*command, "--worker-class", "gthread", "--threads", "2"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )


def get(port: int, address: str) -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of an address, asked as a TLS proxy would pass it on."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{address}", headers={"X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


def test_the_deployment_check_has_nothing_to_say(production: Environment) -> None:
    said = manage(production, "check", "--deploy", "--database", "default", "--fail-level", "WARNING")
    assert "no issues" in said


def test_the_portal_is_served_with_signed_static_files_and_secure_headers(
    production: Environment, tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "log"
    server = gunicorn(production, port, log)
    try:
        wait_until(lambda: accepts(port), server, log)
        status, body, _ = get(port, "/health/")
        assert (status, json.loads(body)["ok"]) == (200, True)
        status, page, headers = get(port, "/sign-in/")
        assert status == 200
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
        assert "Secure" in headers["Set-Cookie"]
        sheet = page.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
        assert get(port, sheet)[0] == 200
        assert get(port, "/search/?q=%E6%95%91%E5%8A%A9")[0] == 200
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_the_worker_runs_tasks_and_fills_the_index(production: Environment) -> None:
    manage(production, "run_worker", "--batch")
    told = json.loads(manage(production, "rebuild_index", "--json"))
    assert [result["engine"] for result in told] == ["elasticsearch", "embedded"]


def test_it_refuses_to_start_with_demo_accounts(production: Environment, tmp_path: Path) -> None:
    change = "from portal.accounts.models import User; User.objects.{}"
    manage(production, "shell", "-c", change.format("create_user('demo', password='demo', is_demo=True)"))
    try:
        server = gunicorn(production, free_port(), tmp_path / "log")
        assert server.wait(timeout=60) != 0
        assert "portal.E004" in (tmp_path / "log").read_text()
    finally:
        manage(production, "shell", "-c", change.format("filter(username='demo').delete()"))
