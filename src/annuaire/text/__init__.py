"""Words and faults, on which everything stands: names folded and sorted, French numbers and lists, problems.

What enters: texts, and findings. What leaves: texts in correct French, `Problem`s with their wording
(`schema/messages.fr.json`), HTML that is safe (`markup`, the only module that declares any so). Never reads a record,
a folder or the clock.
"""
