// Judge a record as the command line does: the rules that need one record only, same codes, same places, same words.
import { lay } from "./lay.js";
import { phrase, phraseInForm } from "./messages.js";
import * as cells from "./rules/cells.js";
import * as closing from "./rules/closing.js";
import * as confidentiality from "./rules/confidentiality.js";
import * as conformity from "./rules/conformity.js";
import * as duplicateItem from "./rules/duplicate_item.js";
import * as fileName from "./rules/file_name.js";
import * as freshness from "./rules/freshness.js";
import * as future from "./rules/future.js";
import * as markup from "./rules/markup.js";
import * as neq from "./rules/neq.js";
import * as person from "./rules/person.js";
import * as point from "./rules/point.js";
import * as postalCode from "./rules/postal_code.js";
import * as region from "./rules/region.js";
import * as sector from "./rules/sector.js";
import * as telephone from "./rules/telephone.js";
import * as verification from "./rules/verification.js";
import * as vocabulary from "./rules/vocabulary.js";
import * as webAddress from "./rules/web_address.js";

const RULES = [
  cells,
  closing,
  confidentiality,
  conformity,
  duplicateItem,
  fileName,
  freshness,
  future,
  markup,
  neq,
  person,
  point,
  postalCode,
  region,
  sector,
  telephone,
  verification,
  vocabulary,
  webAddress,
];

// Each problem: its code, the place of the field it is about (`at`), whether it is an error, its sentence and its remedy
// as the command line has them, and as the form says them (`said`, `advice`).
export function judge(slug, values, knowledge, today) {
  const laid = lay(values, knowledge);
  const record = { slug, values, cells: laid.cells, today };
  const findings = [...laid.findings, ...RULES.flatMap((rule) => rule.check(record, knowledge))];
  return findings.map((finding) => {
    const [sentence, remedy] = phrase(finding, knowledge.messages);
    const isError = knowledge.messages[finding.code].gravite === "erreur";
    const at = finding.at ?? finding.path;
    const [said, advice] = phraseInForm({ ...finding, at }, knowledge);
    return { ...finding, at, isError, sentence, remedy, said, advice };
  });
}
