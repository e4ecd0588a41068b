/* decision_rows.c: a decision as it is typed on a page. */
#include "care/completion/decision_rows.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

/* At most a month's hours. */
#define HOURS_MOST 744

const char *decision_rows_law(int law)
{
    return law == 1 ? _("LSS") : _("Social Services Act");
}

static void put(char **values, int row, const char *text)
{
    g_free(values[row]);
    values[row] = g_strdup(text != NULL ? text : "");
}

static char *hours_text(int minutes)
{
    return minutes % 60 == 0 ? g_strdup_printf("%d", minutes / 60)
                             : g_strdup_printf("%d:%02d", minutes / 60, minutes % 60);
}

char **decision_rows_values(Session *session, const Decision *latest)
{
    char today[DATE_SIZE];
    char **values = g_new0(char *, DECISION_ROW_COUNT + 1);
    for (int row = 0; row < DECISION_ROW_COUNT; row++)
        values[row] = g_strdup("");
    put(values, DECISION_ROW_LAW, latest != NULL && g_strcmp0(latest->law, "lss") == 0 ? "1" : "0");
    put(values, DECISION_ROW_SUPPORT,
        decision_support_name(latest != NULL && decision_grants(latest) && latest->support != NULL
                                  ? latest->support
                                  : "housing-support"));
    put(values, DECISION_ROW_DECIDED, date_format(clock_today(), today));
    put(values, DECISION_ROW_BY, session_staff_name(session));
    if (latest == NULL)
        return values;
    put(values, DECISION_ROW_DELEGATION, latest->delegation);
    if (latest->month_minutes > 0) {
        g_autofree char *hours = hours_text(latest->month_minutes);
        put(values, DECISION_ROW_MONTH, hours);
    }
    return values;
}

char **decision_rows_of(const Decision *decision)
{
    char day[DATE_SIZE];
    DecisionEntry entry = ENTRY_GRANTED;
    char **values = g_new0(char *, DECISION_ROW_COUNT + 1);
    g_autofree char *kind = decision_entry_parse(decision->kind, &entry)
                                ? g_strdup_printf("%d", (int)entry)
                                : g_strdup("");
    g_autofree char *hours =
        decision->month_minutes > 0 ? hours_text(decision->month_minutes) : NULL;
    put(values, DECISION_ROW_KIND, kind);
    put(values, DECISION_ROW_LAW, g_strcmp0(decision->law, "lss") == 0 ? "1" : "0");
    put(values, DECISION_ROW_SUPPORT, decision_support_name(decision->support));
    put(values, DECISION_ROW_DECIDED, date_or_null(decision->decided_on, day));
    put(values, DECISION_ROW_FROM, date_or_null(decision->valid_from, day));
    put(values, DECISION_ROW_TO, date_or_null(decision->valid_to, day));
    put(values, DECISION_ROW_MONTH, hours);
    put(values, DECISION_ROW_SECTION, decision->section);
    put(values, DECISION_ROW_REASONS, decision->reasons);
    put(values, DECISION_ROW_BY, decision->decided_by);
    put(values, DECISION_ROW_DELEGATION, decision->delegation);
    return values;
}

/* New; NULL: nothing is written. */
static char *written(const char *text)
{
    g_autofree char *clean = g_strstrip(text_clean(text));
    return clean[0] != '\0' ? g_steal_pointer(&clean) : NULL;
}

static Date day_or(const char *typed, Date otherwise)
{
    g_autofree char *text = written(typed);
    return text != NULL ? date_parse_words(text, clock_today()) : otherwise;
}

static gboolean is_lss(char *const *values)
{
    return strcmp(values[DECISION_ROW_LAW], "1") == 0;
}

const char *decision_rows_section(char *const *values)
{
    return decision_section_of(
        decision_law_on(day_or(values[DECISION_ROW_DECIDED], clock_today()), is_lss(values)));
}

/* "20", "20:30" or "20,5" hours; 0 where nothing is written, -1 where it is not understood. */
static int hours_minutes(const char *typed)
{
    g_autofree char *text = written(typed);
    if (text == NULL)
        return 0;
    g_strdelimit(text, ",", '.');
    char *end = NULL;
    const char *colon = strchr(text, ':');
    double hours = g_ascii_strtod(text, &end);
    int minutes = 0;
    if (colon != NULL && end == colon) {
        minutes = (int)g_ascii_strtoull(colon + 1, &end, 10);
        if (end != colon + 3 || minutes > 59 || hours != (int)hours)
            return -1;
    }
    if (end == text || *end != '\0' || !(hours >= 0 && hours <= HOURS_MOST))
        return -1;
    return (int)(hours * 60 + 0.5) + minutes;
}

static void take_texts(char *const *values, Decision *decision)
{
    static const char *const CODES[] = {"housing-support", "contact-person", "occupation"};
    const struct {
        DecisionRow row;
        char **to;
    } texts[] = {{DECISION_ROW_SUPPORT, &decision->support},
                 {DECISION_ROW_SECTION, &decision->section},
                 {DECISION_ROW_REASONS, &decision->reasons},
                 {DECISION_ROW_BY, &decision->decided_by},
                 {DECISION_ROW_DELEGATION, &decision->delegation}};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_free(*texts[i].to);
        *texts[i].to = written(values[texts[i].row]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(CODES) && decision->support != NULL; i++)
        if (strcmp(decision->support, decision_support_name(CODES[i])) == 0) {
            g_free(decision->support);
            decision->support = g_strdup(CODES[i]);
        }
    if (decision->section == NULL)
        decision->section = g_strdup(decision_rows_section(values));
}

