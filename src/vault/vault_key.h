/* vault_key.h: how long the keys are that a key file gives out. */
#pragma once

#define VAULT_DATA_KEY_BYTES 48  /* db.h's DB_KEY_BYTES: data key and salt */
#define VAULT_AUDIT_KEY_BYTES 32 /* in the slots; stays when the data key changes */
