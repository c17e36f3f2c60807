// What an answer says is wrong with the request (RFC 9457): also for the worker, which has no page.

/** @param {Response} response @returns {Promise<string[]>} */
export async function complaints(response) {
  const problem = await response.json().catch(() => ({}));
  const messages = (problem.errors ?? []).map((/** @type {{message: string}} */ { message }) => message);
  return messages.length > 0 ? messages : [problem.detail ?? problem.title ?? `status ${response.status}`];
}
