"""A real Elasticsearch on this machine, for development and tests; see docs/adr/0005-local-elasticsearch-node.md."""

from search.node.build import BuildError
from search.node.local import LocalNode, NodeError

__all__ = ["BuildError", "LocalNode", "NodeError"]
