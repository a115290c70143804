/** Colours that are easily told apart, in the order in which they are given away. */
const palette = ['#3b82f6', '#10b981', '#a855f7', '#ec4899', '#06b6d4', '#84cc16', '#f43f5e', '#eab308'];

interface Coloured {
  colour: string;
}

/**
 * Gives a bridge another colour where an earlier one has the same: the colour tells a person which account an order
 * goes to.
 */
export function distinctColours(bridges: readonly Coloured[]): void {
  const taken = new Set<string>();
  for (const bridge of bridges) {
    if (taken.has(bridge.colour.toLowerCase())) bridge.colour = freeColour(taken);
    taken.add(bridge.colour.toLowerCase());
  }
}

/** The first free colour of the palette; beyond it, shades that no other bridge has. */
function freeColour(taken: ReadonlySet<string>): string {
  const free = palette.find((colour) => !taken.has(colour));
  if (free !== undefined) return free;
  for (let shade = 0x4f6d8a; ; shade = (shade + 0x2a51c7) % 0x1000000) {
    const colour = `#${shade.toString(16).padStart(6, '0')}`;
    if (!taken.has(colour)) return colour;
  }
}
