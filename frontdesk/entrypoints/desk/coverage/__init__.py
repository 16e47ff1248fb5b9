"""Screens about who pays."""
