import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Admission } from '../../src/zmq/admission.ts';

const ours = '127.0.0.1';

const join = (admission: Admission): void => {
  admission.accepted();
  expect(admission.ask(ours)).toBe('admit');
  expect(admission.handshaken()).toBe(ours);
};

describe('Admission', () => {
  it('admits as many as there are places, and one more when a place is free', () => {
    const admission = new Admission(1, [ours]);
    join(admission);
    expect(admission.ask(ours)).toBe('second');
    expect(admission.disconnected()).toBe('left');
    join(admission);
    expect(admission.peers).toBe(1);
  });

  it('tells nobody of a second peer before the first has shaken hands: it may be the same EA, come again', () => {
    const admission = new Admission(1, [ours]);
    admission.accepted();
    expect(admission.ask(ours)).toBe('admit');
    admission.accepted();
    expect(admission.ask(ours)).toBe('wait');
    admission.handshaken();
    expect(admission.ask(ours)).toBe('second');
  });

  it('refuses an address that is not allowed', () => {
    expect(new Admission(1, [ours]).ask('10.0.0.9')).toBe('not_allowed');
  });

  it("does not take a refused peer's end for the admitted one's", () => {
    const admission = new Admission(1, [ours]);
    join(admission);
    admission.accepted();
    expect(admission.ask(ours)).toBe('second');
    admission.handshakeFailed();
    expect(admission.disconnected()).toBe('told');
    expect(admission.peers).toBe(1);
    expect(admission.ask(ours)).toBe('second');
  });

  it('frees the place of a peer that was admitted and broke off', () => {
    const admission = new Admission(1, [ours]);
    admission.accepted();
    expect(admission.ask(ours)).toBe('admit');
    expect(admission.disconnected()).toBe('unexpected');
    join(admission);
  });

  it('counts an HTTP client as an unexpected peer', () => {
    const admission = new Admission(1, [ours]);
    admission.accepted();
    expect(admission.disconnected()).toBe('unexpected');
  });

  it('never holds more than its places, and none once all connections have ended', () => {
    // Each connection is a course of its own; fast-check interleaves them.
    type Course = 'peer' | 'silent' | 'breaks off';
    const course = fc.constantFrom<Course>('peer', 'silent', 'breaks off');
    fc.assert(
      fc.property(fc.array(course, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (courses, choices) => {
        const admission = new Admission(1, [ours]);
        const steps = courses.map((kind) => stepsOf(kind, admission));
        while (steps.some((queue) => queue.length > 0)) {
          const waiting = steps.filter((queue) => queue.length > 0);
          waiting[(choices.next().value ?? 0) % waiting.length]?.shift()?.();
          expect(admission.peers).toBeLessThanOrEqual(1);
          expect(admission.peers).toBeGreaterThanOrEqual(0);
        }
        expect(admission.peers).toBe(0);
        expect(admission.ask(ours)).toBe('admit');
      }),
      { numRuns: 2_000 },
    );

    function stepsOf(kind: Course, admission: Admission): (() => void)[] {
      let admitted = false;
      const accept = () => {
        admission.accepted();
      };
      const ask = () => {
        admitted = admission.ask(ours) === 'admit';
      };
      const handshake = () => {
        if (admitted) admission.handshaken();
        else admission.handshakeFailed();
      };
      const end = () => {
        admission.disconnected();
      };
      if (kind === 'silent')
        return [
          accept,
          () => {
            admission.handshakeFailed();
          },
          end,
        ];
      return kind === 'peer' ? [accept, ask, handshake, end] : [accept, ask, end];
    }
  });
});
