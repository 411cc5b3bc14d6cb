import { get } from 'node:http';

/**
 * Asks a server on this machine how it is.
 * @param {number} port
 * @param {{ timeoutMs?: number }} [options]
 * @returns {Promise<boolean>} whether it is a Verbena that answers 200 (`ok` or `degraded`)
 */
export function isHealthy(port, { timeoutMs = 3_000 } = {}) {
  return new Promise((resolve) => {
    const url = `http://127.0.0.1:${port}/api/v1/health`;
    const request = get(url, { agent: false, timeout: timeoutMs }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('error', () => resolve(false));
      response.on('end', () => resolve(response.statusCode === 200 && saysHealth(text)));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

/** @param {string} text */
function saysHealth(text) {
  try {
    const { status } = JSON.parse(text);
    return status === 'ok' || status === 'degraded';
  } catch {
    return false;
  }
}
