/* demo.c: a made-up unit like Huddinge's boendestöd, the same every time for one seed and day. */
#include "exchange/demo.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/group.h"
#include "care/improvement/cycle.h"
#include "care/improvement/improvement.h"
#include "care/task/task.h"
#include "care/unit/cause.h"
#include "care/unit/making.h"
#include "care/unit/staff.h"
#include "care/visit/series.h"
#include "care/visit/visit.h"
#include "care/visit/visit_batch.h"
#include "care/visit/visit_list.h"
#include "exchange/demo_private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define SUPPORT_WORKERS 17
#define CASE_OFFICERS 9
#define WEEKS_AHEAD 2
#define VISIT_SHARE 0.95 /* of the progress; the rest is people */

/* Every `scale` units of people, `weeks` back. */
static const struct {
    const char *name;
    guint scale, weeks;
} sizes[] = {
    [DEMO_UNIT] = {"unit", 1, 26},
    [DEMO_TOWN] = {"town", 8, 26},
    [DEMO_CITY] = {"city", 20, 104},
    [DEMO_REGION] = {"region", 100, 208},
};

gboolean demo_size_parse(const char *text, DemoSize *size)
{
    for (DemoSize i = DEMO_UNIT; i <= DEMO_REGION; i++)
        if (g_str_equal(sizes[i].name, text)) {
            *size = i;
            return TRUE;
        }
    return FALSE;
}

typedef struct {
    gint64 id, staff_id;
    guint days; /* bit 0 Monday … bit 4 Friday */
    int start, minutes;
    Outcome lost; /* what becomes of each of the latest visits; OUTCOME_NONE: what chance gives */
} DemoClient;

/* Those of the latest weeks whom the unit may be about to lose. */
#define LOST_DAYS 20
#define LOST_WEEKS 4 /* that so many days may lie in */

typedef struct {
    Session *session;
    GRand *random;
    Date today;
    guint scale, weeks;
    GArray *support_workers, *case_officers; /* gint64 */
    GArray *clients;                         /* DemoClient */
    guint taken;                             /* alternatives, so far */
    int owed[LOST_WEEKS]; /* visits of each week, back from this one, that others take instead */
    gboolean (*progress)(double share, gpointer data);
    gpointer data;
} Demo;

static gboolean go_on(const Demo *demo, double share, GError **error)
{
    if (!demo->progress || demo->progress(share, demo->data))
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CANCELLED,
                        _("Making the demo was broken off. Nothing of it is left."));
    return FALSE;
}

/* --- chance ------------------------------------------------------------------------------------
 */

static gboolean chance(Demo *demo, double probability)
{
    return g_rand_double(demo->random) < probability;
}

static guint pick(Demo *demo, gsize count)
{
    return (guint)g_rand_int_range(demo->random, 0, (gint32)count);
}

typedef struct {
    double weight;
    int value;
    const char *text;
} Weighted;

static const Weighted *pick_weighted(Demo *demo, const Weighted *of, gsize count)
{
    double sum = 0;
    for (gsize i = 0; i < count; i++)
        sum += of[i].weight;
    double at = g_rand_double(demo->random) * sum;
    for (gsize i = 0; i + 1 < count; i++)
        if ((at -= of[i].weight) < 0)
            return &of[i];
    return &of[count - 1];
}
#define PICK(demo, table) pick_weighted(demo, table, G_N_ELEMENTS(table))

/* --- people ------------------------------------------------------------------------------------
 */

static char *made_up_name(Demo *demo, Sex sex)
{
    const char *given = sex == SEX_WOMAN ? demo_women[pick(demo, demo_women_count)]
                                         : demo_men[pick(demo, demo_men_count)];
    return g_strconcat(given, " ", demo_family_names[pick(demo, demo_family_names_count)], NULL);
}

static Sex any_sex(Demo *demo)
{
    return chance(demo, 0.55) ? SEX_WOMAN : SEX_MAN;
}

static gboolean add_all_staff(Demo *demo, GArray *ids, guint count, const char *prefix,
                              StaffRole role, GError **error)
{
    for (guint i = 0; i < count; i++) {
        g_autofree char *code = g_strdup_printf("%s%02u", prefix, i + 1);
        g_autofree char *name = made_up_name(demo, any_sex(demo));
        const gint64 id = staff_add_known(demo->session, code, name, role, error);
        if (!id)
            return FALSE;
        if (ids)
            g_array_append_val(ids, id);
    }
    return TRUE;
}

