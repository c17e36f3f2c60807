// One box for a position in any notation: the service reads it.
import { get, Problem } from '../ask/service.js';
import { t } from '../words/words.js';
import { by_id } from './dom.js';
import { said } from './said.js';

/**
 * @param {(found: import('../ask/types.js').Evaluation) => void} on_found
 * @param {(fault: unknown) => void} on_fault what is no fault of the text
 */
export function create_search(on_found, on_fault) {
  const form = /** @type {HTMLFormElement} */ (by_id('search'));
  const box = /** @type {HTMLInputElement} */ (by_id('position'));
  const complaint = by_id('search-fault');

  const complain = (/** @type {string} */ message) => {
    complaint.replaceChildren(message && said(message));
    if (message) box.setAttribute('aria-invalid', 'true');
    else box.removeAttribute('aria-invalid');
  };

  box.addEventListener('input', () => complain(''));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const position = box.value.trim();
    if (!position) return box.focus();
    try {
      const answer = await get('v1/evaluate', { position });
      complain('');
      on_found(answer);
    } catch (fault) {
      if (fault instanceof Problem) complain(fault.message);
      else on_fault(fault);
    }
  });

  return {
    translate() {
      box.placeholder = t('search.hint');
    },
  };
}