static void find_faults(const Decision *decision, DecisionEntry entry, const char **faults)
{
    if (decision->support == NULL)
        faults[DECISION_ROW_SUPPORT] = _("Write what support it is about.");
    if (decision->decided_on == DATE_NONE || decision->decided_on > clock_today())
        faults[DECISION_ROW_DECIDED] =
            _("Write the day when it was decided, which is not in the future.");
    if (decision->valid_from == DATE_NONE && faults[DECISION_ROW_DECIDED] == NULL)
        faults[DECISION_ROW_FROM] = _("Write the first day as 21/11, fri or tomorrow.");
    if (entry == ENTRY_ENDED && decision->valid_to == DATE_NONE)
        faults[DECISION_ROW_TO] = _("Write the last day on which the support is given.");
    else if (decision->valid_to != DATE_NONE && decision->valid_to < decision->valid_from &&
             entry != ENTRY_ENDED)
        faults[DECISION_ROW_TO] = _("The decision ends before it begins. Change one of the days.");
    if (decision->month_minutes < 0)
        faults[DECISION_ROW_MONTH] = _("Write the hours a month as 20, 20:30 or 20,5.");
    if (decision->reasons == NULL && entry != ENTRY_GRANTED && entry != ENTRY_EXTENDED)
        faults[DECISION_ROW_REASONS] =
            _("Write the reasons: a decision that is not granted as applied for has them.");
    if (decision->decided_by == NULL)
        faults[DECISION_ROW_BY] = _("Write who decided.");
}

gboolean decision_rows_take(char *const *values, Decision *decision,
                            const char *faults[DECISION_ROW_COUNT])
{
    const char *kind = values[DECISION_ROW_KIND];
    const gint64 chosen = kind[0] != '\0' ? g_ascii_strtoll(kind, NULL, 10) : -1;
    const DecisionEntry entry =
        chosen >= 0 && chosen < ENTRY_COUNT ? (DecisionEntry)chosen : ENTRY_GRANTED;
    g_autofree char *to = written(values[DECISION_ROW_TO]);
    memset(faults, 0, DECISION_ROW_COUNT * sizeof *faults);
    g_free(decision->kind);
    decision->kind = g_strdup(decision_entry_code(entry));
    decision->decided_on = day_or(values[DECISION_ROW_DECIDED], clock_today());
    decision->valid_from =
        entry == ENTRY_ENDED ? DATE_NONE : day_or(values[DECISION_ROW_FROM], decision->decided_on);
    decision->valid_to = to != NULL ? date_parse_words(to, clock_today()) : DATE_NONE;
    decision->month_minutes = hours_minutes(values[DECISION_ROW_MONTH]);
    g_free(decision->law);
    decision->law = g_strdup(decision_law_on(decision->decided_on, is_lss(values)));
    take_texts(values, decision);
    find_faults(decision, entry, faults);
    if (entry == ENTRY_ENDED && faults[DECISION_ROW_FROM] != NULL)
        faults[DECISION_ROW_FROM] = NULL;
    if (chosen < 0)
        faults[DECISION_ROW_KIND] = _("Choose what was decided.");
    if (to != NULL && decision->valid_to == DATE_NONE)
        faults[DECISION_ROW_TO] = _("Write the last day as 21/11, 2027-11-30 or +52w, or leave it "
                                    "empty: until further notice.");
    for (int row = 0; row < DECISION_ROW_COUNT; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}

/* `noted` (taken), and what is to be settled. */
static char *with_visits(char *noted, gint64 after)
{
    if (after == 0)
        return noted;
    g_autofree char *said = noted;
    g_autofree char *settle = g_strdup_printf(
        ngettext("%d visit that no decision reaches is to be settled: it stands in To do.",
                 "%d visits that no decision reaches are to be settled: it stands in To do.",
                 (gulong)after),
        (int)after);
    return g_strdup_printf("%s %s", said, settle);
}

char *decision_rows_done(const Decision *decision, gint64 after)
{
    char to[DATE_SIZE];
    const char *kind = decision_kind_name(decision->kind);
    return with_visits(
        decision->valid_to != DATE_NONE
            /* TRANSLATORS: what was decided (extended), and the last day */
            ? g_strdup_printf(_("Noted: %s, to %s."), kind, date_format(decision->valid_to, to))
            : g_strdup_printf(_("Noted: %s."), kind),
        after);
}

char *decision_rows_corrected(const Decision *decision, gint64 after)
{
    char to[DATE_SIZE];
    const char *kind = decision_kind_name(decision->kind);
    return with_visits(
        decision->valid_to != DATE_NONE
            /* TRANSLATORS: what was decided (extended), and the last day */
            ? g_strdup_printf(_("Corrected: %s, to %s. The earlier wording is kept."), kind,
                              date_format(decision->valid_to, to))
            : g_strdup_printf(_("Corrected: %s. The earlier wording is kept."), kind),
        after);
}
