import { en } from './en.js';
import { es } from './es.js';

test.each([
  ['es', es.cause, /\b(?:tu|tus|te|invitaste|llegaste)\b/i],
  ['en', en.cause, /\b(?:you|your)\b/i],
] as const)('#36 what happened is told in %s so that the staff can read it of others', (_, cause, personal) => {
  const { own, ...told } = cause;
  const sentences = [
    ...Object.values(own),
    told.at({ what: '', store: '' }),
    told.invited({ name: '' }),
    told.invitedBy({ name: '' }),
    told.referralAdvocate({ what: '' }),
    told.referralFriend({ what: '' }),
  ];
  expect(sentences.filter((sentence) => personal.test(sentence))).toEqual([]);
});
