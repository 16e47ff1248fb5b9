"""The screens of the appointment book: the day, openings, one appointment, waiting and recalled patients, a provider who is out."""
