// docker-compose.yml against the Compose Specification's own schema (compose-spec.json: github.com/compose-spec/compose-spec,
// Apache-2.0, unchanged), and the few promises that the schema cannot know: names that lead somewhere, ports for this machine only.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { parseDocument } from 'yaml';

const file = process.argv[2] ?? new URL('../../docker-compose.yml', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('compose-spec.json', import.meta.url), 'utf8'));
// The published schema writes its dialect with https, which ajv does not know by that name.
const { $schema: _, ...body } = schema;

const document = parseDocument(readFileSync(file, 'utf8'), { merge: true, uniqueKeys: true });
const problems = document.errors.map((error) => error.message);
if (problems.length === 0) {
  const compose = document.toJS();
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(body);
  if (!validate(compose))
    for (const error of validate.errors) problems.push(`${error.instancePath || '/'} ${error.message}`);
  problems.push(...deadEnds(compose));
}
console.log(problems.length ? problems.join('\n') : 'docker-compose.yml follows the Compose Specification.');
process.exitCode = problems.length ? 1 : 0;

/** @returns {string[]} services, volumes, networks, secrets and configs that are named but not declared, and ports for everybody */
function deadEnds(compose) {
  const missing = [];
  const declared = (part, name) => Object.hasOwn(compose[part] ?? {}, name);
  for (const [name, service] of Object.entries(compose.services ?? {})) {
    const needs = Array.isArray(service.depends_on) ? service.depends_on : Object.keys(service.depends_on ?? {});
    for (const other of needs)
      if (!declared('services', other)) missing.push(`${name} depends on ${other}, which is not there.`);
    for (const volume of service.volumes ?? []) {
      const source =
        typeof volume === 'string' ? volume.split(':')[0] : volume.type === 'volume' ? volume.source : null;
      if (source && /^\w/.test(source) && !declared('volumes', source))
        missing.push(`${name} mounts ${source}, which is not declared.`);
    }
    for (const secret of service.secrets ?? []) {
      const source = typeof secret === 'string' ? secret : secret.source;
      if (!declared('secrets', source)) missing.push(`${name} reads the secret ${source}, which is not declared.`);
    }
    for (const port of service.ports ?? [])
      if (!String(port).startsWith('127.0.0.1:')) missing.push(`${name} publishes ${port} to more than this machine.`);
    for (const config of service.configs ?? []) {
      const source = typeof config === 'string' ? config : config.source;
      if (!declared('configs', source)) missing.push(`${name} reads the config ${source}, which is not declared.`);
    }
  }
  return missing;
}
