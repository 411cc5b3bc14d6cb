import { decodeDocument, decodeReply, encodeCommand, encodeDocument } from './wire.js';

test('a document comes back as it went', () => {
  const document = { hello: 1, name: 'peña', yes: true, list: ['a', 2], inner: { deep: { no: false } } };
  expect(decodeDocument(encodeDocument(document))).toEqual(document);
});

test('types that only a server sends are read over without losing the place', () => {
  // { a: ObjectId, b: datetime, c: timestamp, d: int64 5, e: double 1.5, f: null, g: binary of 2, ok: int32 1 }
  const name = (letter) => Buffer.from(`${letter}\0`);
  const int64 = Buffer.alloc(8);
  int64.writeBigInt64LE(5n);
  const double = Buffer.alloc(8);
  double.writeDoubleLE(1.5);
  const elements = [
    [0x07, name('a'), Buffer.alloc(12, 0xab)],
    [0x09, name('b'), Buffer.alloc(8, 1)],
    [0x11, name('c'), Buffer.alloc(8, 1)],
    [0x12, name('d'), int64],
    [0x01, name('e'), double],
    [0x0a, name('f')],
    [0x05, name('g'), Buffer.from([2, 0, 0, 0, 0, 9, 9])],
    [0x10, name('ok'), Buffer.from([1, 0, 0, 0])],
  ].map(([type, ...rest]) => Buffer.concat([Buffer.from([type]), ...rest]));
  const body = Buffer.concat([...elements, Buffer.from([0])]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(body.length + 4);
  expect(decodeDocument(Buffer.concat([size, body]))).toMatchObject({
    a: 'ab'.repeat(12),
    d: 5,
    e: 1.5,
    f: null,
    ok: 1,
  });
});

test('a reply is read only when it is whole', () => {
  const message = encodeCommand({ hello: 1 });
  expect(decodeReply(message.subarray(0, message.length - 1))).toBeNull();
  expect(decodeReply(message)).toEqual({ hello: 1, $db: 'admin' });
});

test('a value without BSON is refused', () => {
  expect(() => encodeDocument({ at: () => 1 })).toThrow(TypeError);
});
