"""Seals of a new form; and the database itself refuses to change or delete an entry or a seal, whatever stands above it.

Seals of the old form are not carried over: the worker seals the whole record anew, and begins a new anchor.
"""

from django.db import migrations, models

SAYS = "the record of deeds is never changed"
TABLES = ("audit_auditentry", "audit_auditseal")


def install(connection):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in TABLES:
                for name, when in _sqlite(table).items():
                    cursor.execute(
                        f"CREATE TRIGGER IF NOT EXISTS {table}_{name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
                    )
            return
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$"
        )
        for table in TABLES:
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
            )
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
            )


def _sqlite(table):
    """SQLite's REPLACE removes a row without asking the trigger on DELETE; only new numbers may be given."""
    return {
        "no_update": f"UPDATE ON {table}",
        "no_delete": f"DELETE ON {table}",
        "no_replace": f"INSERT ON {table} WHEN NEW.id <> -1 AND NEW.id <= (SELECT COALESCE(MAX(id), 0) FROM {table})",
    }


def remove(connection):
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "sqlite":
                for name in _sqlite(table):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
            else:
                for name in ("no_change", "no_truncate"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.DeleteModel("AuditSeal"),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_id", models.BigIntegerField()),
                ("last_id", models.BigIntegerField(unique=True)),
                ("count", models.PositiveIntegerField()),
                ("form", models.PositiveSmallIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("marks", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField("auditentry", "acting_as", models.CharField(blank=True, max_length=16, default=""), preserve_default=False),
        migrations.AddIndex("auditentry", models.Index(fields=["at", "id"], name="audit_by_day")),
        migrations.RunPython(
            lambda apps, editor: install(editor.connection), lambda apps, editor: remove(editor.connection)
        ),
    ]
