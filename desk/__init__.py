"""The desk: staff write, check, approve and publish notices in a browser. Files stay the truth and git the history."""
