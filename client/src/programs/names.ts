import type { BadgePicture } from '@verbena/shared/badges/badge.js';
import type { AttributeSchema } from '@verbena/shared/activities/attribute-schema.js';
import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Speech } from '#lib/words/speech.js';

/** How the things of one program are called in the reader's language. What is not known reads as its id. */
export class Names {
  constructor(
    readonly definitions: Definitions | undefined,
    private readonly speech: Speech,
  ) {}

  /** The currency that the program's wallet shows first. */
  get mainCurrency(): string {
    return this.definitions?.currencies[0]?.id ?? 'puntos';
  }

  /** What somebody wrote into a definition, in the reader's language. */
  text(text: LocalizedText): string {
    return this.speech.choose(text);
  }

  tier(id: string): string {
    return this.#name(this.definitions?.tiers, id);
  }

  /** Place on the scale, from 0. */
  tierRank(id: string): number {
    return Math.max(0, this.definitions?.tiers.findIndex((tier) => tier.id === id) ?? 0);
  }

  mission(id: string): string {
    return this.#name(this.definitions?.missions, id);
  }

  badge(id: string): string {
    return this.#name(this.definitions?.badges, id);
  }

  /** What is drawn on a badge; undefined where it says nothing, or is gone from the program. */
  badgePicture(id: string): BadgePicture | undefined {
    return this.definitions?.badges.find((badge) => badge.id === id)?.picture;
  }

  currency(id: string): string {
    return this.#name(this.definitions?.currencies, id);
  }

  rule(id: string): string {
    return this.#name(this.definitions?.rules, id);
  }

  /** How something is called that the program knows of its members. */
  memberAttribute(id: string): string {
    return this.#name(this.definitions?.memberAttributes, id);
  }

  activityType(id: string): string {
    return this.#name(this.definitions?.activityTypes, id);
  }

  /** Whether an activity of this type is what an invitation gives to both sides. */
  isReferral(type: string): boolean {
    return this.definitions?.referrals.some(({ gives }) => gives === type) ?? false;
  }

  /** How an attribute of an activity is called, by its path: "Sección" of `departments.name`. */
  field(activity: string, path: string): string {
    const label = this.#attribute(activity, path)?.['x-label'];
    return label ? this.speech.choose(label) : path;
  }

  /** The unit of an attribute: `EUR`, `kg`; undefined where it has none. */
  fieldUnit(activity: string, path: string): string | undefined {
    return this.#attribute(activity, path)?.['x-unit'];
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
    const unit = this.definitions?.currencies.find((candidate) => candidate.id === currency)?.unit;
    return unit
      ? { one: this.speech.choose(unit.one), other: this.speech.choose(unit.other) }
      : { one: currency, other: currency };
  }

  #attribute(activity: string, path: string): AttributeSchema | undefined {
    let schema: AttributeSchema | undefined = this.definitions?.activityTypes.find(
      ({ id }) => id === activity,
    )?.attributes;
    for (const part of path.split('.')) {
      if (schema?.type === 'array') schema = schema.items;
      schema = schema?.type === 'object' ? schema.properties[part] : undefined;
    }
    return schema;
  }

  #name(list: readonly { id: string; name: Parameters<Speech['choose']>[0] }[] | undefined, id: string): string {
    const found = list?.find((candidate) => candidate.id === id);
    return found ? this.speech.choose(found.name) : id;
  }
}
