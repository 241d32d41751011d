"""What people set right in an article: rows beside what was read, and all that follows from them."""
