// Engines do not compare the same one of two first: an order must not depend on it. Let sorting compare two items the
// other way round from now on, or as the engine does.
const { sort } = Array.prototype;

export function setMirror(isMirrored) {
  Array.prototype.sort = isMirrored ? mirrored : sort;
}

function mirrored(compare) {
  return sort.call(this, compare && ((one, other) => -compare(other, one)));
}
