"""Guidance packs as data, and the local versions of their parts that a house keeps."""
