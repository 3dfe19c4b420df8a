"""Read the images of records: bytes that may be hostile enter; what is wrong with them, or clean copies, leave.

They are decoded in a process bounded in time and memory, never elsewhere. What is written again holds pixels alone:
no place, no date, no device, no name. This room knows nothing of records nor of pages.
"""
