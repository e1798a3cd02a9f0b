"""The yearly cycle: collection, synthesis, publication, in the order the text travels."""
