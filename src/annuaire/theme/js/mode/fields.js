// What the questions of « Quel mode d’achat? » hold, and what is wrong with them: each fault stands at its field and in the
// summary above, and nothing that was written is left aside without a word.
import { clearFault, markFault, showSummary } from "../common/faults.js";
import { NBSP, quote } from "../common/french.js";
import { fold } from "../common/names.js";
import { MUNICIPAL, dollars } from "./rules.js";

export const FIELDS = ["organisme", "lieu", "reglement", "plafond", "contrat", "montant", "categorie", "fournisseur"];
const TITLES = {
  organisme: "Genre d’organisme",
  lieu: "Municipalité ou MRC",
  reglement: "Montant de votre règlement",
  contrat: "Nature du contrat",
  montant: "Dépense prévue",
  categorie: "Catégorie d’achat",
};
const MORE = "le montant doit dépasser zéro";
const EXAMPLE = `écrivez un montant en dollars, par exemple 25${NBSP}000`;

export function same(one, other) {
  return fold(one.trim()) === fold(other.trim());
}

// Read and judge the form of `root`: { value, set, reset, faults, show }. `set` takes what an address says.
export function readFields(root, form) {
  const control = (name) => form.elements.namedItem(name);
  const options = [...root.querySelectorAll("#mode-lieux option")];
  const inAddress = new Map(); // what an address asked and no field can hold

  const value = (name) => (name === "plafond" ? (control(name).checked ? control(name).value : "") : control(name).value.trim());

  function set(name, text) {
    const own = control(name);
    if (name === "plafond") own.checked = text === own.value;
    else if (own instanceof RadioNodeList) {
      if ([...own].some((one) => one.value === text)) own.value = text;
    } else own.value = text;
    if (value(name) !== text.trim()) inAddress.set(name, text);
  }

  // A label of the list, or the name of a town alone when no other town of the list bears it.
  function places(text) {
    const whole = options.filter((option) => same(option.value, text));
    return whole.length > 0 ? whole : options.filter((option) => same(option.value.replace(/ \(.*$/, ""), text));
  }

  const amount = (name) => {
    const read = dollars(value(name));
    return Number.isNaN(read) ? null : read;
  };

  function question() {
    const found = places(value("lieu"));
    const place = found.length === 1 ? found[0] : undefined;
    return {
      organisme: value("organisme"),
      contrat: value("contrat"),
      montant: amount("montant"),
      reglement: amount("reglement"),
      plafond: value("plafond") !== "",
      commune: place?.dataset.commune ?? "",
      mrc: place?.dataset.mrc ?? "",
      lieu: place?.value ?? "",
      categorie: value("categorie"),
      fournisseur: value("fournisseur"),
    };
  }

  function faults() {
    const found = [];
    const say = (name, said) => found.push({ name, said });
    for (const [name, text] of inAddress) if (TITLES[name]) say(name, `l’adresse de cette page demande ${quote(text)}, qui n’est pas un choix`);
    const isMunicipal = MUNICIPAL.includes(value("organisme"));
    if (value("lieu") && places(value("lieu")).length !== 1) {
      const several = places(value("lieu")).length > 1;
      say("lieu", several ? "plusieurs portent ce nom, choisissez dans la liste" : "choisissez une municipalité ou une MRC de la liste");
    }
    if (isMunicipal && value("reglement") && !dollars(value("reglement"))) say("reglement", dollars(value("reglement")) === 0 ? `${MORE}, ${EXAMPLE}` : EXAMPLE);
    else if (isMunicipal && value("reglement") && value("plafond")) say("reglement", "écrivez un montant ou cochez la case, pas les deux");
    if (!value("montant")) say("montant", "écrivez la dépense prévue, sans elle aucun mode ne peut être jugé");
    else if (!dollars(value("montant"))) say("montant", dollars(value("montant")) === 0 ? `${MORE}, ${EXAMPLE}` : EXAMPLE);
    return found;
  }

  // Show faults at their fields and above; true when there are none.
  function show(found, { focus = true } = {}) {
    const summary = root.querySelector("[data-mode-faults]");
    for (const name of Object.keys(TITLES)) clear(name);
    for (const { name, said } of found) mark(name, said);
    showSummary(summary, found.map(({ name, said }) => ({ title: TITLES[name], problem: { said }, id: first(name).id, go: () => first(name).focus() })));
    if (found.length > 0 && focus) summary.focus();
    return found.length === 0;
  }

  const first = (name) => {
    const own = control(name);
    return own instanceof RadioNodeList ? own[0] : own;
  };
  const boxOf = (name) => first(name).closest(".ask__field, .ask__choices");
  const all = (name) => (control(name) instanceof RadioNodeList ? [...control(name)] : [control(name)]);

  const clear = (name) => clearFault(`mode-${name}-faute`, all(name));
  const mark = (name, said) => markFault(`mode-${name}-faute`, said, all(name), boxOf(name));

  // What is being mended is no longer at fault; the summary waits for the next press.
  function touched(name) {
    inAddress.delete(name);
    clear(name === "plafond" ? "reglement" : name);
  }

  function reset() {
    inAddress.clear();
    show([]);
  }

  return { value, set, question, faults, show, touched, reset };
}
