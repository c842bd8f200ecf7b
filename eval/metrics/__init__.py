"""Says how good one answer is: one small named function for each figure."""
