// Handles requests that need a fresh proof: the shell shows the dialog, the client sends the request again.

type Ask = () => Promise<boolean>;
let asker: Ask | null = null;

/** Answers how to take it back. */
export function onProofNeeded(ask: Ask): () => void {
  asker = ask;
  return () => {
    if (asker === ask) asker = null;
  };
}

/** true: it was proved. */
export function askForProof(): Promise<boolean> {
  return asker?.() ?? Promise.resolve(false);
}
