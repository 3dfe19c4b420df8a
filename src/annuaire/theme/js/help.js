// « Trouver de l’aide »: the question, the five questions of the law, the table of financing. Each page is whole without this script.
import { startFunding } from "./help/funding.js";
import { startProject } from "./help/project.js";
import { startQuestion } from "./help/question.js";

for (const [name, start] of [["help", startQuestion], ["project", startProject], ["funding", startFunding]]) {
  const root = document.querySelector(`[data-${name}]`);
  if (root) start(root);
}
