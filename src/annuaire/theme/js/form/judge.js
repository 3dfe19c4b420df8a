// Judge a record as the command line does: the rules that need one record only, same codes, same places, same words.
// What a rule and its twin of annuaire.rules both know is written there, and comes with the data (`knowledge.rules`).
import { RULES } from "annuaire:rules";
import { lay } from "./lay.js";
import { phrase, phraseInForm } from "./messages.js";

// Each problem: its code, the place of the field it is about (`at`), whether it is an error, its sentence and its remedy
// as the command line has them, and as the form says them (`said`, `advice`).
export function judge(slug, values, knowledge, today) {
  const laid = lay(values, knowledge);
  const record = { slug, values, cells: laid.cells, today };
  const findings = [...laid.findings, ...judging(knowledge).flatMap(({ check }) => check(record, knowledge))];
  return findings.map((finding) => {
    const [sentence, remedy] = phrase(finding, knowledge);
    const isError = knowledge.messages[finding.code].gravite === "erreur";
    const at = finding.at ?? finding.path;
    const [said, advice] = phraseInForm({ ...finding, at }, knowledge);
    return { ...finding, at, isError, sentence, remedy, said, advice };
  });
}

function judging(knowledge) {
  return Object.entries(RULES).flatMap(([name, rule]) => (knowledge.judging.has(name) ? [rule] : []));
}
