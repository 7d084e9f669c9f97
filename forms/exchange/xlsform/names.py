"""Keys of questions as names that XML, and so XLSForm, accepts; and the way back. Pure.

A key is made of letters, digits, - and _; a name of XML begins with a letter or _ and may also have dots. Columns of
tables share no scope with the rest in our forms; in XLSForm every name that is referred to must be the only one.
"""

import uuid
from collections import Counter
from collections.abc import Mapping

from forms.builder.schema import KEY, FormSchema

INTRO = "_intro"
"""The note that carries the form's introduction. No key becomes this name: only digits, - and _ get an underscore."""

RESERVED = frozenset({"meta", "instanceID", "instanceName"})
"""Names that XForms keeps for itself."""

NAMES_OF_IMPORTS = uuid.UUID("6f0f7b8e-3c1c-5d0a-9d57-1b1f5a0c9a11")
"""Keys for foreign names that cannot be keys: the same name gets the same key, whenever it is imported."""


def name_of_key(key: str) -> str:
    """The key with an underscore before it where XML would not begin a name so."""
    return key if key[0].isalpha() and key not in RESERVED else f"_{key}"


def key_of_name(name: str) -> str:
    """The key that the name was made of; a foreign name itself where it can be a key, else a key made of it."""
    if name.startswith("_") and len(name) > 1 and KEY.fullmatch(name[1:]) and name_of_key(name[1:]) == name:
        return name[1:]
    return name if KEY.fullmatch(name) else str(uuid.uuid5(NAMES_OF_IMPORTS, name))


def key_of_column(name: str, table_name: str) -> str:
    """As key_of_name, without the table's name before it."""
    inner = name.removeprefix(f"{table_name}.")
    return inner if inner != name and KEY.fullmatch(inner) else key_of_name(name)


def names_of(schema: FormSchema) -> Mapping[tuple[str, str], str]:
    """(table's key or "", key) → name, every name only once: a column whose key occurs twice carries its table's."""
    counts = Counter(one.key for field in schema for one in (field, *field.columns))
    found = {("", field.key): name_of_key(field.key) for field in schema}
    for table in schema:
        for column in table.columns:
            plain = name_of_key(column.key)
            alone = counts[column.key] == 1 and plain not in found.values()
            found[table.key, column.key] = plain if alone else f"{found['', table.key]}.{column.key}"
    return found
