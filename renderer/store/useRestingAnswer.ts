import { unwaited } from './unwaited.ts';
import { useEffect, useState } from 'react';

/** Pause in typing before the app is asked, ms. */
const restMs = 300;

/**
 * The app's answer to a text that is being typed, asked once the typing rests.
 * @param question null: nothing is asked
 * @param ask never throws; the same function each time
 * @returns `none` until the question that stands has been answered
 */
export function useRestingAnswer<Question extends string | number, Answer>(
  question: Question | null,
  ask: (question: Question) => Promise<Answer>,
  none: Answer,
): Answer {
  const [answered, setAnswered] = useState<{ question: Question; answer: Answer } | null>(null);
  useEffect(() => {
    if (question === null) return;
    const asked = new AbortController();
    const timer = setTimeout(() => {
      unwaited(
        ask(question).then((answer) => {
          if (!asked.signal.aborted) setAnswered({ question, answer });
        }),
      );
    }, restMs);
    return () => {
      asked.abort();
      clearTimeout(timer);
    };
  }, [question, ask]);
  return answered?.question === question ? answered.answer : none;
}
