import { Injectable } from '@nestjs/common';
import type { Session } from '#platform/mongo/mongo.js';

/** A thread that changed, and where it stands then. */
export interface ThreadChange {
  readonly program: string;
  readonly thread: string;
  readonly category: string;
}

/** Tells those on this node who show a thread that it changed: when its transaction is over, however that ended. */
@Injectable()
export class ForumChanges {
  private readonly listeners: ((change: ThreadChange) => void)[] = [];

  /** It may be called though nothing changed, and is not where another node changed something. */
  listen(listener: (change: ThreadChange) => void): void {
    this.listeners.push(listener);
  }

  tellAfter(session: Session, change: ThreadChange): void {
    session.once('ended', () => this.listeners.forEach((listener) => listener(change)));
  }
}
