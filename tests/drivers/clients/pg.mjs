// pg, also called node-postgres.
import pg from "pg";
import { converse } from "./conversation.mjs";

await converse(async ({ DATABASE_URL }) => {
  const client = new pg.Client({ connectionString: DATABASE_URL, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // the stand-in goes away
  await client.connect();
  await client.end();
});
