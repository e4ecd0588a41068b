/* cancellation.c: any bytes as the draft of a cancellation: answers that can be gone on with, or
 * none of ours; and what is read is written as a text that is read as the same. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "care/visit/cancellation.h"
#include "tests/fuzz/json_glib.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static char *written_again(const char *text)
{
    CancelAnswers answers;
    gint64 version = 0;
    char *written = NULL;
    cancel_answers_init(&answers);
    if (cancel_draft_read(text, &answers, &version)) {
        VisitOutcome outcome;
        for (int ask = ASK_OUTCOME; ask < ASK_COUNT; ask++) {
            cancel_question(&answers, ask, NULL);
            cancel_next(&answers, ask);
        }
        cancel_times(&answers);
        cancel_outcome(&answers, &outcome);
        visit_outcome_clear(&outcome);
        written = cancel_draft_write(&answers, version);
    }
    cancel_answers_clear(&answers);
    return written;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autofree char *text = g_strndup((const char *)bytes, length);
    g_autofree char *once = written_again(text);
    if (once == NULL)
        return 0;
    g_autofree char *twice = written_again(once);
    if (twice == NULL || strcmp(once, twice) != 0)
        g_error("%s\nis read as\n%s", once, twice != NULL ? twice : "nothing");
    return 0;
}
