// Days written « AAAA-MM-JJ » compare as texts; what is not a day that exists is none.
export function dayIn(text) {
  if (typeof text !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) || text.startsWith("0000")) return "";
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : "";
}

// The first and the last of the days that « 2027 », « 2027-03 » or « 2027-03-05 » may mean; null when none exists.
export function spanOf(text) {
  if (!/^[0-9]{4}(-[0-9]{2}){0,2}$/.test(text)) return null;
  const first = dayIn(`${text}-01-01`.slice(0, 10));
  if (!first || text.length === 10) return first && { first, last: first };
  const [year, month = 12] = text.split("-").map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { first, last: `${text}-12`.slice(0, 7) + `-${days}` };
}

// The same day some months earlier, or the last day of that month if it is shorter.
export function monthsBefore(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}
