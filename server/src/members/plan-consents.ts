import type { ConsentDraft } from '@verbena/shared/members/consents.js';
import type { ConsentRecord } from '@verbena/shared/members/consents.routes.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import type { LegalState } from '@verbena/shared/programs/legal.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { MemberDocument } from './members.schema.js';

type Consenting = Pick<MemberDocument, 'accepted' | 'consents'>;

/** What becomes of a member, and what is written down of it. */
export interface ConsentPlan {
  readonly change: Consenting;
  readonly records: readonly Pick<ConsentRecord, 'act' | 'purpose' | 'version' | 'language'>[];
}

/** Whether the texts in force are still asked of a member. */
export function mustAccept({ accepted }: Pick<MemberDocument, 'accepted'>, legal: LegalState | null): boolean {
  return legal !== null && (accepted?.version ?? 0) < legal.acceptFrom;
}

/** Whether a member allows a purpose as it reads today. */
export function allows({ consents }: Pick<MemberDocument, 'consents'>, { id, since }: LegalState['purposes'][number]) {
  return (Object.hasOwn(consents, id) ? (consents[id] ?? 0) : 0) >= since;
}

/**
 * What a member says to the texts in force. `isJoining`: whoever comes in accepts what is asked. `mayGive`: it speaks for itself;
 * staff only withdraw. Refuses `legal.changed` where it read another version, `legal.notAccepted` with what is missing, and
 * `consent.notOwn`.
 */
export function planConsents(
  member: Consenting,
  legal: LegalState | null,
  draft: ConsentDraft | undefined,
  { isJoining, mayGive, at }: { readonly isJoining: boolean; readonly mayGive: boolean; readonly at: Date },
): ConsentPlan {
  if (draft !== undefined && draft.version !== legal?.version) throw new Refusal('legal.changed');
  const accepts = draft?.accepts === true;
  const place = isJoining ? ['consents'] : [];
  if (legal !== null && (accepts || (isJoining && mustAccept(member, legal)))) refuseMissing(legal, draft, place);
  if (legal === null || draft === undefined) return { change: member, records: [] };
  const answers = Object.entries(draft.purposes ?? {});
  if (!mayGive && (accepts || answers.some(([, isGiven]) => isGiven))) throw new Refusal('consent.notOwn');
  refuseUnknown(legal, answers, place);
  const said = { version: legal.version, language: languageOf(legal, draft) };
  const isNew = accepts && member.accepted?.version !== legal.version;
  const changed = legal.purposes.flatMap((purpose) => {
    const answer = answers.find(([id]) => id === purpose.id)?.[1];
    return answer === undefined || answer === allows(member, purpose) ? [] : [{ id: purpose.id, isGiven: answer }];
  });
  const consents = new Map(Object.entries(member.consents));
  for (const { id, isGiven } of changed) {
    if (isGiven) consents.set(id, legal.version);
    else consents.delete(id);
  }
  return {
    change: {
      accepted: isNew ? { ...said, at } : member.accepted,
      consents: Object.fromEntries(consents),
    },
    records: [
      ...(isNew ? [{ act: 'accepted' as const, purpose: null, ...said }] : []),
      ...changed.map(({ id, isGiven }) => ({
        act: isGiven ? ('given' as const) : ('withdrawn' as const),
        purpose: id,
        ...said,
      })),
    ],
  };
}

/** Accepting takes the acceptance itself and, where there is a minimal age, the word for it. */
function refuseMissing({ ageMin }: LegalState, draft: ConsentDraft | undefined, place: readonly string[]): void {
  const missing: Problem[] = [
    ...(draft?.accepts === true ? [] : ['accepts']),
    ...(ageMin === null || draft?.ofAge === true ? [] : ['ofAge']),
  ].map((field) => ({ path: [...place, field], code: 'required' }));
  if (missing.length > 0) throw new Refusal('legal.notAccepted', {}, missing);
}

function refuseUnknown(
  { purposes }: LegalState,
  answers: readonly [string, boolean][],
  place: readonly string[],
): void {
  const unknown = answers.filter(([id]) => !purposes.some((one) => one.id === id));
  if (unknown.length > 0)
    throw new Refusal(
      'input.invalid',
      {},
      unknown.map(([id]) => ({ path: [...place, 'purposes', id], code: 'unknown' })),
    );
}

/** The language in which it really stood there: texts are not in every language. */
function languageOf({ languages }: LegalState, { language }: ConsentDraft) {
  return languages.includes(language) ? language : (languages[0] ?? language);
}