/* The first of each role can sign in. Done last: until somebody has a role, whoever fills the unit
 * may do all that belongs to it. */
static gboolean add_users(Demo *demo, GError **error)
{
    static const struct {
        const char *login, *code;
        StaffRole role;
    } users[] = {{"led", "GL01", ROLE_TEAM_LEAD},
                 {"stod", "BS01", ROLE_SUPPORT_WORKER},
                 {"hand", "HL01", ROLE_CASE_OFFICER}};
    g_autoptr(Secret) passphrase = secret_from_text(DEMO_PASSPHRASE);
    for (gsize i = 0; i < G_N_ELEMENTS(users); i++) {
        g_autoptr(Staff) known = staff_find(demo->session, users[i].code, error);
        if (!known || !staff_add_user(demo->session, users[i].login, known->name, users[i].code,
                                      users[i].role, passphrase, error))
            return FALSE;
    }
    return TRUE;
}

#define YOUNGEST 19 /* of these: half a year ago they were 18 */

static gboolean is_marked(guint index)
{
    return index % 70 == 35;
}

/* Every eighth is young, as those whom a pilot is for, and one can be put into it. */
static gboolean is_young(guint index)
{
    return index % 8 == 5 && index < DEMO_CLIENTS && !is_marked(index);
}

/* The number of the index; of somebody young one from the end of the list, of the same sex as
 * there, so that names are drawn as they were. In larger units the list is used to its end. */
static gboolean number_of(const Demo *demo, guint index, IdNumber *id)
{
    if (index >= demo_id_number_count || !idnumber_parse(demo_id_numbers[index], demo->today, id))
        return FALSE;
    const Sex sex = id->sex;
    guint left = 0; /* young ones of that sex before */
    for (guint i = 0; demo->scale == 1 && is_young(index) && i <= index; i++)
        left +=
            is_young(i) && idnumber_parse(demo_id_numbers[i], demo->today, id) && id->sex == sex;
    for (gsize i = demo_id_number_count; left > 0;)
        left -= idnumber_parse(demo_id_numbers[--i], demo->today, id) && id->sex == sex &&
                date_age(id->birth, demo->today) >= YOUNGEST;
    return TRUE;
}

static void set_identity(Demo *demo, guint index, Client *client)
{
    IdNumber id;
    if (number_of(demo, index, &id)) {
        client->id_kind = id.kind;
        client->id_number = g_strdup(id.number);
        client->birth_date = id.birth;
        client->sex = id.sex;
    } else { /* there are no more published test numbers: known by client number alone */
        client->birth_date = demo->today - g_rand_int_range(demo->random, 18 * 366, 75 * 365);
        client->sex = any_sex(demo);
    }
}

static void set_contact(Demo *demo, guint index, Client *client)
{
    static const char *const streets[] = {"Storgatan", "Björkvägen", "Parkvägen", "Kyrkogatan",
                                          "Solstigen", "Ekbacken",   "Skolgatan", "Ängsvägen"};
    static const char *const languages[] = {"ar", "so", "fi", "fa", "ti", "pl"};
    client->phone = g_strdup_printf("070-174 06 %02u", 5 + index % 95);
    client->address =
        g_strdup_printf("%s %u", streets[pick(demo, G_N_ELEMENTS(streets))], 1 + pick(demo, 40));
    if (chance(demo, 0.12)) {
        client->language = g_strdup(languages[pick(demo, G_N_ELEMENTS(languages))]);
        client->interpreter = chance(demo, 0.6);
    }
    if (is_marked(index))
        client->protection = PROTECTION_MARKED;
    if (index % 211 == 105)
        client->protection = PROTECTION_POPULATION;
}

/* One of them is of the support worker and the case officer who sign in. */
static Outcome lost_of(guint index)
{
    return index == 34    ? OUTCOME_NO_SHOW
           : index == 90  ? OUTCOME_DECLINED
           : index == 153 ? OUTCOME_CANCELLED
                          : OUTCOME_NONE;
}

