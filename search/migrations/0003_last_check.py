from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_resumable_rebuild"),
    ]

    operations = [
        migrations.AddField(
            model_name="enginefeed",
            name="checked_at",
            field=models.DateTimeField(null=True, verbose_name="checked at"),
        ),
        migrations.AddField(
            model_name="enginefeed",
            name="last_check",
            field=models.JSONField(blank=True, default=dict, verbose_name="what the last check found"),
        ),
        migrations.AddField(
            model_name="enginefeed",
            name="check_alive_at",
            field=models.DateTimeField(null=True, verbose_name="check's last sign of life"),
        ),
        migrations.AddField(
            model_name="enginefeed",
            name="told",
            field=models.CharField(blank=True, max_length=64, verbose_name="trouble that was told"),
        ),
    ]
