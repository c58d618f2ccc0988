"""Documents that become drafts: read in a process of their own, shown with what was kept, saved once somebody chose."""
