// Small comforts on top of pages that work without them. Each file looks for its own marks in the page.
import { watchCart } from "./cart.js";
import { watchConsent } from "./consent.js";
import { watchDrawers } from "./drawers.js";
import { watchListing } from "./listing.js";
import { watchProduct } from "./product.js";
import { watchSearch } from "./search.js";
import { watchTheme } from "./theme-toggle.js";
import { showWaitingToasts } from "./toast.js";
import { watchViewed } from "./viewed.js";
import { watchWishes } from "./wish.js";

watchTheme();
watchDrawers();
watchCart();
watchListing();
watchProduct();
watchSearch();
watchConsent();
watchWishes();
watchViewed().catch(() => {}); // without the network there is no strip
showWaitingToasts();
document.querySelector("[data-error-summary]")?.focus();
