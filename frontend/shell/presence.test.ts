import { expect, test } from "vitest";

import { inWords } from "./presence";

const words = { looks: "%s is also looking at this", look: "%s are also looking at this", writes: "%s is writing", write: "%s are writing" };
const jonas = { name: "Jonas Weber", writing: false };
const amara = { name: "Amara Okafor", writing: true };

test("one person and several are named, nobody is not", () => {
  expect(inWords([jonas], words)).toBe("Jonas Weber is also looking at this");
  expect(inWords([{ ...amara, writing: false }, jonas], words)).toBe("Amara Okafor, Jonas Weber are also looking at this");
  expect(inWords([], words)).toBe("");
});

test("who writes is named alone", () => {
  expect(inWords([amara, jonas], words)).toBe("Amara Okafor is writing");
});
