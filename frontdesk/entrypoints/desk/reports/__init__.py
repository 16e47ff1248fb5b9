"""The reports' screens: all of them at a glance, one with its picture and table, the visits behind a bar, files."""
