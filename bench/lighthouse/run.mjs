// Judge pages with Lighthouse: `node run.mjs CHROMIUM RUNS ADDRESS…` writes a line of JSON for each page and form of device, with
// the score of each run (0 to 100) and, of the median one, what makes it. Performance alone: the tests judge the rest.
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const [chromePath, runs, ...addresses] = process.argv.slice(2);
const MEASURES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index", "total-byte-weight"];
const chrome = await launch({ chromePath, chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu"] });
try {
  for (const address of addresses) {
    for (const [device, config] of [["mobile", undefined], ["desktop", desktopConfig]]) {
      const found = [];
      for (let run = 0; run < Number(runs); run += 1) {
        const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: ["performance"], logLevel: "silent" }, config);
        const measures = Object.fromEntries(MEASURES.map((name) => [name, lhr.audits[name]?.numericValue ?? 0]));
        found.push({ score: Math.round((lhr.categories.performance.score ?? 0) * 100), measures });
      }
      found.sort((one, other) => one.score - other.score);
      const median = found[Math.floor(found.length / 2)];
      process.stdout.write(`${JSON.stringify({ address, device, scores: found.map(({ score }) => score), ...median })}\n`);
    }
  }
} finally {
  await chrome.kill();
}
