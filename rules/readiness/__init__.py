"""An item that is about to be planned can be planned."""
