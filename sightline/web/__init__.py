"""What every page shares: the gate, layout, components, form fields, charts, error pages, static files."""
