"""Reads files that strangers made: encodings, limits, tables, and every fault with its line and its mend."""
