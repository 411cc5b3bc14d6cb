import { Injectable } from '@nestjs/common';
import { ServesStream, type StreamSource } from '#realtime/stream-source.port.js';

/** The streams `board:<board>:<run>`: nothing is kept of what was pushed, so whoever comes back reads the board anew. */
@Injectable()
@ServesStream()
export class BoardStreams implements StreamSource {
  readonly kind = 'board';

  head(): Promise<number> {
    return Promise.resolve(0);
  }

  read(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }
}
