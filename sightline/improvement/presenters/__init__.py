"""Plans and what they ask for, in words."""
