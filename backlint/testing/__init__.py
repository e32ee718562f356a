"""For authors of plugins and for our own tests: small backlogs, fakes of the trackers, the contract of a connector."""
