"""Whole Rust programs, interrupted at any step and taken up by other processes."""
