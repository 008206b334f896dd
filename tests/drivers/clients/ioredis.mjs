// ioredis.
import { Redis } from "ioredis";
import { converse } from "./conversation.mjs";

await converse(async ({ DATABASE_URL }) => {
  const client = new Redis(DATABASE_URL, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 });
  let said = null;
  client.on("error", (error) => (said ??= error));
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw said ?? error; // "Connection is closed." is what follows from it
  } finally {
    client.disconnect();
  }
});