static gboolean add_client(Demo *demo, guint index, GError **error)
{
    g_autoptr(Client) client = client_new();
    set_identity(demo, index, client);
    client->name = made_up_name(demo, client->sex);
    client->number = g_strdup_printf("B%u", FIRST_CLIENT_NUMBER + index);
    set_contact(demo, index, client);
    client->support_worker_id =
        g_array_index(demo->support_workers, gint64, index % demo->support_workers->len);
    client->case_officer_id =
        g_array_index(demo->case_officers, gint64, index % demo->case_officers->len);
    if (!client_add_known(demo->session, client, error))
        return FALSE;
    static const Weighted visits_a_week[] = {
        {25, 1, NULL}, {35, 2, NULL}, {25, 3, NULL}, {15, 4, NULL}};
    static const int lengths[] = {30, 45, 60, 90, 120};
    DemoClient visited = {.id = client->id, .staff_id = client->support_worker_id};
    for (int days = PICK(demo, visits_a_week)->value; days > 0;) {
        const guint bit = 1u << pick(demo, 5);
        if (!(visited.days & bit)) {
            visited.days |= bit;
            days--;
        }
    }
    visited.lost = demo->scale == 1 ? lost_of(index) : OUTCOME_NONE;
    visited.start = 8 * 60 + 30 * (int)pick(demo, 19);
    visited.minutes = lengths[pick(demo, G_N_ELEMENTS(lengths))];
    g_array_append_val(demo->clients, visited);
    return TRUE;
}

static gboolean add_people(Demo *demo, GError **error)
{
    if (!add_all_staff(demo, NULL, 1, "GL", ROLE_TEAM_LEAD, error) ||
        !add_all_staff(demo, demo->support_workers, SUPPORT_WORKERS * demo->scale, "BS",
                       ROLE_SUPPORT_WORKER, error) ||
        !add_all_staff(demo, demo->case_officers, CASE_OFFICERS * demo->scale, "HL",
                       ROLE_CASE_OFFICER, error))
        return FALSE;
    const guint clients = DEMO_CLIENTS * demo->scale;
    for (guint i = 0; i < clients; i++)
        if (!go_on(demo, (1 - VISIT_SHARE) * i / clients, error) || !add_client(demo, i, error))
            return FALSE;
    return TRUE;
}

/* --- what came of the visits -------------------------------------------------------------------
 */

/* A new way of working twelve weeks ago: a call the day before. It helps those who feel unwell;
 * Mondays are harder than other days. */
#define ROUTINE_WEEKS_AGO 12

/* The team lead has it written down, with what was predicted and what came of it. */
static gboolean add_improvement(Demo *demo, GError **error)
{
    const Date routine = week_monday(week_of(demo->today - 7 * ROUTINE_WEEKS_AGO));
    g_autoptr(Improvement) work = improvement_new(routine - 14);
    work->name = g_strdup("Fler besök blir av");
    work->aim = g_strdup("Att fler får sitt stöd när de mår som sämst.");
    work->measure = g_strdup("Andelen besök som inte blir av, vecka för vecka.");
    work->target = 120;
    if (!improvement_save(demo->session, work, error))
        return FALSE;
    g_autoptr(Cycle) cycle = cycle_new(work->id, routine);
    cycle->name = g_strdup("Samtal dagen innan");
    cycle->prediction = g_strdup("De som mår dåligt avbokar mindre när vi ringer dagen innan.");
    cycle->happened = g_strdup("Alla med besök på förmiddagen fick ett samtal.");
    return cycle_save(demo->session, cycle, error);
}

static double missed_probability(Demo *demo, Date date)
{
    const gboolean after = date >= demo->today - 7 * ROUTINE_WEEKS_AGO;
    return (after ? 0.115 : 0.15) * (date_weekday(date) == 1 ? 1.45 : 0.9);
}

static const char *any_cause(Demo *demo, Date date)
{
    static const Weighted before[] = {
        {34, 0, "MÅ"}, {18, 0, "ORK"}, {11, 0, "ORO"}, {10, 0, "SJU"}, {7, 0, "GLÖ"},
        {5, 0, "SKO"}, {5, 0, "VIL"},  {4, 0, "VÅR"},  {3, 0, "PER"},  {2, 0, "FAM"},
        {2, 0, "TID"}, {1, 0, "RES"},  {1, 0, "BRA"},  {1, 0, "OKÄ"},  {1, 0, "ANN"},
    };
    const char *cause = PICK(demo, before)->text;
    if (g_str_equal(cause, "MÅ") && date >= demo->today - 7 * ROUTINE_WEEKS_AGO &&
        chance(demo, 0.45))
        cause = "ORK";
    return cause;
}

