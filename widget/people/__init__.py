"""What the endpoint knows about people: details, mailed links and the keys of other systems."""
