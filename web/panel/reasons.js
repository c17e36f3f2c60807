// The clauses of an area, with the margins that the answer gives for its regions and borders.

/** @typedef {import('../ask/types.js').Area} Area */
/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/types.js').Verdict} Verdict */

/** @typedef {{ kind: 'inside' | 'within' | 'everywhere', of: string, radius_m: number, margin_m: number, negated: boolean }} Clause */

/** @param {Evaluation} answer @param {string} line */
function distance_to(answer, line) {
  const border = answer.borders.find(({ id }) => id === line);
  if (border) return border.distance_m;
  const region = answer.regions.find(({ id }) => id === line);
  return region ? Math.max(0, -region.margin_m) : NaN;
}

/** @type {Record<string, number>} */
const metres_in = { m: 1, km: 1000, nmi: 1852 };

/** @param {any} clause @param {Verdict} verdict @param {Policy} policy */
function radius_m_of(clause, verdict, policy) {
  const parameter = policy.parameters.find(({ id }) => id === clause.parameter);
  if (!parameter) return clause.radius * metres_in[clause.unit];
  return (verdict.parameters[parameter.id]?.value ?? parameter.value) * metres_in[parameter.unit];
}

/**
 * @param {any} area @param {Evaluation} answer @param {Verdict} verdict @param {Policy} policy @param {boolean} [negated]
 * @returns {Clause[]}
 */
export function clauses_of(area, answer, verdict, policy, negated = false) {
  const turned = (/** @type {number} */ margin_m) => (negated ? -margin_m : margin_m);
  if ('inside' in area) {
    const margin_m = answer.regions.find(({ id }) => id === area.inside)?.margin_m ?? NaN;
    return [{ kind: 'inside', of: area.inside, radius_m: 0, margin_m: turned(margin_m), negated }];
  }
  if ('within' in area) {
    const radius_m = radius_m_of(area, verdict, policy);
    return [{ kind: 'within', of: area.within, radius_m, margin_m: turned(radius_m - distance_to(answer, area.within)), negated }];
  }
  if ('everywhere' in area) return [{ kind: 'everywhere', of: '', radius_m: 0, margin_m: turned(Infinity), negated }];
  if ('not' in area) return clauses_of(area.not, answer, verdict, policy, !negated);
  return (area.all ?? area.any ?? []).flatMap((/** @type {Area} */ part) => clauses_of(part, answer, verdict, policy, negated));
}

/** The border sections that a policy's rules name. @param {Policy} policy */
export function lines_of(policy) {
  const lines = new Set();
  const visit = (/** @type {any} */ area) => {
    if (area.within) lines.add(area.within);
    for (const part of area.all ?? area.any ?? (area.not ? [area.not] : [])) visit(part);
  };
  for (const rule of policy.rules) visit(rule.area);
  return /** @type {string[]} */ ([...lines]);
}

/** The section that the answer is about: one that the policy names, else the nearest. @param {Evaluation} answer @param {Policy} policy */
export function border_of(answer, policy) {
  const nearest = [...answer.borders].sort((a, b) => a.distance_m - b.distance_m)[0];
  const named = new Set(lines_of(policy));
  const own = answer.borders.filter(({ id }) => named.has(id)).sort((a, b) => a.distance_m - b.distance_m)[0];
  return own && nearest && own.distance_m > nearest.distance_m ? nearest : own ?? nearest;
}
