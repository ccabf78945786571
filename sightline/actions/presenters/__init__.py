"""Actions in words and colours."""
