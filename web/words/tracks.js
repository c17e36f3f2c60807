// The words of lines and areas: they come with what is said in them.
import { add_words } from './words.js';
import { tracks_en } from './tracks_en.js';
import { tracks_uk } from './tracks_uk.js';

add_words({ en: tracks_en, uk: tracks_uk });
