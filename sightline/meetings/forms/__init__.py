"""What people say of meetings. Parsed and checked, never saved."""
