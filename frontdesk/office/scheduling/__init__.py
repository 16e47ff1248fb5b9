"""scheduling: the appointment book: templates, openings, holds, appointments, waitlist and recalls."""
