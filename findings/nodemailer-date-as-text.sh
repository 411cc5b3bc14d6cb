#!/usr/bin/env bash
# nodemailer 10.6.1: a date that is given as a text goes into the mail as it stands, and is then no date of a mail.
# Seen on 2026-11-30, Node 20.20.
#
# Expected: `date` takes a Date or a text, and the header has the one form that mail knows (`Mon, 30 Nov 2026 23:30:00 +0000`).
# Seen: only a Date is written so. A Date that went through JSON, as in every job queue, is a text in ISO form afterwards; it is put
#   into the header unread, and what a reader of mail makes of that is its own affair. Make a Date of it again before sending.
#
#   a Date                Date: Mon, 30 Nov 2026 23:30:00 +0000
#   the same after JSON   Date: 2026-11-30T23:30:00.000Z
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' > package.json
npm install --ignore-scripts --save-exact --no-audit --no-fund --silent nodemailer@10.6.1
cat > finding.js <<'JS'
import { readFileSync } from 'node:fs';
import nodemailer from 'nodemailer';

const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
const header = async (job) => {
  const mail = { from: 'plaza@example.com', to: 'ana@example.com', subject: 'Hola', text: 'Hola', ...job };
  return /^Date: .*$/m.exec((await transport.sendMail(mail)).message.toString())[0];
};
const job = { date: new Date('2026-11-30T23:30:00Z') };
const seen = [await header(job), await header(JSON.parse(JSON.stringify(job)))];

console.log('nodemailer', JSON.parse(readFileSync('node_modules/nodemailer/package.json', 'utf8')).version);
console.log('a Date             ', seen[0]);
console.log('the same after JSON', seen[1]);
const same = seen.join('|') === 'Date: Mon, 30 Nov 2026 23:30:00 +0000|Date: 2026-11-30T23:30:00.000Z';
console.log(same ? 'As described.' : 'CHANGED: no longer as described.');
process.exitCode = same ? 0 : 1;
JS
node finding.js
