"""How a form changes from version to version: what differs, whom it touches, what it costs to fill in.

`comparing`, `widening` and `burden` compute and know no database; `impact` reads; `services` writes. What requirements
and reports there are is known to higher rooms, which register themselves in `providers`.
"""
