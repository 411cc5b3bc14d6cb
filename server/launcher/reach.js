const LOOPBACK = ['127.0.0.1', 'localhost', '::1', '[::1]'];

/**
 * Whether others than this machine may reach the server: it listens elsewhere than on loopback, or browsers are told to find it
 * elsewhere. A proxy that nobody told us of (`PUBLIC_URL`) cannot be seen from here.
 * @param {NodeJS.ProcessEnv} env `HOST` and `PUBLIC_URL` of it
 * @returns {boolean}
 */
export function isPublic({ HOST, PUBLIC_URL }) {
  // What cannot be read as an address stops the server anyway.
  const page = PUBLIC_URL && URL.canParse(PUBLIC_URL) ? new URL(PUBLIC_URL).hostname : 'localhost';
  return [HOST || '127.0.0.1', page].some((host) => !LOOPBACK.includes(host));
}
