"""The record of deeds read, the looks that ask to be explained, and the review of who may come in."""
