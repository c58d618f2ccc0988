"""The endpoint's knowledge of people: details, mailed links and the keys of other systems."""
