"""Concerns, the evidence behind them, proposals and decisions about levels, and the surveillance log."""
