"""patients: who the patient is and how to reach them; finding them, and not making them twice."""
