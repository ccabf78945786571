"""Sources → publications → observations → assessment → signals."""
