import type { BadgePicture } from '@verbena/shared/badges/badge.js';
import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { type Withdrawn, withOlder } from '@verbena/shared/programs/withdrawn.js';
import type { Speech } from '#lib/words/speech.js';

/**
 * How the things of one program are called in the reader's language: those of its definitions, and those that only older ones had.
 * What is not known reads as its id.
 */
export class Names {
  /** With what is no more: for telling what was. */
  readonly told: Definitions | undefined;

  constructor(
    readonly definitions: Definitions | undefined,
    private readonly speech: Speech,
    ...older: readonly (Withdrawn | undefined)[]
  ) {
    this.told = definitions && withOlder(definitions, ...older);
  }

  /** The currency that the program's wallet shows first. */
  get mainCurrency(): string {
    return this.definitions?.currencies[0]?.id ?? 'puntos';
  }

  /** What somebody wrote into a definition, in the reader's language. */
  text(text: LocalizedText): string {
    return this.speech.choose(text);
  }

  tier(id: string): string {
    return this.#name(this.told?.tiers, id);
  }

  /** Place on the scale, from 0. */
  tierRank(id: string): number {
    return Math.max(0, this.definitions?.tiers.findIndex((tier) => tier.id === id) ?? 0);
  }

  mission(id: string): string {
    return this.#name(this.told?.missions, id);
  }

  badge(id: string): string {
    return this.#name(this.told?.badges, id);
  }

  /** What is drawn on a badge; undefined where it says nothing, or is gone from the program. */
  badgePicture(id: string): BadgePicture | undefined {
    return this.told?.badges.find((badge) => badge.id === id)?.picture;
  }

  currency(id: string): string {
    return this.#name(this.told?.currencies, id);
  }

  rule(id: string): string {
    return this.#name(this.told?.rules, id);
  }

  /** How something is called that the program knows of its members. */
  memberAttribute(id: string): string {
    return this.#name(this.told?.memberAttributes, id);
  }

  activityType(id: string): string {
    return this.#name(this.told?.activityTypes, id);
  }

  /** Whether an activity of this type is what an invitation gives to both sides. */
  isReferral(type: string): boolean {
    return this.told?.referrals.some(({ gives }) => gives === type) ?? false;
  }

  /** `1.320 puntos`. */
  points(currency: string, count: number): string {
    return this.speech.words.points.count({ count, ...this.unit(currency) }, this.speech.format);
  }

  /** `+36 puntos`. */
  signedPoints(currency: string, count: number): string {
    return this.speech.words.points.signed({ count, ...this.unit(currency) }, this.speech.format);
  }

  /** The points of several currencies, as a list. */
  signedSum(points: Readonly<Record<string, number>>): string {
    return this.speech.format.list(Object.entries(points).map(([currency, sum]) => this.signedPoints(currency, sum)));
  }

  sum(points: Readonly<Record<string, number>>): string {
    return this.speech.format.list(Object.entries(points).map(([currency, sum]) => this.points(currency, sum)));
  }

  /** How one and how many of a currency are called. */
  unit(currency: string): { one: string; other: string } {
    const unit = this.told?.currencies.find((candidate) => candidate.id === currency)?.unit;
    return unit
      ? { one: this.speech.choose(unit.one), other: this.speech.choose(unit.other) }
      : { one: currency, other: currency };
  }

  #name(list: readonly { id: string; name: Parameters<Speech['choose']>[0] }[] | undefined, id: string): string {
    const found = list?.find((candidate) => candidate.id === id);
    return found ? this.speech.choose(found.name) : id;
  }
}
