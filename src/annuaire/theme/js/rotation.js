// The rotation of suppliers. Its page is whole without this script.
import { startRotation } from "./mode/rotation.js";

const root = document.querySelector("[data-rotation]");

if (root) startRotation(root);
