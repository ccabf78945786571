"""Tests of the rules; a package, so that its folder ``statistics`` cannot pass for Python's own module."""
