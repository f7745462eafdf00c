"""What the application's database role may do: everything it needs, and nothing to the log but add to it."""

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql


def append_only_tables() -> list[str]:
    """Tables of the models that say `append_only = True`, sorted."""
    return sorted(model._meta.db_table for model in append_only_models())  # noqa: SLF001 - Django's documented access


def append_only_models() -> list[type[models.Model]]:
    """The models that say `append_only = True`."""
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def grant(role: str) -> None:
    """Give `role` its rights on all present tables, over a connection of the tables' owner.

    Rights are taken away first, so that a table which became append-only loses UPDATE and DELETE. TRUNCATE is never
    given. A role that is the owner itself is left alone.
    """
    name = sql.Identifier(role)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_user")
        row = cursor.fetchone()
        if row is not None and row[0] == role:
            return
        cursor.execute("select current_schema()")
        row = cursor.fetchone()
        schema = sql.Identifier(row[0] if row else "public")
        for statement in (
            "grant usage on schema {schema} to {role}",
            "revoke all on all tables in schema {schema} from {role}",
            "grant select, insert, update, delete on all tables in schema {schema} to {role}",
            "grant usage, select on all sequences in schema {schema} to {role}",
            "grant execute on all functions in schema {schema} to {role}",
        ):
            cursor.execute(sql.SQL(statement).format(schema=schema, role=name).as_string(cursor.connection))
        for table in append_only_tables():
            statement = "revoke update, delete on {table} from {role}"
            cursor.execute(
                sql.SQL(statement).format(table=sql.Identifier(table), role=name).as_string(cursor.connection)
            )


def excess_rights(role: str) -> list[str]:
    """Sentences about rights that `role` has on the log and should not have; empty when all is well."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper from pg_roles where rolname = %s", [role])
        row = cursor.fetchone()
        if row is not None and row[0]:
            return [f"the role {role} is a superuser"]
        for table in append_only_tables():
            for right in ("UPDATE", "DELETE", "TRUNCATE"):
                cursor.execute("select has_table_privilege(%s, %s, %s)", [role, table, right])
                row = cursor.fetchone()
                if row is not None and row[0]:
                    found.append(f"the role {role} may {right} {table}")
    return found
