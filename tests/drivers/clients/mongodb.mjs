// The MongoDB driver for Node, which would try for a while; here the first failure counts.
import { MongoClient } from "mongodb";
import { converse } from "./conversation.mjs";

await converse(async ({ DATABASE_URL }) => {
  const client = new MongoClient(DATABASE_URL, { serverSelectionTimeoutMS: 10_000 });
  const failed = new Promise((_, reject) => client.once("serverHeartbeatFailed", ({ failure }) => reject(failure)));
  try {
    await Promise.race([client.db("admin").command({ ping: 1 }), failed]);
  } finally {
    await client.close();
  }
});
