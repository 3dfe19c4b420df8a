// A field of a file, and the frame around it where one may be dropped.
export function listenForFile(frame, read) {
  const input = frame.querySelector("input");
  const first = ([file]) => {
    if (file) read(file);
  };
  input.addEventListener("change", () => first(input.files));
  for (const kind of ["dragenter", "dragover"]) {
    frame.addEventListener(kind, (event) => {
      event.preventDefault();
      frame.classList.add("is-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) frame.addEventListener(kind, () => frame.classList.remove("is-over"));
  frame.addEventListener("drop", (event) => {
    event.preventDefault();
    first(event.dataTransfer.files);
  });
}
