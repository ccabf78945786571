"""Nations: the figures of a nation's series kept as columns, a month taken in, and only what it changed assessed."""
