"""What the database believes about its tables: by it the database chooses the index for a question."""

from django.db import connection


def renew_statistics() -> None:
    """Let the database count its tables anew: after a mass of rows came at once, by loading or by a restore.

    SQLite never does it by itself, PostgreSQL only some time later; until then both may read a whole table where an
    index would do.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
