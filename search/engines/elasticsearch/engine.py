"""The Elasticsearch engine: documents behind an alias, `<prefix>-documents` → `<prefix>-documents-<moment>`."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from search.documents import SearchDocument
from search.dsl import ApiError, Elasticsearch, NotFoundError, TransportError
from search.engines.base import EngineUnavailableError, Health, Held, Query, Rejected, Results
from search.engines.elasticsearch import keeping
from search.engines.elasticsearch.answers import Answers, translated
from search.engines.elasticsearch.definition import digest, index_body
from search.engines.elasticsearch.nodes import addresses, put_template, shape
from search.engines.elasticsearch.writing import putting, written

SEARCH_SECONDS = 1.0
"""A page waits no longer for an answer."""

WRITE_SECONDS = 30.0
LARGEST_PIECE = 5 * 1024**3
"""Bytes up to which a new index is put together in one piece. Elasticsearch itself makes none larger
(`index.merge.policy.max_merged_segment`), for what is deleted from such a piece would keep its room."""


class ElasticsearchEngine:
    """One cluster. The client keeps its connections; an instance serves all threads of a process."""

    name = "elasticsearch"

    def __init__(
        self,
        url: str,
        prefix: str,
        *,
        shards: int = 1,
        replicas: int = 0,
        more: Mapping[str, Any] | None = None,
        seconds: float = SEARCH_SECONDS,
    ) -> None:
        """`url` may be several, with commas between; `more` are further settings of a new index."""
        self.alias = f"{prefix}-documents"
        self._shape = shape(shards, replicas, more or {})
        urls = addresses(url)
        # Another node is tried when one refuses; none when one took the time that there is.
        self._reader = Elasticsearch(urls, request_timeout=seconds, max_retries=len(urls) - 1, retry_on_timeout=False)
        # The cluster gives up before the client does, and says so.
        self._answers = Answers(self._reader, self.alias, timeout=f"{seconds * 800:.0f}ms")
        self._writer = self._reader.options(request_timeout=WRITE_SECONDS)

    @property
    def definition(self) -> str:
        """The digest of analysis and mapping."""
        return digest()

    def exists(self) -> bool:
        """Whether there is an index behind the alias; with several, none of them can be written through it."""
        with translated():
            names = self._behind_alias()
        if len(names) > 1:
            raise EngineUnavailableError(_several(self.alias, names))
        return bool(names)

    def ensure(self) -> bool:
        """Make an index behind the alias where there is none."""
        with translated():
            if self._writer.indices.exists_alias(name=self.alias):
                return False
            self._create(self._new_name(), aliases={self.alias: {}})
            return True

    def replace(self, objects: Collection[str], documents: Sequence[SearchDocument]) -> list[Rejected]:
        """Afterwards the index holds of these objects exactly these documents, and searches see it."""
        return self.replace_in(self.alias, objects, documents)

    def replace_in(self, index: str, objects: Collection[str], documents: Sequence[SearchDocument]) -> list[Rejected]:
        """The same in an index or behind an alias."""
        kept = {document.id for document in documents}
        with translated():
            self._refuse_red(index)
            owners = {*objects, *(document.object_id for document in documents)}
            present = keeping.held_of(self._writer, index, owners)
        gone = [{"_op_type": "delete", "_id": one.id} for one in present if one.id not in kept]
        rejected = self._write(index, [*gone, *map(putting, documents)])
        with translated():
            self._writer.indices.refresh(index=index)
        return rejected

    def load_into(self, index: str, documents: Sequence[SearchDocument]) -> list[Rejected]:
        """Add documents to an index that nobody searches yet."""
        return self._write(index, list(map(putting, documents)))

    def search(self, query: Query) -> Results:
        """Answer a question within the time a page waits, or not at all."""
        with translated():
            return self._answers.search(query)

    def count(self) -> int:
        """How many documents the index holds."""
        return self.count_in(self.alias)

    def count_in(self, index: str) -> int:
        """How many documents an index holds, those just written included."""
        with translated():
            self._writer.indices.refresh(index=index)
            return int(self._writer.count(index=index)["count"])

    def health(self) -> Health:
        """Whether the cluster answers, is not red, and holds an index of the present definition."""
        try:
            with translated():
                cluster = self._reader.cluster.health(timeout=f"{SEARCH_SECONDS:.0f}s")
                if cluster["status"] == "red":
                    return Health(self.name, fault="The cluster's health is red.")
                documents = int(self._reader.count(index=self.alias)["count"])
                mappings = self._reader.indices.get_mapping(index=self.alias)
        except EngineUnavailableError as error:
            return Health(self.name, fault=str(error))
        outdated = any(index["mappings"].get("_meta", {}).get("definition") != digest() for index in mappings.values())
        fault = _several(self.alias, list(mappings)) if len(mappings) > 1 else ""
        return Health(self.name, documents, fault, outdated)

    def begin_rebuild(self) -> "ElasticsearchRebuild":
        """Make a new index that nothing points to yet, and remove what was left of others."""
        target = self._new_name()
        with translated():
            for left in self._unused():
                self._writer.indices.delete(index=left, ignore_unavailable=True)
            self._create(target)
        return self.resume_rebuild(target)

    def resume_rebuild(self, target: str) -> "ElasticsearchRebuild":
        """The new index of that name."""
        return ElasticsearchRebuild(self, target)

    def has(self, target: str) -> bool:
        """Whether there is an index of that name."""
        with translated():
            return bool(self._writer.indices.exists(index=target))

    def uses(self, target: str) -> bool:
        """Whether the alias points to the index."""
        with translated():
            return target in self._behind_alias()

    def abandon_rebuild(self, target: str) -> None:
        """Remove a new index, unless the alias points to it."""
        with translated():
            if target not in self._behind_alias():
                self._writer.indices.delete(index=target, ignore_unavailable=True)

    def switch_to(self, target: str) -> None:
        """Point the alias to another index and remove what it pointed to, in one step of the cluster."""
        with translated():
            self._writer.indices.refresh(index=target)
            former = [name for name in self._behind_alias() if name != target]
            removals = [{"remove_index": {"index": name}} for name in former]
            self._writer.indices.update_aliases(actions=[{"add": {"index": target, "alias": self.alias}}, *removals])
        with suppress(ApiError, TransportError):
            self._put_together(target)

    def held(self) -> Iterator[Held]:
        """Every document of one state of the index, streamed."""
        with translated():
            yield from keeping.held(self._writer, self.alias)

    def held_of(self, objects: Collection[str]) -> list[Held]:
        """The documents of some objects."""
        with translated():
            return keeping.held_of(self._writer, self.alias, objects)

    def discard(self, ids: Collection[str]) -> None:
        """Remove documents by their own names."""
        with translated():
            keeping.discard(self._writer, self.alias, ids)

    def close(self) -> None:
        """Close the connections."""
        self._reader.close()

    def _put_together(self, target: str) -> None:
        """In one piece it is asked in two thirds of the time: each word is looked up once. Nobody waits for that."""
        store = self._writer.indices.stats(index=target, metric="store")["_all"]["primaries"]["store"]
        if store["size_in_bytes"] <= LARGEST_PIECE:
            self._writer.indices.forcemerge(index=target, max_num_segments=1, wait_for_completion=False)

    def _behind_alias(self) -> list[str]:
        try:
            return list(self._writer.indices.get_alias(name=self.alias))
        except NotFoundError:
            return []

    def _unused(self) -> list[str]:
        """Indexes with a name that `_new_name` gives, and nothing pointing to them."""
        found = self._writer.indices.get_alias(index=f"{self.alias}-*", ignore_unavailable=True)
        return [
            name
            for name, index in found.items()
            if name.removeprefix(f"{self.alias}-").isdigit() and not index["aliases"]
        ]

    def _new_name(self) -> str:
        moment = datetime.datetime.now(datetime.UTC)
        return f"{self.alias}-{moment:%Y%m%d%H%M%S%f}"

    def _create(self, name: str, aliases: Mapping[str, Any] | None = None) -> None:
        body = index_body()
        if not put_template(self._writer, self.alias, self._shape):
            body["settings"] |= self._shape
        self._writer.indices.create(
            index=name,
            settings=body["settings"],
            mappings=body["mappings"],
            aliases=aliases or {},
            # Whoever writes waits, not long, until it is ready.
            wait_for_active_shards="0",
        )

    def _refuse_red(self, index: str) -> None:
        """Writing into shards that no node has would wait a minute, and the other engine's feeding with it."""
        patient = self._writer.options(ignore_status=408)
        health = patient.cluster.health(index=index, wait_for_status="yellow", timeout="1s")
        if health["status"] == "red":
            raise EngineUnavailableError("The health of the index is red.")

    def _write(self, index: str, actions: Sequence[dict[str, Any]]) -> list[Rejected]:
        # Never let the cluster invent an index under the alias's name.
        with translated():
            return written(self._writer, index, actions, is_alias=index == self.alias)


class ElasticsearchRebuild:
    """A new index beside the one in use."""

    def __init__(self, engine: ElasticsearchEngine, target: str) -> None:
        self.engine = engine
        self.target = target

    def load(self, documents: Sequence[SearchDocument]) -> list[Rejected]:
        """Add documents."""
        return self.engine.load_into(self.target, documents)

    def replace(self, objects: Collection[str], documents: Sequence[SearchDocument]) -> list[Rejected]:
        """Afterwards the new index holds of these objects exactly these documents."""
        return self.engine.replace_in(self.target, objects, documents)

    def count(self) -> int:
        """How many documents the new index holds."""
        return self.engine.count_in(self.target)

    def exists(self) -> bool:
        """Whether it is there."""
        return self.engine.has(self.target)

    def in_use(self) -> bool:
        """Whether it is the one that is searched."""
        return self.engine.uses(self.target)

    def switch(self) -> None:
        """Put the new index behind the alias."""
        self.engine.switch_to(self.target)


def _several(alias: str, names: Sequence[str]) -> str:
    return f"The alias {alias} stands for several indexes, {', '.join(sorted(names))}: delete all but one."
