"""Measurements, side by side; run by hand, never in CI."""
