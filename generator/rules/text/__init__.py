"""Rules about the text: words, sentences, links and pictures."""
