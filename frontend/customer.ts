/** The pages of customers: all of them work without this. */
import "@tabler/core/dist/css/tabler.css";
import "./styles/main.css";

import "./elements/kept-form";
import "./elements/upload";
import "../src/deskhand/base/accounts/islands/passkey";
import "../src/deskhand/portal/islands/letters";
import { focusMistakes } from "./shell/mistakes";
import { watchDoubleSends } from "./shell/double-sends";
import { watchMenus } from "./shell/menus";

focusMistakes();
watchMenus();
watchDoubleSends();
