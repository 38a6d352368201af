// Draws a story over LangGraph's own JavaScript client, and approves every review.
//
//     npm ci && node draw.mjs ../../the_lighthouse_cat.txt
//
// MANGA_URL is where `mangaka serve` answers; MANGA_TOKEN is needed where it knows keys (`mangaka token` makes one).
import { readFile } from "node:fs/promises";
import { Client } from "@langchain/langgraph-sdk";

const url = process.env.MANGA_URL ?? "http://127.0.0.1:8700";
const token = process.env.MANGA_TOKEN;
const client = new Client({
  apiUrl: url,
  apiKey: null, // no LangSmith key goes to our server
  defaultHeaders: token ? { Authorization: `Bearer ${token}` } : {},
});

/** Follows one run. Answers what is asked at its end, or nothing. */
async function follow(threadId, how) {
  let asked;
  for await (const part of client.runs.stream(threadId, "mangaka", { ...how, streamMode: ["custom", "updates"] })) {
    if (part.event === "error") throw new Error(part.data.message);
    if (part.event === "custom" && part.data.type === "phase_started") console.log(part.data.phase);
    if (part.event === "custom" && part.data.type === "page_ready") console.log(`  page ${part.data.number}`);
    asked = part.data?.__interrupt__?.[0] ?? asked;
  }
  return asked;
}

const text = await readFile(process.argv[2], "utf8");
const brief = { text, feedback_mode: { enabled: true } };
const { thread_id: threadId } = await client.threads.create();

let question = await follow(threadId, { input: { brief } });
while (question) {
  console.log(`  approved: ${question.value.phase}`);
  // Instead of approving: { action: "feedback", text: "Change the title to ..." }, or edits.
  question = await follow(threadId, { command: { resume: { [question.id]: { action: "approve" } } } });
}

const { values } = await client.threads.getState(threadId);
console.log(`${values.finishing.pages.length} pages: ${url}/v1/works/${threadId}/files/book.pdf`);
