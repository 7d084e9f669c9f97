from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0009_receipt_numbers")]

    operations = [
        migrations.AlterField(
            model_name="submissionversion",
            name="receipt_number",
            field=models.CharField(max_length=16, unique=True, verbose_name="receipt number"),
        ),
    ]
