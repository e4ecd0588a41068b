/* style.h: what a text means. theme.c says how it looks; colour never carries a meaning alone. */
#pragma once

typedef enum {
    STYLE_NORMAL,
    STYLE_QUIET, /* less important: hints, empty lists */
    STYLE_STRONG,
    STYLE_HEADING,
    STYLE_BAR, /* title bar and status bar */
    STYLE_BAR_STRONG,
    STYLE_KEY,      /* a key in the key bar */
    STYLE_LABEL,    /* its label */
    STYLE_SELECTED, /* the row or option the cursor is on */
    STYLE_CHOSEN,   /* an option that has been chosen */
    STYLE_FIELD,    /* where one types */
    STYLE_GOOD,
    STYLE_NOTICE, /* something to see to */
    STYLE_FAULT,
    STYLE_BAR_1, /* chart: missed visits */
    STYLE_BAR_2, /* chart: the unit's own */
    STYLE_COUNT
} Style;
