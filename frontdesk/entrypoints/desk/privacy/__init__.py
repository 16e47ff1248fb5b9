"""The screens of privacy: verifying who speaks, a patient's privacy record, the privacy desk."""
