"""The names of languages in messages to editors. Data."""

NAMES = {"en": "English", "cy": "Welsh", "ur": "Urdu", "ar": "Arabic", "pl": "Polish"}
