// « Quel mode d’achat? ». Its page is whole without this script.
import { offerVerdict } from "./common/selection/verdict.js";
import { startMode } from "./mode/question.js";

const root = document.querySelector("[data-mode]");

if (root) {
  startMode(root);
  offerVerdict(root.querySelector("[data-mode-verdict]"));
}
