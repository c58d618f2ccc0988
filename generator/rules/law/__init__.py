"""Rules about the law: what a notice must say, and what must agree with it."""
