"""The chat in the browser: lays out and shows answers; decides nothing."""
