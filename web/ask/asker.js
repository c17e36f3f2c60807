// One question after another, the latest first: while answers are under way only the newest question waits.

const most_in_flight = 2;

/**
 * @template Q, A
 * @param {(question: Q) => Promise<A>} ask
 * @param {(answer: A, question: Q) => void} on_answer never with an older answer than before
 * @param {(fault: Error, question: Q) => void} on_fault of the newest question only
 */
export function create_asker(ask, on_answer, on_fault) {
  let asked = 0;
  let answered = 0;
  let in_flight = 0;
  /** @type {{ question: Q, number: number } | null} */
  let waiting = null;

  /** @param {{ question: Q, number: number }} next */
  async function send({ question, number }) {
    ++in_flight;
    try {
      const answer = await ask(question);
      if (number > answered) {
        answered = number;
        on_answer(answer, question);
      }
    } catch (fault) {
      if (number === asked) on_fault(/** @type {Error} */ (fault), question);
    }
    --in_flight;
    if (!waiting) return;
    const next = waiting;
    waiting = null;
    send(next);
  }

  return (/** @type {Q} */ question) => {
    const next = { question, number: ++asked };
    if (in_flight < most_in_flight) send(next);
    else waiting = next;
  };
}
