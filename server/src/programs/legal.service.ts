import { Injectable } from '@nestjs/common';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import { isSame } from '@verbena/shared/programs/judge-change.js';
import type { LegalState } from '@verbena/shared/programs/legal.js';
import type { LegalDraft, LegalTexts } from '@verbena/shared/programs/legal.routes.js';
import { AuditService } from '#audit/audit.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { isDuplicateKey, Mongo } from '#platform/mongo/mongo.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { renderLegalText } from './legal-markdown.js';
import { LegalRepository } from './legal.repository.js';
import { ProgramsRepository } from './programs.repository.js';
import type { LegalTextsDocument, ProgramDocument } from './programs.schema.js';
import { ProgramsService } from './programs.service.js';

const LANGUAGES: readonly Language[] = ['es', 'en'];

/** A program's terms, privacy notice and the purposes for which it asks consent: one set, numbered, never changed. */
@Injectable()
export class LegalService {
  constructor(
    private readonly repository: LegalRepository,
    private readonly programs: ProgramsService,
    private readonly tenants: ProgramsRepository,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  /** A version, or the one in force. Refuses `legal.notFound`. */
  async read(program: ProgramDocument, version?: number, withSource = false): Promise<LegalTexts> {
    const scope = scopeOf(program._id);
    const number = version ?? program.legal?.version;
    const found = number === undefined ? null : await this.repository.find(scope, number);
    if (found === null) throw new Refusal('legal.notFound');
    return viewOf(found, await this.repository.list(scope), withSource);
  }

  /** Publishes the next version. Refuses `legal.conflict` where somebody else did, and `input.invalid` for what is missing. */
  async publish(scope: Scope, draft: LegalDraft, actor: Actor): Promise<LegalTexts> {
    const { language } = await this.programs.get(scope);
    const problems = problemsOf(draft, language);
    if (problems.length > 0) throw new Refusal('input.invalid', {}, problems);
    const rendered = { terms: render(draft.terms), privacy: render(draft.privacy) };
    const published = await this.mongo
      .transact(async (session) => {
        const before = await this.programs.legalIn(session, scope);
        if ((before?.version ?? 0) !== draft.expectedVersion) throw new Refusal('legal.conflict');
        const state = nextState(before, draft, new Date(this.clock.now()).toISOString());
        const { mustAccept, terms, privacy } = draft;
        const texts: LegalTextsDocument = {
          ...{ _id: `${scope.program}:${state.version}`, program: scope.program, by: actor },
          ...state,
          ...{ mustAccept: mustAccept || before === null, source: { terms, privacy }, ...rendered },
        };
        await this.repository.insert(texts, session);
        await this.tenants.change(scope, { legal: state }, session);
        await this.audit.record(session, scope, {
          actor,
          action: 'legal.published',
          subject: { kind: 'program', id: scope.program },
          before: before === null ? null : auditOf(before),
          after: { ...auditOf(state), mustAccept: texts.mustAccept },
        });
        return texts;
      })
      .catch((error: unknown) => {
        throw isDuplicateKey(error) ? new Refusal('legal.conflict') : error;
      });
    this.programs.forget(scope);
    return viewOf(published, await this.repository.list(scope), true);
  }
}

/** What is in force afterwards. A purpose keeps its consents as long as it says the same. */
function nextState(before: LegalState | null, draft: LegalDraft, publishedAt: string): LegalState {
  const version = (before?.version ?? 0) + 1;
  return {
    version,
    publishedAt,
    acceptFrom: before === null || draft.mustAccept ? version : before.acceptFrom,
    ageMin: draft.ageMin,
    purposes: draft.purposes.map(({ id, text }) => {
      const old = before?.purposes.find((one) => one.id === id);
      return { id, text, since: old !== undefined && isSame(old.text, text) ? old.since : version };
    }),
    languages: LANGUAGES.filter((language) => draft.terms[language] !== undefined),
  };
}

/** Every text has the program's language; terms and privacy notice have the same languages; no purpose stands twice. */
function problemsOf({ terms, privacy, purposes }: LegalDraft, own: Language): Problem[] {
  const wanted = LANGUAGES.filter((one) => one === own || terms[one] !== undefined || privacy[one] !== undefined);
  const missing = Object.entries({ terms, privacy }).flatMap(([name, texts]) =>
    wanted.filter((language) => texts[language] === undefined).map((language) => [name, language]),
  );
  return [
    ...missing.map((path) => ({ path, code: 'required' })),
    ...purposes.flatMap(({ id, text }, place) => [
      ...(text[own] === undefined ? [{ path: ['purposes', place, 'text', own], code: 'required' }] : []),
      ...(purposes.findIndex((one) => one.id === id) < place
        ? [{ path: ['purposes', place, 'id'], code: 'duplicate', params: { id } }]
        : []),
    ]),
  ];
}

function render(texts: LegalDraft['terms']): LegalDraft['terms'] {
  return {
    ...(texts.es === undefined ? {} : { es: renderLegalText(texts.es) }),
    ...(texts.en === undefined ? {} : { en: renderLegalText(texts.en) }),
  };
}

function auditOf({ version, acceptFrom, ageMin, purposes }: LegalState) {
  return { version, acceptFrom, ageMin, purposes: purposes.map(({ id }) => id) };
}

function viewOf(
  { _id, program, by, source, ...texts }: LegalTextsDocument,
  versions: LegalTexts['versions'],
  withSource: boolean,
): LegalTexts {
  return { ...texts, ...(withSource ? { source } : {}), versions };
}
