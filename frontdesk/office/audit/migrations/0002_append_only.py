"""The database itself refuses to change or delete an audit entry, whatever the code above it does."""

from django.db import migrations

TABLE = "audit_auditentry"


def install(connection):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for deed in ("UPDATE", "DELETE"):
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{deed.lower()} BEFORE {deed} ON {TABLE} "
                    "BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END"
                )
            return
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'audit entries are never changed'; END $$"
        )
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        )
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )


def remove(connection):
    with connection.cursor() as cursor:
        names = ("no_update", "no_delete") if connection.vendor == "sqlite" else ("no_change", "no_truncate")
        for name in names:
            on = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}{on}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: install(editor.connection), lambda apps, editor: remove(editor.connection)
        )
    ]
