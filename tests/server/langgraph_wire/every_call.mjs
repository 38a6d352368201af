// Every call of LangGraph's JavaScript client, run on a thread of its own that waits in a review; test_examples.py reads
// the JSON that it prints: "works", "not_offered", or what went wrong.
import { Client } from "@langchain/langgraph-sdk";

const client = new Client({ apiUrl: process.env.MANGA_URL, apiKey: null, callerOptions: { maxRetries: 0 } });
const text = 'A fox came to the village. "Who are you?" asked the boy. "A friend," said the fox.';
const input = { brief: { text, feedback_mode: { enabled: true } } };
const command = { resume: { action: "approve" } };
const graph = "mangaka";
const nobody = "00000000-0000-4000-8000-000000000000";

async function read(stream, most = 3) {
  for await (const _ of stream) if (--most <= 0) break;
}

const { assistants, threads, runs, crons, store } = client;
const calls = {
  "assistants.get": () => assistants.get(graph),
  "assistants.getGraph": () => assistants.getGraph(graph),
  "assistants.getSchemas": () => assistants.getSchemas(graph),
  "assistants.getSubgraphs": () => assistants.getSubgraphs(graph),
  "assistants.create": () => assistants.create({ graphId: graph }),
  "assistants.update": () => assistants.update(graph, { name: "x" }),
  "assistants.delete": () => assistants.delete(graph),
  "assistants.search": () => assistants.search(),
  "assistants.count": () => assistants.count(),
  "assistants.getVersions": () => assistants.getVersions(graph),
  "assistants.setLatest": () => assistants.setLatest(graph, 1),
  "threads.get": (t) => threads.get(t),
  "threads.create": () => threads.create(),
  "threads.copy": (t) => threads.copy(t),
  "threads.update": (t) => threads.update(t, { metadata: { a: 1 } }),
  "threads.delete": async () => threads.delete((await threads.create()).thread_id),
  "threads.prune": async () => threads.prune([(await threads.create()).thread_id]),
  "threads.search": () => threads.search(),
  "threads.count": () => threads.count(),
  "threads.getState": (t) => threads.getState(t),
  "threads.updateState": (t) => threads.updateState(t, { values: { action: "approve" } }),
  "threads.patchState": (t) => threads.patchState(t, { a: 1 }),
  "threads.getHistory": (t) => threads.getHistory(t),
  "threads.joinStream": (t) => read(threads.joinStream(t, { lastEventId: "-1" })),
  "threads.stream": async () => {
    const thread = threads.stream({ assistantId: graph });
    await thread.run.start({ input });
    await thread.close();
  },
  "runs.stream": (t) => read(runs.stream(t, graph, { command }), 99),
  "runs.create": (t) => runs.create(t, graph, { command }),
  "runs.createBatch": () => runs.createBatch([{ assistantId: graph, input }]),
  "runs.wait": (t) => runs.wait(t, graph, { command }),
  "runs.list": (t) => runs.list(t),
  "runs.get": (t, r) => runs.get(t, r),
  "runs.cancel": (t, r) => runs.cancel(t, r),
  "runs.cancelMany": (t, r) => runs.cancelMany({ threadId: t, runIds: [r] }),
  "runs.join": (t, r) => runs.join(t, r),
  "runs.joinStream": (t, r) => read(runs.joinStream(t, r), 99),
  "runs.delete": (t, r) => runs.delete(t, r),
  "crons.createForThread": (t) => crons.createForThread(t, graph, { schedule: "* * * * *" }),
  "crons.create": () => crons.create(graph, { schedule: "* * * * *" }),
  "crons.update": () => crons.update(nobody, { enabled: false }),
  "crons.delete": () => crons.delete(nobody),
  "crons.search": () => crons.search(),
  "crons.count": () => crons.count(),
  "store.putItem": () => store.putItem(["a"], "b", { c: 1 }),
  "store.getItem": () => store.getItem(["a"], "b"),
  "store.deleteItem": () => store.deleteItem(["a"], "b"),
  "store.searchItems": () => store.searchItems(["a"]),
  "store.listNamespaces": () => store.listNamespaces(),
  "~ui.getComponent": () => client["~ui"].getComponent(graph, "x"),
};

const there = Object.keys(client).filter((part) => client[part] && typeof client[part] === "object").flatMap((part) =>
  Object.getOwnPropertyNames(Object.getPrototypeOf(client[part])).filter((name) => name !== "constructor").map((name) => `${part}.${name}`));
const told = {};
const changes = /delete|cancel|runs\.(stream|create$|wait)|updateState/;
let shared;
for (const name of new Set([...there, ...Object.keys(calls)])) {
  if (!calls[name] || !there.includes(name)) {
    told[name] = calls[name] ? "is not there" : "is not tried";
    continue;
  }
  try {
    if (!shared || changes.test(name)) {
      const { thread_id: thread } = await threads.create();
      await runs.wait(thread, graph, { input });
      shared = [thread, (await runs.list(thread))[0].run_id];
    }
    await calls[name](...shared);
    told[name] = "works";
  } catch (error) {
    told[name] = error.status === 422 && String(error.text ?? error.message).includes("not_offered") ? "not_offered" : String(error);
  }
  if (changes.test(name)) shared = undefined;
}
console.log(JSON.stringify(told));
process.exit(0);
