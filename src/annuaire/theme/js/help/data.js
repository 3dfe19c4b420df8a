// What the page asks: read once, and only when something is asked.
import * as adresses from "../../../data/adresses.json";

let reading = null;

export function load(site) {
  reading ??= read(new URL(adresses.donneesDeLAide, site)).catch((error) => {
    reading = null; // asked again at the next question
    throw error;
  });
  return reading;
}

async function read(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}
