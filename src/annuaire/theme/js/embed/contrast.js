// Colours that others choose: six hexadecimal digits and nothing else, and readable together (WCAG 2.2, 1.4.3).
const HEX = /^#?([0-9a-f]{6})$/i;
export const LEAST = 4.5;

// Give the six digits, in small letters; an empty text for anything else.
export function hexOf(text) {
  return HEX.exec(text.trim())?.[1].toLowerCase() ?? "";
}

// From 1 to 21, of two colours as `hexOf` gives them.
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((first, second) => second - first);
  return (light + 0.05) / (dark + 0.05);
}

// Black or white, whichever is read better on a colour: one of them always has more than 4.5.
export function inkOn(colour) {
  return contrast("000000", colour) >= contrast("ffffff", colour) ? "000000" : "ffffff";
}

function luminance(colour) {
  const [red, green, blue] = [0, 2, 4].map((place) => {
    const part = Number.parseInt(colour.slice(place, place + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