/* Tables of these are in the order of how common they are. */
static void fill_help(Demo *demo, VisitOutcome *outcome)
{
    static const Weighted offers[] = {
        {40, OFFER_PHONE, NULL},       {25, OFFER_NOTHING, NULL}, {15, OFFER_SHORTER, NULL},
        {12, OFFER_WALK, NULL},        {5, OFFER_VIDEO, NULL},    {2, OFFER_OTHER_PLACE, NULL},
        {1, OFFER_OTHER_PERSON, NULL},
    };
    static const char *const words[] = {
        "Orkar inte idag.",
        "Har inte sovit i natt.",
        "Vill hellre ses nästa vecka.",
        "Det känns för mycket just nu.",
        "Ring mig i morgon i stället.",
    };
    outcome->alternative = PICK(demo, offers)->value;
    if (outcome->alternative != OFFER_NOTHING)
        outcome->alternative_taken = chance(demo, 0.45);
    if (chance(demo, 0.25))
        outcome->words = g_strdup(words[pick(demo, G_N_ELEMENTS(words))]);
}

static void fill_missed(Demo *demo, Date date, VisitOutcome *outcome)
{
    static const Weighted kinds[] = {
        {72, OUTCOME_CANCELLED, NULL}, {19, OUTCOME_NO_SHOW, NULL}, {9, OUTCOME_DECLINED, NULL}};
    static const Weighted who[] = {
        {86, BY_CLIENT, NULL}, {8, BY_RELATIVE, NULL}, {6, BY_GUARDIAN, NULL}};
    static const Weighted how[] = {
        {58, TOLD_PHONE, NULL}, {38, TOLD_SMS, NULL}, {4, TOLD_OTHER, NULL}};
    static const int notices[] = {0, 1, 2, 3, 20, 26, 48, 72};
    outcome->outcome = PICK(demo, kinds)->value;
    if (outcome->outcome == OUTCOME_CANCELLED) {
        outcome->by = PICK(demo, who)->value;
        outcome->told = PICK(demo, how)->value;
        outcome->notice = notices[pick(demo, G_N_ELEMENTS(notices))];
    } else if (outcome->outcome == OUTCOME_DECLINED) {
        outcome->by = BY_CLIENT;
        outcome->told = TOLD_ON_SITE;
        outcome->notice = 0;
    } else if (chance(demo, 0.6)) {
        return; /* nobody was at home, and nobody knows why */
    }
    outcome->cause = g_strdup(any_cause(demo, date));
    outcome->source = chance(demo, 0.8) ? SOURCE_CLIENT : SOURCE_STAFF;
    if (cause_source_by(outcome->by) == SOURCE_RELATIVE)
        outcome->source = SOURCE_RELATIVE;
    if (!cause_says_why(outcome->cause))
        outcome->source = SOURCE_NONE;
    if (strstr("MÅ ORO ORK", outcome->cause))
        fill_help(demo, outcome);
}

static void fill_outcome(Demo *demo, Date date, VisitOutcome *outcome)
{
    visit_outcome_clear(outcome);
    visit_outcome_init(outcome);
    /* A few of yesterday's are not recorded yet, as on any morning. */
    if (date >= demo->today || (date >= demo->today - 3 && chance(demo, 0.04)))
        return;
    if (chance(demo, missed_probability(demo, date))) {
        fill_missed(demo, date, outcome);
    } else if (chance(demo, 0.016)) {
        outcome->outcome = OUTCOME_UNIT_CANCELLED;
        outcome->by = BY_UNIT;
        outcome->cause = g_strdup("PSJ");
    } else if (chance(demo, 0.012)) {
        outcome->outcome = OUTCOME_DONE_OTHERWISE;
        outcome->cause = g_strdup("MÅ");
    } else {
        outcome->outcome = OUTCOME_DONE;
    }
}

