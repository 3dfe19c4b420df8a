// The visitor's first sign: a pointer that moves or presses, a key, a field that takes the focus, a file
// dragged over it. What is heavy waits for it,
// so that who only reads a page downloads nothing more than it.
const SIGNS = ["pointerdown", "pointermove", "keydown", "focusin", "click", "input", "dragenter"];

// Resolves once, at the first sign given within `node`.
export function firstTouch(node = document) {
  return new Promise((resolve) => {
    const seen = ({ type, movementX, movementY }) => {
      if (type === "pointermove" && movementX === 0 && movementY === 0) return; // the page moved, not the pointer
      for (const sign of SIGNS) node.removeEventListener(sign, seen, true);
      resolve();
    };
    for (const sign of SIGNS) node.addEventListener(sign, seen, { capture: true, passive: true });
  });
}
