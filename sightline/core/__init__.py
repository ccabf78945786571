"""The rules of the house: pure Python, without Django, clock, files or randomness."""
