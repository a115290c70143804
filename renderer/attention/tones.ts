import type { NoticeKind } from '../../src/api/settings/desktopSettings.ts';
import { unwaited } from '../store/unwaited.ts';

/** One note: pitch in Hz, beginning and length in s. */
interface Note {
  pitch: number;
  at: number;
  length: number;
}

/** Tones by meaning: a fill rises; an alarm falls, is lower and comes twice. */
const tones: Record<'fill' | 'alarm', { wave: OscillatorType; notes: readonly Note[] }> = {
  fill: {
    wave: 'sine',
    notes: [
      { pitch: 660, at: 0, length: 0.09 },
      { pitch: 990, at: 0.09, length: 0.16 },
    ],
  },
  alarm: {
    wave: 'triangle',
    notes: [
      { pitch: 440, at: 0, length: 0.14 },
      { pitch: 330, at: 0.14, length: 0.2 },
      { pitch: 440, at: 0.42, length: 0.14 },
      { pitch: 330, at: 0.56, length: 0.2 },
    ],
  },
};

const volume = 0.18;
/** Attack of a note, s: a sudden one clicks. */
const swell = 0.012;

let context: AudioContext | null = null;

/** Plays a short tone. A browser stays silent until a person has clicked in the page once. */
export function playTone(kind: NoticeKind): void {
  context ??= new AudioContext();
  const audio = context;
  unwaited(
    audio.resume().then(() => {
      const { wave, notes } = tones[kind === 'fill' ? 'fill' : 'alarm'];
      for (const note of notes) play(audio, wave, note);
    }),
  );
}

function play(audio: AudioContext, wave: OscillatorType, { pitch, at, length }: Note): void {
  const start = audio.currentTime + at;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume, start + swell);
  gain.gain.linearRampToValueAtTime(0, start + length);
  gain.connect(audio.destination);
  const oscillator = new OscillatorNode(audio, { type: wave, frequency: pitch });
  oscillator.connect(gain);
  oscillator.start(start);
  oscillator.stop(start + length);
}