/* What becomes of the latest visits of somebody whom the unit may be about to lose. As many others
 * that week take theirs instead, so that the weeks' shares are what they are. */
static void lose(Demo *demo, const DemoClient *client, Date date, VisitOutcome *outcome)
{
    const int back = week_between(week_of(date), week_of(demo->today));
    const gboolean missed = outcome_is_missed(outcome->outcome);
    if (date < demo->today - LOST_DAYS || date >= demo->today || outcome->outcome == OUTCOME_NONE ||
        outcome->outcome == OUTCOME_UNIT_CANCELLED)
        return;
    if (client->lost == OUTCOME_NONE && (!missed || demo->owed[back] == 0))
        return;
    demo->owed[back] += client->lost == OUTCOME_NONE ? -1 : !missed;
    visit_outcome_clear(outcome);
    visit_outcome_init(outcome);
    outcome->outcome = client->lost != OUTCOME_NONE ? client->lost : OUTCOME_DONE;
    if (client->lost == OUTCOME_NONE || client->lost == OUTCOME_NO_SHOW)
        return;
    const gboolean on_site = client->lost == OUTCOME_DECLINED;
    outcome->by = BY_CLIENT;
    outcome->told = on_site ? TOLD_ON_SITE : TOLD_SMS;
    outcome->notice = on_site ? 0 : 2;
    outcome->cause = g_strdup(on_site ? "ORK" : "MÅ");
    outcome->source = SOURCE_CLIENT;
    outcome->alternative = OFFER_PHONE;
    outcome->alternative_taken = 0;
}

/* --- visits ------------------------------------------------------------------------------------
 */

static gboolean comes_on(const DemoClient *client, Date date)
{
    const int weekday = date_weekday(date);
    return weekday <= 5 && (client->days & (1u << (weekday - 1))) != 0;
}

/* What the client's visits are planned by, from `first` until the day before `end`: as long as they
 * reach, so that nothing is laid out beside them. */
static gint64 add_series(Demo *demo, const DemoClient *client, Date first, Date end, GError **error)
{
    static const char *const names[] = {"MO", "TU", "WE", "TH", "FR"};
    g_autoptr(GString) rule = g_string_new("FREQ=WEEKLY;BYDAY=");
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (client->days & (1u << i))
            g_string_append_printf(rule, "%s%s", rule->str[rule->len - 1] == '=' ? "" : ",",
                                   names[i]);
    while (!comes_on(client, first))
        first++;
    Series series = {.client_id = client->id,
                     .staff_id = client->staff_id,
                     .rrule = rule->str,
                     .starts_on = first,
                     .ends_on = end - 1,
                     .start = client->start,
                     .minutes = client->minutes,
                     .laid_out_to = end - 1};
    return series_add_laid_out(demo->session, &series, error) ? series.id : 0;
}

/* Of so many alternatives that were taken one did not take place. */
#define INSTEAD_LOST 5

/* What was taken instead, at the same time, as visit_record() would have made it. */
static gboolean add_instead(Demo *demo, VisitBatch *batch, const Visit *of, GError **error)
{
    const VisitOutcome *lost = &of->outcome;
    if (lost->alternative_taken != 1)
        return TRUE;
    g_autoptr(Visit) visit = visit_new();
    visit->client_id = of->client_id;
    visit->staff_id = of->staff_id;
    for (guint i = 0; lost->alternative == OFFER_OTHER_PERSON && visit->staff_id == of->staff_id;
         i++)
        visit->staff_id = g_array_index(demo->support_workers, gint64, i);
    visit->date = of->date;
    visit->start = of->start;
    visit->minutes = alternative_minutes(lost->alternative, of->minutes);
    visit->mode = alternative_mode(lost->alternative);
    visit->outcome.outcome = ++demo->taken % INSTEAD_LOST == 0 ? OUTCOME_NO_SHOW : OUTCOME_DONE;
    return visit_batch_add_instead(batch, visit, error) != BATCH_ERROR;
}

