import { Logger } from '@nestjs/common';

/** Nobody hears what services say; for simulations, in which everything goes wrong on purpose. */
export function silenceLogs(): void {
  Logger.overrideLogger(false);
}
