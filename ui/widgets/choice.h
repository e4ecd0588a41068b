/* choice.h: a question with one key per answer, laid out in columns as wide as the longest; a label
 * that is wider than the area is wrapped. */
#pragma once

#include "ui/draw.h"
#include "ui/term.h"

typedef struct {
    gunichar key;      /* 0: chosen with the arrows and Enter only */
    const char *label; /* translated; not owned */
    int value;         /* what it stands for */
} ChoiceOption;

typedef struct {
    const ChoiceOption *options;
    int count;
    int chosen; /* index; -1: none yet */
    int cursor; /* index */
    /* Of a question with several answers: which are chosen, one for each option; not owned. NULL:
     * one answer. They are shown as ■ and □, and `chosen` is only the last one that was pressed. */
    const gboolean *on;
    gboolean in_a_row;   /* a scale: side by side in one row where they all have room */
    gboolean one_column; /* below each other also where there is room for more columns */
    int rows;            /* private: in each column when it was last drawn */
    int top;             /* private: scrolled to, where they do not all have room */
} Choice;
void choice_init(Choice *choice, const ChoiceOption *options, int count, int chosen);
/* The key of an option chooses it; the arrows move, and up and down leave at the ends of a column;
 * Enter and Space choose what the cursor is on.
 * Answers the index chosen, or -1; `taken` says whether the key was its own. */
int choice_event(Choice *choice, const Event *event, gboolean *taken);
/* Rows it needs in `columns`. With fewer it scrolls, so that the cursor is seen. */
int choice_rows(const Choice *choice, int columns);
/* "[m] Mår dåligt psykiskt": the chosen one marked ● beside its style. Caret on the cursor. */
void choice_draw(Choice *choice, Area area, gboolean focus);