static gboolean add_day(Demo *demo, VisitBatch *batch, const DemoClient *client, gint64 series,
                        Date date, GError **error)
{
    g_autoptr(Visit) visit = visit_new();
    visit->client_id = client->id;
    visit->series_id = series;
    visit->staff_id = client->staff_id;
    visit->date = date;
    visit->start = client->start + (chance(demo, 0.25) ? 30 : 0);
    visit->minutes = client->minutes;
    fill_outcome(demo, date, &visit->outcome);
    lose(demo, client, date, &visit->outcome);
    return visit_batch_add(batch, visit, error) != BATCH_ERROR &&
           add_instead(demo, batch, visit, error);
}

static gboolean add_visits(Demo *demo, GError **error)
{
    const Date first = week_monday(week_of(demo->today)) - 7 * (Date)demo->weeks;
    const Date last = week_monday(week_of(demo->today)) + 7 * (WEEKS_AHEAD + 1);
    g_autoptr(VisitBatch) batch = visit_batch_new(demo->session, 0, error);
    if (!batch || !visit_batch_expect(batch, (gint64)demo->clients->len * demo->weeks, error))
        return FALSE;
    for (guint i = 0; i < demo->clients->len; i++) {
        const DemoClient *client = &g_array_index(demo->clients, DemoClient, i);
        const gint64 series = add_series(demo, client, first, last, error);
        if (series == 0)
            return FALSE;
        for (Date date = first; date < last; date++)
            if (comes_on(client, date) && !add_day(demo, batch, client, series, date, error))
                return FALSE;
        if (!go_on(demo, 1 - VISIT_SHARE + VISIT_SHARE * i / demo->clients->len, error))
            return FALSE;
    }
    return visit_batch_finish(batch, error);
}

/* Of those whose card the unit's founder may open. */
static const DemoClient *any_client(Demo *demo)
{
    const DemoClient *client;
    do
        client = &g_array_index(demo->clients, DemoClient, pick(demo, demo->clients->len));
    while (!client_may_open(demo->session, client->id));
    return client;
}

/* The latest visits that were not taken and have no new time. Array of Visit *. */
static GPtrArray *to_rebook(Demo *demo, GError **error)
{
    enum { LOOKED_THROUGH = 60 };
    VisitQuery missed = {.from = DATE_NONE,
                         .to = demo->today,
                         .outcome = -1,
                         .missed = TRUE,
                         .stand_in = STAND_IN_NOT,
                         .backwards = TRUE};
    GPtrArray *visits = visit_list(demo->session, &missed, NULL, LOOKED_THROUGH, error);
    for (guint i = visits != NULL ? visits->len : 0; i > 0; i--)
        if (((const Visit *)visits->pdata[i - 1])->new_visit_id != 0)
            g_ptr_array_remove_index(visits, i - 1);
    return visits;
}

static gboolean add_tasks(Demo *demo, GError **error)
{
    g_autoptr(GPtrArray) visits = to_rebook(demo, error);
    if (visits == NULL)
        return FALSE;
    for (guint i = 0; i < 9 && i < demo->clients->len; i++) {
        const DemoClient *client = any_client(demo);
        g_autoptr(Task) task = task_new();
        task->kind = i % 3 == 0 ? TASK_CALL_BACK : TASK_REBOOK;
        task->client_id = client->id;
        task->staff_id = client->staff_id;
        task->due_date = demo->today - 2 + (Date)i;
        if (task->kind == TASK_REBOOK && i < visits->len) {
            const Visit *visit = visits->pdata[i];
            task->client_id = visit->client_id;
            task->staff_id = visit->staff_id;
            task->visit_id = visit->id;
        }
        if (!task_add(demo->session, task, error))
            return FALSE;
    }
    return TRUE;
}

/* Those of the clients of whom `belongs` says so, since the first week. */
static gboolean add_group(Demo *demo, const char *name, gboolean (*belongs)(guint), GError **error)
{
    const Date first = week_monday(week_of(demo->today)) - 7 * (Date)demo->weeks;
    gint64 group;
    if (!group_add(demo->session, name, &group, error))
        return FALSE;
    for (guint i = 0; i < demo->clients->len; i++) {
        const gint64 client = g_array_index(demo->clients, DemoClient, i).id;
        if (belongs(i) && client_may_open(demo->session, client) &&
            !group_member_add(demo->session, group, client, first, DATE_NONE, error))
            return FALSE;
    }
    return TRUE;
}

