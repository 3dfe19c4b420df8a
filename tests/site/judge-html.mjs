// Judge the files that are named; say as JSON what html-validate reports of each. Its own command reads its settings again
// for each file, which is a third of its work.
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import settings from "./html-validate.mjs";

class Once extends StaticConfigLoader {
  getConfigFor(...words) {
    this.found ??= super.getConfigFor(...words);
    return this.found;
  }
}

const { results } = new HtmlValidate(new Once(settings)).validateMultipleFilesSync(process.argv.slice(2));
console.log(JSON.stringify(results.map(({ filePath, messages }) => ({ filePath, messages }))));
