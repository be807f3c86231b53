"""What is printed: from values to the bytes of a PDF, nothing read and nothing written."""
