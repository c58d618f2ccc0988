"""Letters of the desk beside those of signing in: an approval is asked for, waits, or was answered; the site is not live."""
