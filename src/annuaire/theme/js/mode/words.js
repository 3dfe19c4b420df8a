// Amounts as French writes them.
import { NBSP } from "../common/french.js";

export function money(amount) {
  return `${String(amount).replace(/\B(?=(\d{3})+$)/g, NBSP)}${NBSP}$`;
}
