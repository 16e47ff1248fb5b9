"""oversight: questions to the record of deeds, looks that ask to be explained, and who may still come in."""
