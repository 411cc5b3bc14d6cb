import adapter from '@sveltejs/adapter-static';

/** A single-page application: the server answers every address with `200.html` and sends the content policy as a header. */
/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter({ pages: 'build', assets: 'build', fallback: '200.html' }),
    output: { bundleStrategy: 'split' },
    // An open tab asks now and then whether a newer client was built, and reloads at its next navigation.
    version: { pollInterval: 300_000 },
    prerender: { entries: [] },
    // Members register it, a moment after their first screen; visitors do not pay for it.
    serviceWorker: { register: false },
  },
};
