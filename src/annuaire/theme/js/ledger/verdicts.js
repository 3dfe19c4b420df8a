// « Cette entreprise est-elle collective? »: a NEQ, a name or a list, each told by what the directory knows. Absent is never « no ».
// Pure.
export const MOST_ASKED = 500; // lines of a list
const PERSON = "22"; // who runs a business alone is no legal person (Registraire des entreprises)
const NUMBER = /(?:^|[^\d])((?:\d[ \u00a0-]?){9}\d)(?![\d])/;

// Give [{asked, kind, neq, firms: [{rank, score}]}], one for each line that says something. `kind`: inscrite (the NEQ is of the
// directory), nom (the same name), semblable (a name like it), personne (the NEQ of a person alone), absente.
export function verdicts(text, matcher, isNeq) {
  const asked = text.split(/[\n\r;\t]+/).map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean);
  return asked.slice(0, MOST_ASKED).map((line) => verdict(line, matcher, isNeq));
}

function verdict(asked, matcher, isNeq) {
  const digits = NUMBER.exec(asked)?.[1].replace(/\D/g, "") ?? "";
  const neq = isNeq(digits) ? digits : "";
  const rank = neq ? matcher.byNeq(neq) : -1;
  if (rank >= 0) return { asked, kind: "inscrite", neq, firms: [{ rank, score: 1 }] };
  const name = neq ? asked.replace(NUMBER, " ").replace(/\bneq\b|[:,|]/gi, " ").trim() : asked;
  const firms = /\p{L}{2}/u.test(name) ? matcher.byName(name) : [];
  if (firms.length > 0) return { asked, kind: firms[0].score === 1 ? "nom" : "semblable", neq, firms };
  return { asked, kind: neq.startsWith(PERSON) ? "personne" : "absente", neq, firms };
}
