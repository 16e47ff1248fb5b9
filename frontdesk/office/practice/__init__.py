"""practice: locations, departments, providers, rooms and hours."""
