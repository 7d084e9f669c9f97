"""One export in a process of its own: ``python -m tests.benchmarks.export_worker KEY``; prints time and memory."""

import json
import re
import sys
import time
import uuid
from pathlib import Path


def most_memory() -> float:
    """The most this process has held so far, in MiB; getrusage would count what held the process that began it."""
    return int(re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[0]) / 1024


def main() -> None:
    """Write the export that waits; rows may be many, memory must not grow with them."""
    import django

    django.setup()
    from forms.exchange.exports.models import Export
    from forms.exchange.exports.running import run

    Export.objects.count()  # what an idle worker has loaded and opened anyway
    idle = most_memory()
    begun, cpu = time.perf_counter(), time.process_time()
    state = run(uuid.UUID(sys.argv[1]))
    spent = {"seconds": time.perf_counter() - begun, "cpu": time.process_time() - cpu}
    memory = {"idle": idle, "more": most_memory() - idle}
    export = Export.objects.get(pk=sys.argv[1])
    sys.stdout.write(
        json.dumps(
            {"state": state, "rows": export.done, "bytes": export.size, **spent, **memory, "error": export.error}
        )
    )


if __name__ == "__main__":
    main()
