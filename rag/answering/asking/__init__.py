"""Takes questions apart and completes those that lean on earlier turns."""
