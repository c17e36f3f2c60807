// What the service says, as far as the map reads it. /openapi.json has all of it.

/** @typedef {{ lon: number, lat: number }} LonLat */

/**
 * @typedef {object} Border
 * @property {string} id
 * @property {number} distance_m
 * @property {LonLat} nearest
 * @property {number} bearing_deg
 * @property {number} accuracy_m
 */

/** @typedef {'eligible' | 'ineligible' | 'indeterminate' | 'not_applicable'} VerdictName */

/**
 * What decided. Without a clause (`state` null) it is that no rule permits it at that time.
 * @typedef {{ rule: string | null, clause: string, value_m: number | null, threshold_m: number | null,
 *   state: 'holds' | 'fails' | 'uncertain' | null, text: string }} Because
 */

/**
 * @typedef {object} Verdict
 * @property {string} policy
 * @property {string} activity
 * @property {VerdictName} verdict
 * @property {number | null} margin_m
 * @property {boolean} margin_exact
 * @property {[number | null, number | null]} margin_range_m
 * @property {Because} because
 * @property {Record<string, { value: number, assumed: boolean, flips_at: number | null }>} parameters
 */

/**
 * @typedef {object} Evaluation
 * @property {{ lon: number, lat: number, accuracy_m: number, read_as?: string }} position
 * @property {string} at
 * @property {{ id: string, state: string, margin_m: number }[]} regions
 * @property {Border[]} borders
 * @property {Verdict[]} verdicts
 * @property {string[]} warnings
 * @property {string} data_version
 * @property {string} engine
 * @property {Metadata} metadata
 */

/** @typedef {{ notices: string[], layers: { id: string, attribution: string, licence: string }[] }} Metadata */

/**
 * @typedef {{ inside: string } | { within: string, parameter: string } | { within: string, radius: number, unit: string } | { everywhere: true }
 *   | { all: Area[] } | { any: Area[] } | { not: Area }} Area
 */

/**
 * @typedef {object} Rule
 * @property {string} id
 * @property {string} title
 * @property {string} activity
 * @property {'permit' | 'prohibit'} effect
 * @property {Area} area
 * @property {string | null} from
 * @property {string | null} until
 * @property {string[]} sources
 * @property {string[]} assumed
 */

/** @typedef {{ id: string, title: string, unit: string, value: number, min: number, max: number, assumed: boolean, note: string }} Parameter */

/**
 * @typedef {object} Policy
 * @property {string} id
 * @property {string} title
 * @property {string} disclaimer
 * @property {string} known_through
 * @property {Parameter[]} parameters
 * @property {{ id: string, title: string, scope: Area }[]} activities
 * @property {Rule[]} rules
 * @property {{ id: string, title: string, publisher: string, date: string, summary: string }[]} sources
 * @property {string} data_version
 * @property {string} engine
 * @property {Metadata} metadata
 */

/** @typedef {{ kind: 'raster' | 'style', url: string, attribution: string }} Basemap */

export {};
