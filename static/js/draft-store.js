// What was typed and is on no server yet, kept in the browser: a record for each open page, under its person and report.
// Nobody else's records are ever read, whoever sits at the machine.
"use strict";

(() => {
  const NAME = "portal-drafts";
  const RECORDS = "records";
  const BY_REPORT = "by-report";
  const KEPT_FOR = 30 * 24 * 60 * 60 * 1000; // milliseconds after which a record that nobody came back for is removed

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const records = request.result.createObjectStore(RECORDS, { keyPath: "id" });
      records.createIndex(BY_REPORT, ["user", "report"]);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => {}); // whoever writes learns of it

  async function records(mode) {
    return (await opened).transaction(RECORDS, mode, { durability: "strict" }).objectStore(RECORDS);
  }

  const draftStore = {
    /** Keep a record; resolves once it is on the disk. */
    async put(record) {
      const store = await records("readwrite");
      store.put(record);
      await new Promise((resolve, reject) => {
        store.transaction.oncomplete = resolve;
        store.transaction.onerror = store.transaction.onabort = () => reject(store.transaction.error);
      });
    },

    async remove(id) {
      await done((await records("readwrite")).delete(id));
    },

    /** Somebody's records of a report, the latest last. */
    async of(user, report) {
      const found = await done((await records("readonly")).index(BY_REPORT).getAll([user, report]));
      return found.sort((one, other) => one.at - other.at);
    },

    async sweep() {
      const store = await records("readwrite");
      for (const record of await done(store.getAll())) if (Date.now() - record.at > KEPT_FOR) store.delete(record.id);
    },
  };

  window.draftStore = draftStore;
})();
