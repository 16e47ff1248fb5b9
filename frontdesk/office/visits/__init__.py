"""From the door to the door: who has arrived, how far each visit is, what is missing, who follows up, who else is here."""
