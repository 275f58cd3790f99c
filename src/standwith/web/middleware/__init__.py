"""What every request passes: headers, faults, the reader, the language."""
