"""The commands: what is typed, what is printed, and the code that a command ends with.

What enters: words typed in a terminal. What leaves: lines in French, exit codes (0 fine, 1 problems in the data, 2
usage or environment). Never holds logic of its own: it parses, calls and prints, and nothing else of the package
prints.
"""
