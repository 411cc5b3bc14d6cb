import type { PublicationPlan } from '@verbena/shared/programs/versions.routes.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { VersionsWords } from './versions.es.js';

/** From when what is published counts, in a sentence. */
export function tellPlan({ laterFrom, now }: PublicationPlan, words: VersionsWords, format: Format): string {
  if (laterFrom === null) return words.publishNow;
  const moment = format.moment(laterFrom);
  return now.length > 0 ? words.publishSplit({ moment }) : words.publishLater({ moment });
}
