"""How soft intelligence is written for readers."""
