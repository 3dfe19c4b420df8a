// How to buy: « Quel mode d’achat? » and the rotation of suppliers. Each page is whole without this script.
import { offerVerdict } from "./common/selection/verdict.js";
import { startMode } from "./mode/question.js";
import { startRotation } from "./mode/rotation.js";

const question = document.querySelector("[data-mode]");
const rotation = document.querySelector("[data-rotation]");

if (question) {
  startMode(question);
  offerVerdict(question.querySelector("[data-mode-verdict]"));
}
if (rotation) startRotation(rotation);
