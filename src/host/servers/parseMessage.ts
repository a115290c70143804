/** Parses a message; text that is no JSON is returned as it is, and the contract refuses it with a sentence. */
export function parseMessage(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
