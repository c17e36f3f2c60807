// The small map for frames in other pages: the verdict alone. It tells the page around it of each answer.
import { get } from './ask/service.js';
import { tell_parent } from './embed_parent.js';
import { create_page, place_of } from './page.js';
import { by_id } from './panel/dom.js';
import { margin_text, verdict_head } from './panel/verdict.js';
import { lat_lon, moment } from './words/format.js';
import { follow_theme } from './words/theme.js';
import { t } from './words/words.js';

const embedders = get('web/settings.json').then(({ embed }) => embed.origins, () => []);
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
    embedders.then((origins) => tell_parent({ kordon: answer }, origins));
  },
});
follow_theme(page.kordon_map.set_dark);
page.begin();
