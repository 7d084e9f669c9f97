"""A person's saved searches bear different names; present doubles get a number."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from search.saving.rules import free_name, name_key_of

LONGEST = 100


def tell_apart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The oldest of those that are called alike keeps its name; the others become “name (2)”, “name (3)”."""
    searches = apps.get_model("saving", "SavedSearch").objects.order_by("pk")
    taken: dict[int, set[str]] = {}
    doubles = []
    for search in searches:
        search.name_key = name_key_of(search.name)
        known = taken.setdefault(search.user_id, set())
        if search.name_key in known:
            doubles.append(search)
            continue
        known.add(search.name_key)
        search.save(update_fields=["name_key"])
    # Last, so that nobody loses a name with a number of their own to one that is made here.
    for search in doubles:
        search.name = free_name(search.name, taken[search.user_id], LONGEST)
        search.name_key = name_key_of(search.name)
        taken[search.user_id].add(search.name_key)
        search.revision += 1
        search.save(update_fields=["name", "name_key", "revision"])


class Migration(migrations.Migration):
    """Names count once a person."""

    dependencies = [("saving", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="savedsearch",
            name="name_key",
            field=models.CharField(default="", editable=False, max_length=64, verbose_name="name counted as"),
            preserve_default=False,
        ),
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(fields=("user", "name_key"), name="search_name_once"),
        ),
    ]
