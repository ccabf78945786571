"""The one action log: what groups agreed should be done, by whom, by when, and what came of it."""
