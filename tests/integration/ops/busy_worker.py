"""A real worker with one export that does not go on before a notice has gone out.

``python -m tests.integration.ops.busy_worker`` runs ``run_worker`` on the database of the environment until the export
that waits there has been written; prints whether the notice went out meanwhile, and whether periodic work was done.
"""

import json
import os
import signal
import sys
import threading
from typing import Any

PATIENCE = 60
"""Seconds; reached only where the notice waits for the export."""


def main() -> None:
    """Run the worker."""
    import django

    django.setup()
    from django.core.management import call_command

    from forms.exchange.exports import running
    from forms.exchange.exports.models import Export
    from portal.notifications.channels.email import EmailChannel
    from portal.notifications.enums import Kind
    from portal.notifications.services import Words, notify
    from portal.ops.schedule import every

    sent, looked_after = threading.Event(), threading.Event()
    begun, send, write, run = threading.Event(), EmailChannel.send, running.writer_of, running.run
    seen: dict[str, Any] = {}

    def sending(self: EmailChannel, deliveries: Any) -> None:
        send(self, deliveries)
        sent.set()

    @every(seconds=0, name="tests.look_after")
    def look_after() -> None:
        if begun.is_set():
            looked_after.set()

    def writing(*arguments: Any) -> Any:
        export = Export.objects.select_related("owner").get()
        notify(recipient=export.owner, kind=Kind.REPORT_DUE, key="meanwhile", words=lambda: Words("请报送"))
        begun.set()
        seen["sent"], seen["looked_after"] = sent.wait(PATIENCE), looked_after.wait(PATIENCE)
        return write(*arguments)

    def running_once(*arguments: Any) -> Any:
        try:
            return run(*arguments)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    EmailChannel.send = sending  # type: ignore[method-assign]
    vars(running).update(writer_of=writing, run=running_once)
    try:
        call_command("run_worker", interval=0.05)
    finally:
        sys.stdout.write(json.dumps(seen | {"states": list(Export.objects.values_list("state", flat=True))}))


if __name__ == "__main__":
    main()
