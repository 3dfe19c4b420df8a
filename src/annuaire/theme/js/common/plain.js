// What newer browsers have built in, for plain data: `structuredClone` and `Object.hasOwn`.
export function copied(value) {
  if (Array.isArray(value)) return value.map(copied);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]));
}

export function owns(object, key) {
  return Object.prototype.hasOwnProperty.call(object, key);
}
