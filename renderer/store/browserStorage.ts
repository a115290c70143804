// Text kept by this browser over a reload. It may be missing, full or forbidden: then nothing is kept, and the window goes on.

/** @returns null: nothing is kept */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a text, or none; where there is no room, the older text goes too, so that it does not come back. */
export function store(key: string, text: string | null): void {
  try {
    if (text !== null) {
      localStorage.setItem(key, text);
      return;
    }
  } catch {
    // The older text is removed below.
  }
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing is kept without permission.
  }
}