/* The pilot of the unit, and those with a plan of two questions. */
static gboolean add_groups(Demo *demo, GError **error)
{
    return demo->scale > 1 || (add_group(demo, "Piloten 18–25 år", is_young, error) &&
                               add_group(demo, "Plan med två frågor", demo_has_plan, error));
}

static gboolean fill(Demo *demo, GError **error)
{
    g_autoptr(DbTransaction) transaction = db_transaction_large(session_db(demo->session), error);
    return transaction != NULL && add_people(demo, error) && add_visits(demo, error) &&
           add_tasks(demo, error) && add_improvement(demo, error) && add_groups(demo, error) &&
           add_users(demo, error) && db_transaction_commit(transaction, error);
}

gboolean demo_fill(Session *session, DemoSize size, guint32 seed,
                   gboolean (*progress)(double share, gpointer data), gpointer data, GError **error)
{
    Demo demo = {.session = session,
                 .random = g_rand_new_with_seed(seed),
                 .today = clock_today(),
                 .scale = sizes[size].scale,
                 .weeks = sizes[size].weeks,
                 .support_workers = g_array_new(FALSE, FALSE, sizeof(gint64)),
                 .case_officers = g_array_new(FALSE, FALSE, sizeof(gint64)),
                 .clients = g_array_new(FALSE, FALSE, sizeof(DemoClient)),
                 .progress = progress,
                 .data = data};
    const gboolean done =
        fill(&demo, error) && (size != DEMO_UNIT || demo_walks_fill(session, seed, error));
    if (done && progress)
        progress(1, data);
    g_rand_free(demo.random);
    g_array_unref(demo.support_workers);
    g_array_unref(demo.case_officers);
    g_array_unref(demo.clients);
    return done;
}

/* --- a whole unit ------------------------------------------------------------------------------
 */

/* What lies beside a database, the database last. */
static GStrv files_of(const char *database)
{
    GStrv files = g_new0(char *, 5);
    files[0] = g_strconcat(database, "-journal", NULL);
    files[1] = vault_copy_path_for(database);
    files[2] = vault_path_for(database);
    files[3] = g_strdup(database);
    return files;
}

static void remove_files(GStrv files)
{
    for (int i = 0; files[i]; i++)
        g_unlink(files[i]);
}

/* The database last: where it is, everything is. */
static gboolean move_files(GStrv from, GStrv to, GError **error)
{
    for (int i = 0; from[i]; i++) {
        if (g_rename(from[i], to[i]) == 0 || errno == ENOENT)
            continue;
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("The demo could not be put at %s (%s)."),
                    to[i], g_strerror(errno));
        remove_files(to);
        return FALSE;
    }
    return TRUE;
}

static gboolean make_unfinished(const char *database, DemoSize size, guint32 seed,
                                gboolean (*progress)(double share, gpointer data), gpointer data,
                                GError **error)
{
    g_autoptr(Secret) passphrase = secret_from_text(DEMO_PASSPHRASE);
    g_autoptr(Secret) recovery = NULL;
    const SessionOpening opening = {
        .database = database, .login = "admin", .passphrase = passphrase, .demo = TRUE};
    g_autoptr(Session) session = session_create(&opening, _("Demo unit"), _("Demo administrator"),
                                                ROLE_ADMINISTRATOR, &recovery, error);
    return session && demo_fill(session, size, seed, progress, data, error);
}

gboolean demo_make(const char *database, DemoSize size, guint32 seed,
                   gboolean (*progress)(double share, gpointer data), gpointer data, GError **error)
{
    g_autofree char *unfinished = g_strconcat(database, ".unfinished", NULL);
    g_auto(GStrv) from = files_of(unfinished);
    g_auto(GStrv) to = files_of(database);
    if (!session_is_file_name(database, error))
        return FALSE;
    /* The database first: it is what one knows by name. */
    for (guint i = g_strv_length(to); i-- > 0;)
        if (g_file_test(to[i], G_FILE_TEST_EXISTS)) {
            g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                        _("There is a file %s already. Choose another place for the demo."), to[i]);
            return FALSE;
        }
    remove_files(from);
    if (make_unfinished(unfinished, size, seed, progress, data, error) &&
        move_files(from, to, error))
        return TRUE;
    remove_files(from);
    return FALSE;
}
