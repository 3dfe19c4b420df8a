// The name of a record in an address; apart from other names, since every page knows it.
import { slug } from "../../../data/communs.json";

export const SLUG = new RegExp(`^(?:${slug})$`);
