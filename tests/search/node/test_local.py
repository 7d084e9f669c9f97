"""The node starts, stops, comes back with its data, and never outlives who started it."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from search.node import LocalNode, NodeError, local
from search.node.__main__ import main
from search.node.build import BuildError, ensure_built

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60


def test_a_node_that_was_stopped_comes_back_at_its_address_with_its_data() -> None:
    with LocalNode() as node:
        address, home = node.url, node.home
        client = Elasticsearch(address)
        client.index(index="kept", id="1", document={"title": "救助管理"}, refresh=True)
        node.stop()
        assert not node.running
        assert not client.ping()

        node.start()
        assert node.url == address
        assert client.get(index="kept", id="1")["_source"] == {"title": "救助管理"}
        assert client.count(index="kept", query={"match": {"title": "管理"}})["count"] == 1
    assert not home.exists()


def test_a_node_takes_settings_of_its_own(tmp_path: Path) -> None:
    with LocalNode(data_dir=tmp_path, settings={"cluster.name": "test", "node.name": "first"}) as node:
        info = Elasticsearch(node.url).info()
        assert (info["cluster_name"], info["name"]) == ("test", "first")
        assert node.transport_address.startswith("127.0.0.1:")
        assert node.log_path.is_relative_to(tmp_path)
    assert (tmp_path / "data").is_dir()


def test_starting_a_running_node_changes_nothing(elasticsearch_node: LocalNode) -> None:
    before = elasticsearch_node.pid
    assert before is not None
    elasticsearch_node.start()
    assert elasticsearch_node.pid == before


def test_a_node_that_was_never_started_has_no_address(tmp_path: Path) -> None:
    with pytest.raises(NodeError, match="never started"):
        _ = LocalNode(data_dir=tmp_path).url


def test_a_port_in_use_is_told_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(NodeError, match=f"Port {port} .* is in use"):
            LocalNode(port=port, data_dir=tmp_path).start()


def test_two_nodes_never_share_a_folder(elasticsearch_node: LocalNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "RELEASE_SECONDS", 0)
    with pytest.raises(NodeError, match="Another Elasticsearch node is using"):
        LocalNode(data_dir=elasticsearch_node.home).start()
    assert elasticsearch_node.running
    assert Elasticsearch(elasticsearch_node.url).ping()


def test_a_node_that_cannot_start_says_why(tmp_path: Path) -> None:
    node = LocalNode(data_dir=tmp_path, settings={"no.such.setting": "1"})
    with pytest.raises(NodeError, match=r"unknown setting \[no\.such\.setting\]"):
        node.start()
    assert not node.running


def test_a_node_that_is_not_ready_in_time_is_stopped(tmp_path: Path) -> None:
    node = LocalNode(data_dir=tmp_path)
    with pytest.raises(NodeError, match="not ready in time"):
        node.start(within=0)
    assert not node.running


def test_a_node_ends_when_the_process_that_started_it_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from search.node import LocalNode\n"
        "node = LocalNode(data_dir=Path(sys.argv[1])).start()\n"
        "print(node.pid, flush=True); node.wait()"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        java = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.kill()
            ended, _, _ = select.select([java], [], [], PATIENCE)
        finally:
            os.close(java)
    assert ended, "the node outlived its parent"


def test_the_command_runs_a_node_until_it_is_told_to_stop(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "search.node",
        "--port=0",
        f"--data-dir={tmp_path}",
        "-E",
        "node.name=told",
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        ready = next(line for line in process.stdout if "ready at" in line)
        assert Elasticsearch(ready.split()[-1]).info()["name"] == "told"
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
    assert "Stopping Elasticsearch" in rest
    assert process.returncode == 0
    assert "closed" in (tmp_path / "logs" / "node.log").read_text(encoding="utf-8")


def test_the_command_tells_in_one_line_what_is_wrong(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main([f"--port={taken.getsockname()[1]}", f"--data-dir={tmp_path}"]) == 1
    assert "is in use" in caplog.messages[-1]


def test_the_command_refuses_a_setting_without_a_value(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["-E", "node.name"])
    assert "a setting is NAME=VALUE" in capsys.readouterr().err


def test_building_again_costs_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    built = ensure_built()
    monkeypatch.setenv("PATH", "")
    assert ensure_built() == built
    assert main(["--build-only"]) == 0


@pytest.mark.parametrize(("present", "missing"), [([], "javac"), (["javac"], "mvn")])
def test_a_missing_tool_is_named_with_the_packages_that_bring_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, present: list[str], missing: str
) -> None:
    _pretend(tmp_path, present, says="javac 21.0.1")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match=rf"{missing} was not found.*maven and openjdk-17-jdk-headless"):
        ensure_built(cache=tmp_path / "cache")


def test_a_jdk_that_is_too_old_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(tmp_path / "bin", ["javac"], says="javac 11.0.2")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(BuildError, match=r"too old.*11"):
        ensure_built(cache=tmp_path / "cache")


def test_a_failed_build_says_what_the_tool_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pretend(tmp_path / "bin", ["javac", "mvn"], says="javac 17; no route to the registry", status=1)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}")
    with pytest.raises(BuildError, match="no route to the registry"):
        ensure_built(cache=tmp_path / "cache")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["lock"]


def _pretend(folder: Path, tools: list[str], *, says: str, status: int = 0) -> None:
    """Put programs into a folder that only say something."""
    folder.mkdir(exist_ok=True)
    for tool in tools:
        program = folder / tool
        program.write_text(f"#!/bin/sh\necho {json.dumps(says)}\nexit {status}\n", encoding="utf-8")
        program.chmod(0o755)
