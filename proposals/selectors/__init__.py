"""Questions of this room. Nothing here changes anything."""
