"""The arithmetic of councils, without Django and without a database: whole numbers only, rounded once at the end."""
