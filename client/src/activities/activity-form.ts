import type { ActivityType } from '@verbena/shared/activities/activity-type.js';
import type {
  AttributeSchema,
  IntegerAttribute,
  ObjectAttribute,
} from '@verbena/shared/activities/attribute-schema.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import { parseMinor, parseWhole, writeMinor } from './parse-amount.js';

/** What somebody has typed so far, in the shape of the attributes: every leaf a text as it stands in its input. */
export type Typed = string | Typed[] | { [name: string]: Typed };

/** How an attribute is asked for. */
export type AttributeKind = 'text' | 'whole' | 'money' | 'choice' | 'yesNo' | 'list' | 'group';

/** Beyond the rules of the contract's field sentences: what was typed is no amount of money. */
export const NO_AMOUNT = 'amount';

export function kindOf(schema: AttributeSchema): AttributeKind {
  switch (schema.type) {
    case 'string':
      return schema.enum === undefined ? 'text' : 'choice';
    case 'integer':
      if (schema.enum !== undefined) return 'choice';
      return currencyOf(schema) === undefined ? 'whole' : 'money';
    case 'boolean':
      return 'yesNo';
    case 'array':
      return 'list';
    case 'object':
      return 'group';
  }
}

/** The currency of an integer of minor units; undefined for any other unit. */
export function currencyOf(schema: AttributeSchema): string | undefined {
  const unit = schema['x-unit'];
  return schema.type === 'integer' && unit !== undefined && /^[A-Z]{3}$/.test(unit) ? unit : undefined;
}

/** How many digits a currency has behind the sign: 2 for `EUR`, 0 for `JPY`. */
export function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** What people on the staff may write down: what the program itself records is none of it. */
export function typesByHand(types: readonly ActivityType[]): readonly ActivityType[] {
  return types.filter((type) => type.from !== 'program');
}

/** A form in which nothing was typed yet. */
export function blankOf(schema: AttributeSchema): Typed {
  if (schema.type === 'array') return [];
  if (schema.type !== 'object') return '';
  return Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, blankOf(property)]));
}

/** A form in which these attributes stand, as somebody would have typed them. */
export function typedOf(schema: AttributeSchema, value: unknown, language: Language): Typed {
  if (schema.type === 'array')
    return Array.isArray(value) ? value.map((item) => typedOf(schema.items, item, language)) : [];
  if (schema.type === 'object') {
    const record: object = typeof value === 'object' && value !== null ? value : {};
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, inside]) => [
        name,
        typedOf(inside, Object.hasOwn(record, name) ? Reflect.get(record, name) : undefined, language),
      ]),
    );
  }
  if (value === undefined || value === null) return '';
  const currency = currencyOf(schema);
  if (typeof value === 'number' && currency !== undefined) return writeMinor(value, language, digitsOf(currency));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A form read: the attributes as the contract takes them, and what is wrong with what was typed. */
export interface FormReading {
  readonly attributes: Record<string, unknown>;
  /** Paths begin at `attributes`, as those of the server do. */
  readonly problems: readonly Problem[];
}

/** Reads a form. What was left empty and may be is left out; rows of a list stay where they are, so that places agree. */
export function readAttributes(schema: ObjectAttribute, typed: Typed, language: Language): FormReading {
  const problems: Problem[] = [];
  const attributes = readObject(schema, typed, { path: ['attributes'], language, problems });
  return { attributes, problems };
}

interface Place {
  readonly path: readonly (string | number)[];
  readonly language: Language;
  readonly problems: Problem[];
}

function readObject(schema: ObjectAttribute, typed: Typed, place: Place): Record<string, unknown> {
  const values = typeof typed === 'object' && !Array.isArray(typed) ? typed : {};
  return Object.fromEntries(
    Object.entries(schema.properties).flatMap(([name, property]) => {
      const value = values[name] ?? blankOf(property);
      const inside = { ...place, path: [...place.path, name] };
      if (isBlank(value)) {
        if (!(schema.required ?? []).includes(name)) return [];
        if (property.type !== 'array' && property.type !== 'object') {
          return refuse(inside, 'required');
        }
      }
      const read = readValue(property, value, inside);
      return read === undefined ? [] : [[name, read] as const];
    }),
  );
}

function readValue(schema: AttributeSchema, typed: Typed, place: Place): unknown {
  if (schema.type === 'object') return readObject(schema, typed, place);
  if (schema.type === 'array') {
    const rows = Array.isArray(typed) ? typed : [];
    if (schema.maxItems !== undefined && rows.length > schema.maxItems)
      refuse(place, 'maxItems', { maximum: schema.maxItems });
    return rows.map((row, index) => {
      const inside = { ...place, path: [...place.path, index] };
      if (schema.items.type !== 'object' && isBlank(row)) refuse(inside, 'required');
      return readValue(schema.items, row, inside);
    });
  }
  if (typeof typed !== 'string') return undefined;
  // Measured as the server keeps it.
  const text = typed.normalize('NFC').trim();
  if (schema.type === 'boolean') return text === 'true';
  if (schema.type === 'integer') return readInteger(schema, text, place);
  if (schema.minLength !== undefined && text.length < schema.minLength)
    refuse(place, 'minLength', { minimum: schema.minLength });
  if (schema.maxLength !== undefined && text.length > schema.maxLength)
    refuse(place, 'maxLength', { maximum: schema.maxLength });
  return text;
}

function readInteger(schema: IntegerAttribute, text: string, place: Place): number | undefined {
  if (schema.enum !== undefined) return Number(text);
  const currency = currencyOf(schema);
  const digits = currency === undefined ? 0 : digitsOf(currency);
  const value = currency === undefined ? parseWhole(text, place.language) : parseMinor(text, place.language, digits);
  if (value === undefined) {
    refuse(place, currency === undefined ? 'type.integer' : NO_AMOUNT);
    return undefined;
  }
  // The sentence speaks of the amount as it is typed, in euros.
  const shown = (bound: number) => bound / 10 ** digits;
  if (schema.minimum !== undefined && value < schema.minimum)
    refuse(place, 'minimum', { minimum: shown(schema.minimum) });
  if (schema.maximum !== undefined && value > schema.maximum)
    refuse(place, 'maximum', { maximum: shown(schema.maximum) });
  return value;
}

function refuse({ path, problems }: Place, code: string, params?: Record<string, number>): [] {
  problems.push({ path: [...path], code, ...(params === undefined ? {} : { params }) });
  return [];
}

function isBlank(typed: Typed): boolean {
  if (typeof typed === 'string') return typed.trim() === '';
  return Array.isArray(typed) ? typed.length === 0 : Object.values(typed).every(isBlank);
}
