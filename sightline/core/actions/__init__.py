"""Actions: how each stands on a day, who may own one, what closing asks for, and how to word one well."""
