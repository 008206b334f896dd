// The client of Redis's makers for Node, `redis`, of which `@redis/client` is what connects.
import { createClient } from "@redis/client";
import { converse } from "./conversation.mjs";

await converse(async ({ DATABASE_URL }) => {
  const client = createClient({ url: DATABASE_URL, socket: { reconnectStrategy: false } });
  client.on("error", () => {}); // also thrown
  await client.connect();
  await client.ping();
  client.destroy();
});
