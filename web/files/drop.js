// Where files come from: dropped anywhere on the page, or chosen.
import { by_id } from '../panel/dom.js';

/** @param {(file: File) => void} on_file */
export function create_drop(on_file) {
  const chooser = /** @type {HTMLInputElement} */ (by_id('file-chooser'));
  const over = by_id('drop');
  by_id('file-open').addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => {
    const [file] = chooser.files ?? [];
    if (file) on_file(file);
    chooser.value = '';
  });
  const carries_file = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false;
  window.addEventListener('dragover', (event) => {
    if (!carries_file(event)) return;
    event.preventDefault();
    over.hidden = false;
  });
  window.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) over.hidden = true;
  });
  window.addEventListener('drop', (event) => {
    over.hidden = true;
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    on_file(file);
  });
}
