"""Answer questions in words: who answers, at which level, with which offers, and whether that is confirmed.

What enters: a `Catalogue` and a question as it is typed. What leaves: an `Answer`. What is read once of a catalogue
(columns, vocabulary, places) is remembered for the last one asked. The scripts of the pages hold the same modules
(`theme/js/common/answer/`). It writes nothing and chooses nobody.
"""

from annuaire.catalogue.answer.answer import Answer, Level, Result, answer_to, is_answered

__all__ = ["Answer", "Level", "Result", "answer_to", "is_answered"]
