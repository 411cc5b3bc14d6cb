import { createHash } from 'node:crypto';

/**
 * The content security policy of the client's page: scripts from this server only, and those inline ones whose hashes
 * stand in the page as it was built.
 */
export function contentPolicyOf(html: string): string {
  const hashes = inlineScriptsOf(html).map((script) => `'sha256-${hashOfScript(script)}'`);
  return [
    "default-src 'self'",
    ['script-src', "'self'", ...new Set(hashes)].join(' '),
    // Parts that place themselves (menus, progress) carry style attributes; whole inline sheets stay forbidden.
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The texts of the scripts that a page holds itself, exactly as a browser hashes them. */
export function inlineScriptsOf(html: string): string[] {
  const scripts: string[] = [];
  for (const [, attributes = '', text = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    if (!/\bsrc\s*=/i.test(attributes) && text !== '') scripts.push(text);
  }
  return scripts;
}

function hashOfScript(text: string): string {
  // A browser hashes the text after its line ends were made plain.
  return createHash('sha256').update(text.replaceAll('\r\n', '\n'), 'utf8').digest('base64');
}
