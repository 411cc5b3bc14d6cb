import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type NoticeSource, TellsNotices } from './notice-source.port.js';

/** Finds at boot who knows of each kind of thing whom it concerns; refuses to boot on two of one kind. */
@Injectable()
export class NoticeSources implements OnModuleInit {
  private readonly byKind = new Map<string, NoticeSource>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders({ metadataKey: TellsNotices.KEY })) {
      const source = instance as NoticeSource;
      if (this.byKind.has(source.kind)) throw new Error(`Notices of "${source.kind}" have two sources.`);
      this.byKind.set(source.kind, source);
    }
  }

  /** Throws where nobody knows of this kind: what waits for it stays. */
  of(kind: string): NoticeSource {
    const source = this.byKind.get(kind);
    if (source === undefined) throw new Error(`Notices of "${kind}" have no source.`);
    return source;
  }
}
