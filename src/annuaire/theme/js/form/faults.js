// Problems by the control they are about.
import { fieldAt } from "./messages.js";

// The name of the control that a problem is about: the field itself, or the first one of its item.
export function keyOf(problem, state, knowledge) {
  const at = problem.at.length > 0 ? problem.at : [knowledge.collection.naming];
  const table = knowledge.children.get(at[0]);
  if (!table) return fieldAt(knowledge.root, at)?.path.join(".") ?? "";
  const item = state.items[at[0]]?.[at[1]];
  if (!item) return `+${at[0]}`;
  const field = fieldAt(table, at.slice(2)) ?? table.own.find(({ required }) => required) ?? table.own[0];
  return `${item.uid}.${field.path.join(".")}`;
}
