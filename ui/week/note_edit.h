/* note_edit.h: a page for the note on a week of the line. */
#pragma once

#include "base/date.h"
#include "ui/screen.h"

extern const Screen screen_note_edit; /* const Week * */
