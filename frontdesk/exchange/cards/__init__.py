"""Cards people hold out at the desk, from pictures into the office's words: insurance cards by Tesseract, licenses by their bars."""
