/**
 * The few bytes of MongoDB's wire protocol that the launcher speaks, so that it can ask a database whether it is ready
 * before anything is installed: one OP_MSG with one BSON document there, one back.
 * Sources: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/ and https://bsonspec.org/spec.html
 */

const OP_MSG = 2013;

/**
 * @param {Record<string, unknown>} document strings, integers, booleans, arrays and documents
 * @returns {Buffer}
 */
export function encodeDocument(document) {
  const parts = Object.entries(document).map(([name, value]) => encodeElement(name, value));
  const body = Buffer.concat([...parts, Buffer.from([0])]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(body.length + 4);
  return Buffer.concat([size, body]);
}

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {Buffer}
 */
function encodeElement(name, value) {
  const key = Buffer.from(`${name}\0`, 'utf8');
  /** @param {number} type @param {Buffer} bytes */
  const element = (type, bytes) => Buffer.concat([Buffer.from([type]), key, bytes]);
  if (typeof value === 'string') {
    const text = Buffer.from(`${value}\0`, 'utf8');
    const size = Buffer.alloc(4);
    size.writeInt32LE(text.length);
    return element(0x02, Buffer.concat([size, text]));
  }
  if (typeof value === 'boolean') return element(0x08, Buffer.from([value ? 1 : 0]));
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return element(0x10, bytes);
  }
  if (Array.isArray(value)) return element(0x04, encodeDocument(Object.fromEntries(value.entries())));
  if (typeof value === 'object' && value !== null) {
    return element(0x03, encodeDocument(/** @type {Record<string, unknown>} */ (value)));
  }
  throw new TypeError(`no BSON for ${name}`);
}

/**
 * Reads the document that starts at `start`. Types that the launcher never looks at become `undefined`.
 * @param {Buffer} bytes
 * @param {number} [start]
 * @returns {Record<string, unknown>}
 */
export function decodeDocument(bytes, start = 0) {
  /** @type {Record<string, unknown>} */
  const document = {};
  let at = start + 4;
  while (bytes[at] !== 0) {
    const type = bytes.readUInt8(at);
    const nameEnd = bytes.indexOf(0, at + 1);
    const name = bytes.toString('utf8', at + 1, nameEnd);
    const { value, size } = decodeValue(type, bytes, nameEnd + 1);
    document[name] = value;
    at = nameEnd + 1 + size;
  }
  return document;
}

/**
 * @param {number} type
 * @param {Buffer} bytes
 * @param {number} at
 * @returns {{ value: unknown, size: number }}
 */
function decodeValue(type, bytes, at) {
  switch (type) {
    case 0x01:
      return { value: bytes.readDoubleLE(at), size: 8 };
    case 0x02:
      return { value: bytes.toString('utf8', at + 4, at + 3 + bytes.readInt32LE(at)), size: 4 + bytes.readInt32LE(at) };
    case 0x03:
      return { value: decodeDocument(bytes, at), size: bytes.readInt32LE(at) };
    case 0x04:
      return { value: Object.values(decodeDocument(bytes, at)), size: bytes.readInt32LE(at) };
    case 0x05:
      return { value: undefined, size: 5 + bytes.readInt32LE(at) };
    case 0x07:
      return { value: bytes.toString('hex', at, at + 12), size: 12 };
    case 0x08:
      return { value: bytes.readUInt8(at) === 1, size: 1 };
    case 0x0a:
      return { value: null, size: 0 };
    case 0x10:
      return { value: bytes.readInt32LE(at), size: 4 };
    case 0x09:
    case 0x11:
      return { value: undefined, size: 8 };
    case 0x12:
      return { value: Number(bytes.readBigInt64LE(at)), size: 8 };
    case 0x13:
      return { value: undefined, size: 16 };
    default:
      throw new TypeError(`BSON type ${type} is not expected in a reply`);
  }
}

/**
 * A command as one OP_MSG, with its header.
 * @param {Record<string, unknown>} command its first name is the command's; `$db` is added
 * @returns {Buffer}
 */
export function encodeCommand(command) {
  const body = encodeDocument({ ...command, $db: 'admin' });
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}

/**
 * @param {Buffer} bytes what came so far
 * @returns {Record<string, unknown> | null} `null` while the reply is not whole
 */
export function decodeReply(bytes) {
  if (bytes.length < 4 || bytes.length < bytes.readInt32LE(0)) return null;
  if (bytes.readInt32LE(12) !== OP_MSG) throw new TypeError('the reply is not an OP_MSG');
  return decodeDocument(bytes, 21);
}
