"""The desk: staff write, check, approve and publish notices in a browser. It works on the site's files."""
