// The form of a first contact: what is typed becomes a text, and the text an e-mail in blind copy when it is short enough.
import { element } from "../common/element.js";
import { NBSP } from "../common/french.js";
import { letter, mailto, recipients } from "../common/selection/contact.js";
import { readDraft, writeDraft } from "../common/selection/drafts.js";
import { button, copy, enterpriseLink, icon, telephoneLink, websiteLink } from "../common/pieces.js";


export function createContact(root, site) {
  const part = (name) => root.querySelector(`[data-contact-${name}]`);
  const form = root.querySelector("[data-contact]");
  const [text, send, said, lists] = [part("text"), part("send"), part("said"), part("lists")];
  let draft = "";
  let groups = null;

  form.addEventListener("input", () => {
    writeDraft(draft, typed());
    write();
  });

  function typed() {
    return Object.fromEntries(Array.from(form.querySelectorAll("[name]"), ({ name, value }) => [name, value]));
  }

  function write() {
    const message = letter(typed());
    text.value = message.text;
    const href = groups.addresses.length > 0 ? mailto(groups.addresses, message) : "";
    const actions = element("p", "toolbar");
    if (href) {
      const link = element("a", "button button--main", icon("mail"), "Ouvrir dans mon courriel");
      link.href = href;
      actions.append(link);
    }
    actions.append(button("Copier le texte", "button", async () => tell(await copy(text, "Texte copié."))));
    const parts = [];
    if (groups.addresses.length > 0) parts.push(addresses());
    if (!href && groups.addresses.length > 0) {
      parts.push(element("p", "small", `Le message et ses adresses sont trop longs pour s’ouvrir d’un coup dans un logiciel de courriel. Copiez les adresses dans «${NBSP}Cci${NBSP}», puis le texte.`));
    }
    if (groups.addresses.length === 0) parts.push(element("p", "small", "Aucune entreprise confirmée de cette sélection n’a de courriel."));
    send.replaceChildren(...parts, actions);
  }

  function addresses() {
    const input = element("input");
    input.id = "contact-adresses";
    input.readOnly = true;
    input.value = groups.addresses.join(", ");
    const label = element("label", "", "Adresses, en copie cachée (Cci)");
    label.htmlFor = input.id;
    const copied = button("Copier les adresses", "button", async () => tell(await copy(input, "Adresses copiées.")));
    return element("div", "field field--copied", label, input, copied);
  }

  function tell(words) {
    said.textContent = words;
  }

  function group(title, note, enterprises, reach) {
    if (enterprises.length === 0) return "";
    const rows = enterprises.map((enterprise) => element("li", "", enterpriseLink(site, enterprise.slug, enterprise.nom), " ", element("span", "reach-line", reach(enterprise))));
    return element("section", "contact__group", element("h3", "", `${title} (${enterprises.length})`), element("p", "small quiet", note), element("ul", "plain-list", ...rows));
  }

  function telephone(enterprise) {
    if (enterprise.telephone) return telephoneLink(enterprise.telephone);
    return websiteLink(enterprise) ?? "Aucun téléphone ni site web indiqué";
  }

  function confirmNote({ isJudged }) {
    const why = isJudged ? "Rien de confirmé ne dit qu’elles répondent au besoin" : "Les textes des fiches n’ont pas pu être lus, et rien ne dit ce qui est confirmé";
    return `${why}${NBSP}: le message ne leur est pas adressé.`;
  }

  return {
    // `kept`: how each answers the need it was kept for. Their need, if they have one only, is proposed where none is typed.
    show(enterprises, kept, id) {
      groups = recipients(enterprises, kept);
      const name = `contact:${id}`;
      if (name !== draft) {
        draft = name;
        const written = readDraft(name);
        for (const field of form.querySelectorAll("[name]")) field.value = written[field.name] ?? "";
        const [need, ...others] = new Set(enterprises.map(({ index }) => kept.needOf(index)).filter(Boolean));
        const field = form.querySelector("[name=besoin]");
        if (!field.value && others.length === 0) field.value = need ?? "";
      }
      write();
      lists.replaceChildren(
        group("Recevront le message", "Confirmées pour le besoin, avec un courriel.", groups.write, ({ courriel }) => courriel),
        group("À joindre par téléphone", "Confirmées pour le besoin, sans courriel.", groups.telephone, telephone),
        group("À confirmer d’abord", confirmNote(kept), groups.confirm, telephone),
      );
    },
  };
}
