"""Which reader has read a file; those from before they were counted are 0."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Versions of readers."""

    dependencies = [("media", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name=model,
            name="reader",
            field=models.PositiveSmallIntegerField(
                default=0, editable=model != "portaldocument", null=True, verbose_name="version of the reader"
            ),
            preserve_default=False,
        )
        for model in ("portaldocument", "filetext")
    ]
