"""Administrative regions of China by their numbers (GB/T 2260), from the province down to the county.

The list is static/vendor/regions/regions.json (number → name), which portal.ops.setup makes of the npm package
@vant/area-data. Steps that only exist on paper (省直辖县, the 北京市 below 北京市) are not in it: what lies below them
lies below the province. Answers keep name and number, so a region that has been renamed since stays readable.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

PATH = Path(__file__).resolve().parents[2] / "static" / "vendor" / "regions" / "regions.json"
ADDRESS = "vendor/regions/regions.json"
"""The same file as browsers load it."""

LEVELS = ("province", "city", "county")
PROVINCES = 34
"""Provinces, autonomous regions, municipalities and special administrative regions."""


class RegionsMissingError(Exception):
    """The list of regions has not been made, or not as a whole; the message says what is wrong with it."""


class AmbiguousError(Exception):
    """Several regions are called so; `names` are the full names of some."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True)
class Region:
    """A province, city or county."""

    code: str
    name: str
    full_name: str
    """With the names of what it lies in: 海南省三亚市吉阳区."""
    depth: int
    """1 province, 2 city, 3 county; districts of 北京市 and cities directly below a province are 2."""
    is_leaf: bool
    """Whether nothing of the list lies below it."""


def parent_code(code: str, known: Mapping[str, str]) -> str:
    """Number of what the region lies in, empty for a province."""
    for upper in (f"{code[:4]}00", f"{code[:2]}0000"):
        if upper != code and upper in known:
            return upper
    return ""


def plain(text: str) -> str:
    """The name as it is compared: no spaces, no strokes between the parts."""
    return re.sub(r"[\s/·>\-—、，,]+", "", unicodedata.normalize("NFKC", text))


class Regions:
    """All regions of a list."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    @cached_property
    def by_code(self) -> dict[str, Region]:
        """Regions by number, each after what it lies in."""
        parents = {code: parent_code(code, self.names) for code in sorted(self.names)}
        inner = set(parents.values())
        found: dict[str, Region] = {}
        for code, parent in parents.items():
            upper = found.get(parent)
            full_name = (upper.full_name if upper else "") + self.names[code]
            depth = upper.depth + 1 if upper else 1
            found[code] = Region(code, self.names[code], full_name, depth, code not in inner)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[Region]]:
        """Regions by every name that people write: in full, without the province, alone."""
        found: dict[str, list[Region]] = {}
        for code, region in self.by_code.items():
            written, upper = [region.name], parent_code(code, self.names)
            while upper:
                written += [self.names[upper] + one for one in list(written)]
                upper = parent_code(upper, self.names)
            for name in dict.fromkeys(written):
                found.setdefault(plain(name), []).append(region)
        return found

    def get(self, code: str) -> Region | None:
        """The region of a number."""
        return self.by_code.get(code)

    def find(self, typed: str, *, root: str = "") -> Region | None:
        """The region that was typed, as number or name, below `root`; AmbiguousError where several are meant."""
        wanted = plain(typed)
        known = self.by_code.get(wanted)
        if known is not None:
            return known if self.lies_in(known.code, root) else None
        found = [region for region in self.by_name.get(wanted, ()) if self.lies_in(region.code, root)]
        exact = [region for region in found if plain(region.full_name) == wanted]
        if len(exact or found) > 1:
            raise AmbiguousError([region.full_name for region in (exact or found)[:3]])
        return next(iter(exact or found), None)

    def parent(self, code: str) -> str:
        """Number of what the region lies in, empty for a province."""
        return parent_code(code, self.names)

    def lies_in(self, code: str, root: str) -> bool:
        """Whether the region is `root` or lies in it; an empty root is the whole country."""
        while code:
            if code == root or not root:
                return True
            code = self.parent(code)
        return False


@lru_cache(maxsize=1)
def all_regions() -> Regions:
    """The list, read once a process; RegionsMissingError where there is none."""
    return Regions(names_in(PATH))


def names_in(path: Path) -> dict[str, str]:
    """Number → name out of the file; RegionsMissingError where it is missing or holds something else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RegionsMissingError(f"The list of regions ({path.name}) cannot be read.") from error
    except ValueError as error:
        raise RegionsMissingError(
            f"The list of regions ({path.name}) is no JSON: it was not written to its end."
        ) from error
    if not isinstance(found, dict) or not all(is_entry(code, name) for code, name in found.items()):
        raise RegionsMissingError(f"The list of regions ({path.name}) does not give a name to each number.")
    provinces = sum(code.endswith("0000") for code in found)
    if provinces < PROVINCES:
        raise RegionsMissingError(
            f"The list of regions ({path.name}) is not whole: {provinces} provinces of {PROVINCES}."
        )
    return found


def is_entry(code: str, name: object) -> bool:
    """Whether a line of the list is a number with a name."""
    return re.fullmatch(r"[0-9]{6}", code) is not None and isinstance(name, str) and bool(name)
