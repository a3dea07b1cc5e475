"""Measurements: ratios of commands run side by side, never one absolute time."""
