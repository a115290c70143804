// The web standards that the pure folders use; Node and every browser have them, ES2024's library doesn't.

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare function queueMicrotask(action: () => void): void;
