"""The database refuses to change or delete audit events."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from portal.audit import protection


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Install the triggers."""
    protection.install(schema_editor.connection)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove them."""
    protection.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """Triggers on the log."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
