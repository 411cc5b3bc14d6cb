import Fastify from 'fastify';
import { MongoClient } from 'mongodb';

/**
 * The least that a forum could be: a thread and its page read by index, a post inserted and its thread counted up, without a
 * transaction, rights or rendering. `node forum-floor.js <mongodb uri> <database>`; prints its address.
 */
const [uri = '', name = ''] = process.argv.slice(2);
const client = await new MongoClient(uri, {
  maxPoolSize: 50,
  writeConcern: { w: 'majority', journal: true },
}).connect();
const threads = client.db(name).collection('floorThreads');
const posts = client.db(name).collection('floorPosts');
const app = Fastify();

app.get('/threads/:thread', async ({ params, query }) => {
  const after = Number(query.after ?? 0);
  const thread = await threads.findOne({ _id: params.thread });
  const page = posts.find({ thread: params.thread, number: { $gte: after + 1, $lte: after + 20 } }).sort({ number: 1 });
  return { thread, posts: await page.toArray() };
});

app.post('/threads/:thread/posts', async ({ params, body }, reply) => {
  const thread = await threads.findOneAndUpdate(
    { _id: params.thread },
    { $inc: { posts: 1 } },
    { returnDocument: 'after' },
  );
  const post = { _id: body.key, thread: params.thread, number: thread.posts, body: body.body, createdAt: new Date() };
  await posts.insertOne(post);
  return reply.status(201).send(post);
});

process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
