"""Settings from the environment, the address table, and the doors for a web server."""
