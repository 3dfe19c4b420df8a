// What is done in short steps (a generator), at once or with pauses in between: the same either way.
export const MANY = 500; // things done in one step
const SLICE = 10; // milliseconds: a page that works longer answers nobody

// Do all the steps at once; give what they return.
export function finish(steps) {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

// Do them with pauses, and give what they return; a step that gives a promise waits for it; null where `isLeft()` says that nobody waits for it any more.
export async function finishSlowly(steps, isLeft = () => false) {
  let since = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (step.value === undefined && performance.now() - since < SLICE) continue;
    await (step.value ?? pause());
    if (isLeft()) return null;
    since = performance.now();
  }
}

// A message is answered after what the visitor did meanwhile, without the delay of a timer.
export function pause() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
