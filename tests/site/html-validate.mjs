// What the HTML of every page is held to: everything html-validate recommends, but for what stands below with its reason.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Titles hold names of enterprises, up to 200 characters, which nobody may shorten but them.
    "long-title": "off",
    // The style sheet keeps telephone numbers on one line; an unbreakable hyphen would spoil a number that is copied.
    "tel-non-breaking": "off",
  },
};
