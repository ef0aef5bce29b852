/** The pages of those who work here. */
import "@tabler/core/dist/css/tabler.css";
import "./styles/main.css";

import "./htmx";
import { watchConfirmations } from "./shell/confirm";
import { watchCopying } from "./shell/copying";
import { watchDoubleSends } from "./shell/double-sends";
import { startLive } from "./shell/live";
import { watchMenus } from "./shell/menus";
import { watchPopups } from "./shell/popup";
import { watchPreviews } from "./shell/preview";
import { watchProgress } from "./shell/progress";
import { watchSaveKey } from "./shell/save-key";
import { watchTabs } from "./shell/tabs";
import { watchToasts } from "./shell/toasts";
import "./elements/record-form";
import "./elements/tools";
import "./elements/upload";

import.meta.glob(["../src/deskhand/**/islands/*.ts", "!**/*.test.ts", "!../src/deskhand/portal/**"], { eager: true });

watchMenus();
watchPopups();
watchPreviews();
watchToasts();
watchConfirmations();
watchCopying();
watchDoubleSends();
watchProgress();
watchSaveKey();
watchTabs();
startLive();
