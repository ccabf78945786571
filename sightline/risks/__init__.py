"""The risk registers of place, system, board, region and nation, and the look-back on what nobody had seen."""
