"""From a publication to the site that residents read: a build, the operator's `deploy`, and a look at what is live."""
