"""What a file is: one answer for every room that takes files in."""
