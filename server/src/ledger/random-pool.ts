import { randomFillSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Random } from './committer.ports.js';

const POOL_BYTES = 16_384;

/** Random bytes by the thousand: asking the system for sixteen at a time costs more than the entry's hash. */
@Injectable()
export class RandomPool implements Random {
  private readonly pool = Buffer.alloc(POOL_BYTES);
  private used = POOL_BYTES;

  /** Bytes that nobody else gets; the caller may keep them. */
  bytes(count: number): Buffer {
    if (this.used + count > POOL_BYTES) {
      randomFillSync(this.pool);
      this.used = 0;
    }
    this.used += count;
    return Buffer.from(this.pool.subarray(this.used - count, this.used));
  }
}
