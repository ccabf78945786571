"""Scans: figures of a nation's series, sorted, read once to a ranked list; from Parquet here, or by Spark."""
