"""What the comparisons share: the peer's PostgreSQL, and both with very many reports in them."""

import os
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from tests.benchmarks.peers.servers import MANY, WORK, Portal, Wagtail
from tests.services import free_port
from tests.services.postgres import program
from tests.services.process import as_user, wait_until


def _takes_connections(port: int) -> bool:
    """Whether the server has come up: it listens before it does."""
    try:
        psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres").close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture(scope="module")
def database_port() -> Iterator[int]:
    """The peer's PostgreSQL, as durable as it comes, with an empty database for the portal."""
    if not {"PORTAL_PEERS", "PORTAL_PEER_WORK"} <= os.environ.keys():
        pytest.fail("Set PORTAL_PEERS to the folder of the peers and PORTAL_PEER_WORK to where they were set up.")
    port, log = free_port(), WORK / "server.log"
    command = [*as_user("postgres"), program("postgres"), "-D", str(WORK / "pg")]
    options = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as out:
        process = subprocess.Popen([*command, *settings], stdout=out, stderr=out)
    try:
        wait_until(lambda: _takes_connections(port), process, log)
        with psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS portal WITH (FORCE)")
            connection.execute("CREATE DATABASE portal")
        yield port
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def full(database_port: int, tmp_path_factory: pytest.TempPathFactory) -> tuple[Wagtail, Portal]:
    """Both with MANY submissions, ready to be started."""
    portal, wagtail = Portal(tmp_path_factory.mktemp("portal"), database_port), Wagtail(WORK, database_port)
    portal.prepare()
    portal.seed(1, MANY)
    portal.manage("manage.py", "rebuild_index")  # or the worker would do that first, in the middle of the measuring
    wagtail.seed(MANY)
    for database in ("portal", "peer"):  # as a server does by itself before long
        address = f"postgresql://postgres@127.0.0.1:{database_port}/{database}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
    return wagtail, portal
