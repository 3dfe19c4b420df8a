// The text of a first contact, and who may receive it. An enterprise is written to only when it is confirmed for what it
// was kept for (`judgeKept` of purchase/need.js says so); the others are to be telephoned first.
import { NBSP } from "../french.js";
import { inWords } from "../today.js";

export const LONGEST_HREF = 1900; // characters: some mail programs cut a longer address
const ADDRESS = /^[^\s@<>,;:"'()[\]\\?&#%]+@[^\s@<>,;:"'()[\]\\?&#%]+\.[a-z]{2,}$/iu; // nothing that could end it and begin another

// Sort enterprises: to write to (confirmed, with an e-mail), to telephone (confirmed, without), to confirm first.
export function recipients(enterprises, { isSure }) {
  const sure = enterprises.filter(({ index }) => isSure(index));
  const write = sure.filter(({ courriel }) => ADDRESS.test(courriel));
  return {
    write,
    addresses: [...new Map(write.map(({ courriel }) => [courriel.toLowerCase(), courriel])).values()],
    telephone: sure.filter((enterprise) => !write.includes(enterprise)),
    confirm: enterprises.filter(({ index }) => !isSure(index)),
  };
}

// Give {subject, text} from what the buyer typed: {besoin, date, comment, reference, signature}.
export function letter({ besoin = "", date = "", comment = "", reference = "", signature = "" }) {
  const about = besoin.trim().split("\n")[0].trim();
  const subject = ["Prise de contact", reference.trim(), [...about].slice(0, 80).join("")].filter(Boolean).join(" - ");
  const paragraphs = [
    "Bonjour,",
    `${signature.trim() || "Notre organisation"} cherche qui pourrait répondre au besoin suivant${NBSP}:`,
    besoin.trim() || "(décrire ici le besoin)",
    asked(date, comment.trim()),
    reference.trim() && `Référence${NBSP}: ${reference.trim()}`,
    "Ce message est une prise de contact. Il n’est ni un appel d’offres, ni une invitation à soumissionner, et n’engage aucune des parties.",
    signature.trim(),
  ];
  return { subject, text: paragraphs.filter(Boolean).join("\n\n") };
}

function asked(date, comment) {
  const when = /^\d{4}-\d\d-\d\d$/.test(date) ? ` au plus tard le ${inWords(date)}` : "";
  const how = comment ? `, ${comment.replace(/\.$/, "").replace(/^\p{Lu}(?!\p{Lu})/u, (letter) => letter.toLowerCase())}` : "";
  return `Pourriez-vous nous dire${when} si vous pouvez y répondre, avec vos conditions et vos disponibilités${how}?`;
}

// Give the address that opens the mail program with everyone in blind copy, or an empty text when it would be too long.
export function mailto(addresses, { subject, text }) {
  const body = encodeURIComponent(text.replace(/\n/g, "\r\n"));
  const bcc = addresses.map((address) => encodeURIComponent(address).replace("%40", "@")).join(",");
  const href = `mailto:?bcc=${bcc}&subject=${encodeURIComponent(subject)}&body=${body}`;
  return href.length <= LONGEST_HREF ? href : "";
}
