/** A message as JSON; what is no JSON is handed on as its text, which the contract then refuses in words. */
export function parseMessage(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
