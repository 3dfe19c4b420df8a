// The worker of « Carnet d’achats »: it reads the ledger and matches it while the page stays alive. It fetches the data of the
// site when the page opens, and nothing any more once a file is there.
import { serve } from "./ledger/serving.js";

serve(globalThis);
