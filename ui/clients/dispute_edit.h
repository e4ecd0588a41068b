/* dispute_edit.h: the pages for what a client says is wrong: noting it, and saying what came of it. */
#pragma once

#include "care/client/dispute.h"
#include "ui/screen.h"

extern const Screen screen_dispute_settle; /* const Dispute * */
