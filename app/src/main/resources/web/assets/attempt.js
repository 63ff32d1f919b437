import { toast } from './toast.js';
import { explain } from './words.js';

/** Runs `act`; what goes wrong is said in a toast. */
export async function attempt(act) {
  try {
    await act();
  } catch (error) {
    toast(explain(error));
  }
}
