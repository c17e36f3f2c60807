// <kordon-map service="https://kordon.example/" lon="36.5873" lat="50.5956" at="2024-06-15T00:00:00Z">: the map with the verdict.
// It tells of each answer by the event `kordon-answer`, whose `detail` is that of GET /v1/evaluate.

const asked = ['lon', 'lat', 'accuracy_m', 'at', 'policy', 'activity'];

export class KordonMap extends HTMLElement {
  static observedAttributes = ['service', 'parameters', ...asked];

  #frame = document.createElement('iframe');

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const style = document.createElement('style');
    style.textContent = ':host { display: block; width: 480px; height: 360px } iframe { width: 100%; height: 100%; border: 0 }';
    this.#frame.title = 'Kordon';
    root.append(style, this.#frame);
  }

  connectedCallback() {
    addEventListener('message', this.#hear);
    this.#show();
  }

  disconnectedCallback() {
    removeEventListener('message', this.#hear);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#show();
  }

  #service() {
    return new URL(this.getAttribute('service') ?? '/', document.baseURI);
  }

  /** `parameters` is written as a query: `depth_km=60`. */
  #show() {
    const question = new URLSearchParams(this.getAttribute('parameters') ?? '');
    for (const name of asked) {
      const value = this.getAttribute(name);
      if (value !== null) question.set(name, value);
    }
    this.#frame.src = `${new URL('embed', this.#service())}#${question}`;
  }

  /** @param {MessageEvent} event */
  #hear = ({ source, origin, data }) => {
    if (source !== this.#frame.contentWindow || origin !== this.#service().origin || !data?.kordon) return;
    this.dispatchEvent(new CustomEvent('kordon-answer', { detail: data.kordon, bubbles: true }));
  };
}

if (!customElements.get('kordon-map')) customElements.define('kordon-map', KordonMap);
