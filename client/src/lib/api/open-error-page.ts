import { error } from '@sveltejs/kit';
import { asApiError } from './api-error.js';

/** Shows the error page instead of the page that could not be read: what happened, and what to say of it if somebody writes. */
export function openErrorPage(failure: unknown): never {
  const { code, status, message, traceId } = asApiError(failure);
  error(status === 0 ? 503 : status, { message, code, ...(traceId === '' ? {} : { traceId }) });
}
