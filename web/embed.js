// The small map for frames in other pages: the verdict alone. It tells the page around it of each answer.
import { create_page, place_of } from './page.js';
import { by_id } from './panel/dom.js';
import { margin_text, verdict_head } from './panel/verdict.js';
import { lat_lon, moment } from './words/format.js';
import { follow_theme } from './words/theme.js';
import { t } from './words/words.js';

/** @type {Awaited<ReturnType<typeof create_page>>} */
let page;
page = await create_page({
  on_question(question) {
    const at = place_of(question);
    if (!at) return;
    const { lat, lon } = lat_lon(at.lat, at.lon, question.accuracy_m);
    by_id('place').textContent = `${lat} ${lon} · ${moment(question.at)}`;
    /** @type {HTMLAnchorElement} */ (by_id('whole')).href = `./${new URL(page.link()).hash}`;
  },
  on_answer(answer) {
    const verdict = page.own_verdict(answer);
    by_id('verdict').replaceChildren(verdict_head(verdict, page.policy(), answer.at, `${t('margin')}: ${margin_text(verdict)}`));
    if (window.parent !== window) window.parent.postMessage({ kordon: answer }, '*');
  },
});
follow_theme(page.kordon_map.set_dark);
page.begin();
