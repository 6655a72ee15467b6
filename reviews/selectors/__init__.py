"""Questions about councils. Nothing here changes anything."""
