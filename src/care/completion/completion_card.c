/* completion_card.c: what the card says otherwise than a form. Pure. */
#include "care/completion/completion_card.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/completion/completion_names_private.h"
#include "care/unit/session_private.h"

/* --- one field -------------------------------------------------------------------------------- */

static gboolean same_line(const char *card, const char *value)
{
    g_autofree char *line = care_line(value);
    return g_strcmp0(card, line) == 0;
}

static char *digits_of(const char *phone)
{
    GString *digits = g_string_new(NULL);
    for (const char *at = phone; *at != '\0'; at++)
        if (strchr(" -/()", *at) == NULL)
            g_string_append_c(digits, *at);
    return g_string_free(digits, FALSE);
}

/* Blanks and hyphens are how it was written. */
static gboolean same_phone(const char *card, const char *value)
{
    g_autofree char *one = digits_of(card), *other = digits_of(value);
    return g_str_equal(one, other);
}

static gboolean same_number(const char *card, const char *value)
{
    IdNumber id;
    return idnumber_parse(value, clock_today(), &id) ? g_str_equal(card, id.number)
                                                     : same_line(card, value);
}

static gboolean same_text(const char *card, const char *value)
{
    return g_str_equal(card, value);
}

static gboolean same_protection(const char *card, const char *value)
{
    return g_strcmp0(card, protection_name(protection_parse(value))) == 0;
}

static gboolean same_sex(const char *card, const char *value)
{
    Sex sex;
    return sex_parse(value, &sex) && g_str_equal(card, sex_name(sex));
}

/* By its code, or in words. */
static gboolean same_language(const char *card, const char *value)
{
    g_autofree char *code = language_code_of(value), *name = language_word(value);
    return g_str_equal(card, name != NULL ? value : code != NULL ? code : "");
}

/* The card says of an interpreter only that one is needed. */
static gboolean same_need(const char *card, const char *value)
{
    (void)card;
    return g_str_equal(value, "true");
}

typedef struct {
    const char *to;
    const char *card; /* NULL or "": the card says nothing */
    gboolean (*same)(const char *card, const char *value);
    const char *shown; /* NULL: as `card` */
} Field;

static gboolean differs(const Field *field, const char *value)
{
    return field->card != NULL && *field->card != '\0' && !field->same(field->card, value);
}

char *completion_card_doubt(const Client *card, const FormItem *item, const char *value,
                            const char *before)
{
    const gboolean hidden = card->protection != PROTECTION_NONE;
    const char *protection = hidden ? protection_name(card->protection) : NULL;
    /* With a number the day follows from it, whatever is answered. */
    char day[DATE_SIZE] = "";
    if (card->id_number == NULL && card->birth_date != DATE_NONE)
        date_format(card->birth_date, day);
    g_autofree char *language = card->language != NULL ? language_word(card->language) : NULL;
    const Field fields[] = {
        {"client.name", card->name, same_line, NULL},
        {"client.id_number", card->id_number, same_number, NULL},
        {"client.birth_date", day, same_text, NULL},
        {"client.sex", card->sex != SEX_UNKNOWN ? sex_name(card->sex) : NULL, same_sex, NULL},
        {"client.phone", card->phone, same_phone, NULL},
        {"client.email", card->email, same_line, NULL},
        {"client.address", card->address, same_line, hidden ? C_("answer", "hidden") : NULL},
        {"client.language", card->language, same_language, language},
        {"client.interpreter", card->interpreter ? _("interpreter needed") : NULL, same_need, NULL},
        {"client.protection", protection, same_protection, NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (g_strcmp0(item->maps_to, fields[i].to) != 0 || !differs(&fields[i], value) ||
            (before != NULL && !differs(&fields[i], before)))
            continue;
        return g_strdup_printf(_("The card says “%s”. Which is right? Answer as the card says, or "
                                 "write why this shall stand there from now on."),
                               fields[i].shown != NULL ? fields[i].shown : fields[i].card);
    }
    return NULL;
}
