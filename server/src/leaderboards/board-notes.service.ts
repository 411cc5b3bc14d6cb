import { Injectable } from '@nestjs/common';
import { BoardRunsRepository } from './board-runs.repository.js';

const LISTS_MAX = 50;

/** Where members stood when the day began, for how far they moved since. Read once a run and day, then kept. */
@Injectable()
export class BoardNotes {
  private readonly places = new Map<string, Promise<ReadonlyMap<string, number>>>();

  constructor(private readonly runs: BoardRunsRepository) {}

  /** Places from 1, by member; empty where nothing was noted that day. */
  async placesOn(list: string, day: string | null): Promise<ReadonlyMap<string, number>> {
    if (day === null) return new Map();
    const key = `${list}|${day}`;
    let known = this.places.get(key);
    if (known === undefined) {
      if (this.places.size >= LISTS_MAX) this.places.clear();
      known = this.read(list, day);
      this.places.set(key, known);
      known.catch(() => this.places.delete(key));
    }
    return known;
  }

  private async read(list: string, day: string): Promise<ReadonlyMap<string, number>> {
    const places = new Map<string, number>();
    for (const { members } of await this.runs.listNotes(list, day))
      for (const member of members) places.set(member, places.size + 1);
    return places;
  }
}
