"""Measure the directory beside other ways to build it: `make bench`."""
