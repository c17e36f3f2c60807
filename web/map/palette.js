// Colours of the map, for light and dark; page.css has those of its signs, too. Those of verdicts are Okabe and Ito's: told apart by people of every colour vision.

/** @typedef {typeof light} Palette */

export const light = {
  name: 'light',
  unknown: '#d9e3ea',
  foreign: '#eeebe4',
  foreign_line: '#d3cdc0',
  land: ['#f7f5f0', '#fdfcf8', '#fdfcf8'],
  outline: '#b9b4a8',
  border: '#3d3a35',
  border_casing: '#ffffff',
  band: '#f6dd8e',
  permit: '#0072b2',
  prohibit: '#b8480a',
  position: '#1b1a17',
  text: '#4a463f',
  text_halo: '#fdfcf8',
  text_soft: '#857f73',
  points: ['#0072b2', '#c9500f', '#e0a100', '#7d858c'],
};

/** @type {Palette} */
export const dark = {
  name: 'dark',
  unknown: '#0e141a',
  foreign: '#181c20',
  foreign_line: '#30373d',
  land: ['#22272b', '#1d2226', '#1d2226'],
  outline: '#4b5157',
  border: '#d9d5cb',
  border_casing: '#0d1114',
  band: '#5a4c14',
  permit: '#56b4e9',
  prohibit: '#f0844a',
  position: '#ffffff',
  text: '#c9cdd1',
  text_halo: '#15191d',
  text_soft: '#8b9197',
  points: ['#56b4e9', '#f0844a', '#f5d547', '#9aa3ab'],
};

/** Of points in a file, as [red, green, blue] from 0 to 1, in the order of `verdict_names`. @param {Palette} palette */
export function verdict_colours(palette) {
  return palette.points.map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255));
}

/** @type {import('../ask/types.js').VerdictName[]} */
export const verdict_names = ['eligible', 'ineligible', 'indeterminate', 'not_applicable'];
