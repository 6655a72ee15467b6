"""Settings: base, then one of local, test, production or demo."""
