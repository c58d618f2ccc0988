"""What messages to editors call a language. Data."""

NAMES = {"en": "English", "cy": "Welsh", "ur": "Urdu", "ar": "Arabic", "pl": "Polish"}
