"""``python -m search.node``: a local Elasticsearch in the foreground, until Ctrl-C."""

import argparse
import logging
import signal
import sys
from pathlib import Path
from types import FrameType

from search.node.build import BuildError, ensure_built
from search.node.local import LocalNode, NodeError

DEFAULT_PORT = 9200
DEFAULT_DATA = Path(__file__).resolve().parents[2] / "var" / "elasticsearch"

logger = logging.getLogger("search.node")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    try:
        if options.build_only:
            logger.info("The local Elasticsearch node is built: %s", ensure_built())
            return 0
        return _run(
            LocalNode(
                port=options.port,
                data_dir=options.data_dir,
                heap=options.heap,
                settings=dict(options.setting),
            )
        )
    except (BuildError, NodeError) as error:
        logger.error("%s", error)
        return 1


def _run(node: LocalNode) -> int:
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell that starts it in the background has SIGINT ignored
        signal.signal(number, _interrupt)
    try:
        logger.info("Starting Elasticsearch …")
        node.start()
        logger.info("Elasticsearch is ready at %s", node.url)
        logger.info("Data and log: %s. Ctrl-C stops it.", node.home)
        node.wait()
    except KeyboardInterrupt:
        logger.info("Stopping Elasticsearch …")
        return 0
    finally:
        node.close()
    raise NodeError(f"Elasticsearch ended by itself. Log {node.log_path}:\n{node.log_tail()}")


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Make ``kill`` do what Ctrl-C does."""
    raise KeyboardInterrupt


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError("a setting is NAME=VALUE")
    return name, value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m search.node", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="HTTP port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--data-dir", type=Path, default=DEFAULT_DATA, help="where data and log are kept")
    parser.add_argument("--heap", default="512m", help="Java heap, for instance 1g")
    parser.add_argument(
        "-E",
        dest="setting",
        action="append",
        type=_setting,
        default=[],
        metavar="NAME=VALUE",
        help="a setting of elasticsearch.yml",
    )
    parser.add_argument("--build-only", action="store_true", help="fetch and compile, then end")
    return parser


if __name__ == "__main__":
    sys.exit(main())
