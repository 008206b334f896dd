// mysql2.
import mysql from "mysql2/promise";
import { converse } from "./conversation.mjs";

await converse(async ({ DATABASE_URL }) => {
  const connection = await mysql.createConnection(DATABASE_URL);
  connection.on("error", () => {}); // the stand-in goes away
  await connection.end();
});
