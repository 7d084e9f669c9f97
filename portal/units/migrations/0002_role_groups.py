"""One group per role: Wagtail hangs page permissions on groups."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROLES = [
    "reporter", "unit_reviewer", "coordinator", "editor", "leader",
    "auditor", "external_supervisor", "administrator", "staff",
]  # fmt: skip


def make_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make what is missing; running twice changes nothing."""
    group = apps.get_model("auth", "Group")
    for role in ROLES:
        group.objects.get_or_create(name=f"role:{role}")


class Migration(migrations.Migration):
    """Groups of the roles."""

    dependencies = [("units", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
