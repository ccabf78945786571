"""What people say about interests, agreements, groups, seats and offices. Parsed and checked, never saved."""
