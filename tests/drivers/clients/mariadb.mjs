// MariaDB's driver for Node, with a URL whose scheme Prisma's adapter has put right for it.
import mariadb from "mariadb";
import { converse } from "./conversation.mjs";

await converse(async ({ DATABASE_URL }) => {
  const connection = await mariadb.createConnection(DATABASE_URL.replace(/^mysql:/, "mariadb:"));
  connection.on("error", () => {}); // the stand-in goes away
  await connection.end();
});
