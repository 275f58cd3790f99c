"""Tests of Standwith; each folder mirrors a folder of the package."""
