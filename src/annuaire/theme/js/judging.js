// What judges a record of the form, reads its file and writes it: fetched at the first touch of a blank form, which is laid
// without. It leaves what it can do under a symbol, since a bundle exports nothing (`common/selection/bundle.js`).
import { baseOf, changesOf, named } from "./form/changes.js";
import { judge } from "./form/judge.js";
import { readRecord, writeRecord } from "./form/record.js";
import { polygonsToFetch } from "./form/rules/point.js";
import { isSameTown } from "./form/rules/vocabulary.js";
import { showSend } from "./form/send.js";

globalThis[Symbol.for("annuaire-judging")] = { baseOf, changesOf, named, judge, readRecord, writeRecord, polygonsToFetch, isSameTown, showSend };
