// One attempt for each line: the variables of a service in, what the driver said out.
import { createInterface } from "node:readline";

export async function converse(attempt) {
  for await (const line of createInterface({ input: process.stdin })) {
    let error = null;
    try {
      await attempt(JSON.parse(line));
    } catch (thrown) {
      error = `${thrown.code ?? thrown.name}: ${thrown.message}`;
    }
    process.stdout.write(JSON.stringify({ error }) + "\n");
  }
  process.exit(0);
}
