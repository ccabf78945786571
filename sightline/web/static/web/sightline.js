// Turns on what the NHS design system does with script: menus that fold, passwords that show. Every page works without.
// Its file upload is left out: the browser's own box takes dropped files as well, and is named rightly to all readers.
import * as nhs from "../vendor/nhsuk/nhsuk-frontend.min.js";

const { Button, CharacterCount, Checkboxes, ErrorSummary, Header, PasswordInput, Radios, SkipLink, Tabs } = nhs;

for (const part of [Button, CharacterCount, Checkboxes, ErrorSummary, Header, PasswordInput, Radios, SkipLink, Tabs]) {
  nhs.createAll(part);
}
