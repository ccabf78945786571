"""Indicators: from marks on a chart to what they mean, and to signals."""
