// What LangGraph's JavaScript client meets; run by test_examples.py, which reads the JSON it prints.
import { Client } from "@langchain/langgraph-sdk";

const client = new Client({ apiUrl: process.env.MANGA_URL, apiKey: null });
const text = 'A fox came to the village. "Who are you?" asked the boy. "A friend," said the fox. They walked home together.';
const input = { brief: { text, feedback_mode: { enabled: true } } };
const told = {};

// A stream that breaks off, and is joined again from its last event.
const { thread_id: threadId } = await client.threads.create({ metadata: { from: "js" } });
const seen = [];
let runId;
const streamMode = ["updates", "custom", "values"];
for await (const part of client.runs.stream(threadId, "mangaka", {
  input, streamMode, streamResumable: true, onDisconnect: "continue", onRunCreated: (run) => { runId = run.run_id; },
})) {
  seen.push(part);
  if (seen.length === 4) break;
}
for await (const part of client.runs.joinStream(threadId, runId, { lastEventId: seen.at(-1).id, streamMode })) seen.push(part);
const whole = [];
for await (const part of client.runs.joinStream(threadId, runId, { lastEventId: "-1", streamMode })) whole.push(part);
told.joined = JSON.stringify(seen.map((p) => [p.id, p.event])) === JSON.stringify(whole.map((p) => [p.id, p.event]));
told.status = (await client.runs.get(threadId, runId)).status;
const state = await client.threads.getState(threadId);
told.next = state.next;
told.asked = state.tasks[0].interrupts[0].value.phase;
const answered = await client.runs.wait(threadId, "mangaka", { command: { resume: { action: "approve" } } });
told.second = answered.__interrupt__[0].value.phase;
const asking = (await client.threads.getState(threadId)).checkpoint;
const regenerated = await client.runs.wait(threadId, "mangaka", { checkpoint: asking, command: { resume: { action: "approve" } } });
told.regenerated = regenerated.__interrupt__[0].value.phase;
told.history = (await client.threads.getHistory(threadId, { limit: 2 })).length;
told.found = (await client.threads.search({ metadata: { from: "js" } })).map((t) => t.thread_id === threadId);
told.graphs = (await client.assistants.search({ graphId: "mangaka" })).map((a) => a.graph_id);
try {
  await client.runs.create(threadId, "mangaka", { input });
} catch (error) {
  told.refused = error.status;
}

// The thread-centric protocol.
const thread = client.threads.stream({ assistantId: "mangaka" });
const phases = [];
const words = [];
await thread.run.start({ input });
const events = await thread.subscribe({ channels: ["values", "lifecycle", "input"] });
while (phases.length < 3) {
  let asked;
  for await (const event of events) { // ends when the run is paused, and goes on after an answer
    if (event.method === "lifecycle") words.push(event.params.data.event);
    if (event.method === "input.requested") asked = event.params.data;
  }
  phases.push(asked.payload.phase);
  const answer = { namespace: [], interrupt_id: asked.interrupt_id, response: { action: "approve" } };
  if (phases.length < 3) await thread.input.respond(answer);
}
await thread.close();
told.phases = phases;
told.words = words;
console.log(JSON.stringify(told));
