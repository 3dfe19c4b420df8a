// What a person is told when a file cannot be read: the sentence is the message.
export class LedgerError extends Error {}
