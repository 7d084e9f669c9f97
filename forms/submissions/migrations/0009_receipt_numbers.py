from typing import Any

from django.db import migrations, models

from forms.submissions.receipts.numbers import new_number

BATCH = 500


def number_what_was_sent(apps: Any, schema_editor: Any) -> None:
    """Reports sent before there were receipts get theirs, dated when they were sent."""
    versions = apps.get_model("submissions", "SubmissionVersion").objects.using(schema_editor.connection.alias)
    taken = set()
    batch = []
    for version in versions.filter(receipt_number=None).only("sent_at").order_by("pk").iterator(BATCH):
        while (number := new_number(version.sent_at)) in taken:
            pass
        taken.add(number)
        version.receipt_number = number
        batch.append(version)
        if len(batch) == BATCH:
            versions.bulk_update(batch, ["receipt_number"])
            batch = []
    versions.bulk_update(batch, ["receipt_number"])


class Migration(migrations.Migration):
    dependencies = [("submissions", "0008_waivers_and_nil_reports")]

    operations = [
        migrations.AddField(
            model_name="submissionversion",
            name="receipt_number",
            field=models.CharField(max_length=16, null=True, verbose_name="receipt number"),
        ),
        migrations.RunPython(number_what_was_sent, migrations.RunPython.noop, elidable=False),
    ]
