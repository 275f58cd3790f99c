"""Protection, of the stage ACT: emergency help and relocation."""
