/* demo_walks.c: the demo's children and young people who have been placed away from home, and the
 * interviews about it in every state that one meets them in. The case officer "hand" has them all.
 *
 * Chance is drawn from a sequence of its own, so that the rest of the demo stays as it is. */
#include "base/clock.h"
#include "base/fault.h"
#include "care/client/client.h"
#include "care/client/plan.h"
#include "care/placement/placement.h"
#include "care/response/walk.h"
#include "care/unit/opening.h"
#include "exchange/demo.h"
#include "exchange/demo_private.h"

#include <string.h>

#define OFFICER "hand"
#define SEED_OF_WALKS 0x75627500u
#define FIRST_CHILD_NUMBER 2000
#define FIRST_PHONE 97 /* of the numbers that PTS keeps for fiction */
#define HALF 12        /* questions answered of an interview that was broken off */
#define NO_DAY (-1)

static const struct {
    const char *name;
    InstitutionKind kind;
    gboolean active;
} institutions[] = {
    {"Villa Exempelvik", INSTITUTION_HVB, TRUE},
    {"Exempelgårdens stödboende", INSTITUTION_SUPPORTED_HOUSING, TRUE},
    {"Träningslägenheterna Mallgatan", INSTITUTION_TRAINING_FLAT, TRUE},
    {"Ungdomshemmet Provåsen", INSTITUTION_SIS, TRUE},
    {"Familjehem 14", INSTITUTION_FOSTER_HOME, TRUE},
    {"Jourhem 3", INSTITUTION_EMERGENCY_FOSTER_HOME, TRUE},
    {"Gamla Provgården", INSTITUTION_HVB, FALSE},
};
enum { VILLA, SUPPORTED, FLATS, YOUTH_HOME, FAMILY, EMERGENCY, OLD_HOME, INSTITUTIONS };

typedef enum {
    PART_NOTHING,
    PART_CALLED,     /* begun, and nobody answered the phone */
    PART_BROKEN_OFF, /* half of it is answered, and a day for going on agreed */
    PART_COMPLETED,
    PART_DECLINED,
    PART_NOT_REACHED,
} PartState;

/* Days ago. */
static const struct {
    guint child, institution;
    int started, ended; /* NO_DAY: it goes on */
    PartState parts[RESPONDENT_COUNT];
} placements[] = {
    {0, VILLA, 400, 41, {PART_COMPLETED, PART_BROKEN_OFF, PART_CALLED}},
    {1, OLD_HOME, 900, 320, {PART_COMPLETED, PART_COMPLETED, PART_NOT_REACHED}},
    {1, SUPPORTED, 319, 80, {PART_BROKEN_OFF, PART_DECLINED, PART_NOTHING}},
    {1, FLATS, 79, NO_DAY, {PART_NOTHING, PART_NOTHING, PART_NOTHING}},
    {2, EMERGENCY, 229, 201, {PART_NOTHING, PART_NOTHING, PART_NOTHING}},
    {2, FAMILY, 200, 12, {PART_NOTHING, PART_NOTHING, PART_NOTHING}},
};

typedef struct {
    Session *session; /* of the officer */
    GRand *random;
    Date today;
    gint64 institutions[INSTITUTIONS];
    gint64 children[DEMO_CHILDREN];
} Walks;

static guint pick(Walks *walks, gsize count)
{
    return (guint)g_rand_int_range(walks->random, 0, (gint32)count);
}

/* --- people and places ------------------------------------------------------------------------ */

static gboolean add_child(Walks *walks, guint index, GError **error)
{
    g_autoptr(Client) client = client_new();
    IdNumber id;
    idnumber_parse(demo_child_numbers[index], walks->today, &id);
    const char *given = id.sex == SEX_WOMAN ? demo_women[pick(walks, demo_women_count)]
                                            : demo_men[pick(walks, demo_men_count)];
    client->name =
        g_strconcat(given, " ", demo_family_names[pick(walks, demo_family_names_count)], NULL);
    client->id_number = g_strdup(id.number);
    client->number = g_strdup_printf("B%u", FIRST_CHILD_NUMBER + index);
    client->phone = g_strdup_printf("070-174 06 %02u", FIRST_PHONE + index);
    client->case_officer_id = session_staff_id(walks->session);
    if (!client_add(walks->session, client, error))
        return FALSE;
    walks->children[index] = client->id;
    return TRUE;
}

static gboolean add_institution(Walks *walks, guint index, GError **error)
{
    g_autoptr(Institution) institution = g_new0(Institution, 1);
    institution->name = g_strdup(institutions[index].name);
    institution->kind = institutions[index].kind;
    if (!institution_add(walks->session, institution, error))
        return FALSE;
    walks->institutions[index] = institution->id;
    institution->active = institutions[index].active;
    return institution_change(walks->session, institution, error);
}

/* --- answers ---------------------------------------------------------------------------------- */

static char *any_option(Walks *walks, const FormItem *item)
{
    const FormOption *option;
    do
        option = item->options->pdata[pick(walks, item->options->len)];
    while (item->repeats && option->exclusive);
    return g_strdup(option->code);
}

/* What somebody may have answered, as it is stored; NULL: the question is passed over. New. */
static char *any_value(Walks *walks, const FormItem *item)
{
    switch (item->type) {
    case ITEM_CHOICE:
    case ITEM_OPEN_CHOICE:
        return any_option(walks, item);
    case ITEM_BOOLEAN: {
        gboolean yes = pick(walks, 3) > 0;
        /* Nobody has been hurt in the demo. */
        return g_strdup(yes && g_strcmp0(item->maps_to, "task.soon") != 0 ? "true" : "false");
    }
    case ITEM_INTEGER:
        return g_strdup_printf("%u", pick(walks, 3));
    default:
        return NULL;
    }
}

/* An unusual answer stands with a reason. */
static gboolean answer(Walks *walks, Walk *walk, const char *value, GError **error)
{
    g_autofree char *sentence = NULL, *again = NULL;
    WalkResult result = walk_answer(walk, walks->session, value, NULL, &sentence, error);
    if (result == WALK_DOUBTFUL)
        result = walk_answer(walk, walks->session, value, "Uppföljningen gjordes i efterhand.",
                             &again, error);
    if (result == WALK_REFUSED)
        fault_set(error, "the demo answers %s: %s", value, sentence != NULL ? sentence : again);
    return result == WALK_SAVED;
}

/* At most `most` questions from where the walk is. */
static gboolean answer_on(Walks *walks, Walk *walk, int most, GError **error)
{
    for (int i = 0; i < most && !walk_at_end(walk); i++) {
        g_autofree char *value = any_value(walks, walk_step(walk)->item);
        if ((value != NULL && !answer(walks, walk, value, error)) ||
            !walk_forward(walk, walks->session, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean call(Walks *walks, Walk *walk, CallResult result, Date back, GError **error)
{
    const Call made = {
        .result = result, .back_date = back, .back_time = back != DATE_NONE ? 16 * 60 : -1};
    return walk_set_mode(walk, walks->session, MODE_PHONE, error) &&
           walk_call(walk, walks->session, &made, error);
}

static gboolean go_through(Walks *walks, Walk *walk, PartState state, GError **error)
{
    switch (state) {
    case PART_CALLED:
        return call(walks, walk, CALL_NO_ANSWER, DATE_NONE, error);
    case PART_BROKEN_OFF:
        return answer_on(walks, walk, HALF, error) &&
               (strcmp(walk_response(walk)->respondent, "child") != 0 ||
                call(walks, walk, CALL_LATER, walks->today + 1, error));
    case PART_COMPLETED:
        return answer_on(walks, walk, G_MAXINT, error) &&
               walk_rest_not_asked(walk, walks->session, error) >= 0 &&
               walk_complete(walk, walks->session, error);
    case PART_DECLINED:
        return walk_give_up(walk, walks->session, NOT_DONE_DECLINED, "Ville inte prata om det nu.",
                            error);
    default:
        return call(walks, walk, CALL_NO_ANSWER, DATE_NONE, error) &&
               walk_give_up(walk, walks->session, NOT_DONE_NOT_REACHED, NULL, error);
    }
}

static gboolean add_part(Walks *walks, const Placement *placement, Respondent respondent,
                         PartState state, GError **error)
{
    if (state == PART_NOTHING)
        return TRUE;
    Walk *walk = walk_begin(walks->session, respondent_form(respondent), placement->client_id,
                            respondent_code(respondent), placement->id, NULL, error);
    gboolean done = walk != NULL && go_through(walks, walk, state, error);
    if (walk != NULL)
        walk_close(walk, walks->session);
    return done;
}

static gboolean add_placement(Walks *walks, guint index, GError **error)
{
    const guint where = placements[index].institution;
    const int ended = placements[index].ended;
    g_autoptr(Placement) placement = g_new0(Placement, 1);
    placement->client_id = walks->children[placements[index].child];
    placement->institution_id = walks->institutions[where];
    placement->institution = g_strdup(institutions[where].name);
    placement->started_on = walks->today - placements[index].started;
    placement->ended_on = ended != NO_DAY ? walks->today - ended : DATE_NONE;
    placement->staff_id = session_staff_id(walks->session);
    if (!placement_save(walks->session, placement, error))
        return FALSE;
    for (Respondent r = RESPONDENT_CASE_OFFICER; r < RESPONDENT_COUNT; r++)
        if (!add_part(walks, placement, r, placements[index].parts[r], error))
            return FALSE;
    return TRUE;
}

/* --- plans ------------------------------------------------------------------------------------ */

/* As the client said it. */
static const struct {
    const char *hard, *then;
} plans[] = {
    {"När jag inte har sovit orkar jag inte gå upp.", "Ring mig på eftermiddagen i stället."},
    {"Jag blir orolig när det är någon jag inte känner.", "Säg till dagen innan om någon annan kommer."},
    {"Det blir för mycket när det är flera saker samma dag.", "Kom en kortare stund, eller ta en promenad."},
};

gboolean demo_has_plan(guint index)
{
    return index % 18 == 9;
}

static gboolean fill_plan(Walks *walks, Walk *walk, guint which, GError **error)
{
    const char *const answers[] = {plans[which].hard, plans[which].then, "false"};
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++)
        if (!answer(walks, walk, answers[i], error) ||
            !walk_forward(walk, walks->session, error))
            return FALSE;
    return walk_complete(walk, walks->session, error);
}

/* Of all those of the officer whose card is open to them. */
static gboolean add_plans(Walks *walks, GError **error)
{
    for (guint index = 0; index < DEMO_CLIENTS; index++) {
        g_autofree char *number = g_strdup_printf("B%u", FIRST_CLIENT_NUMBER + index);
        gint64 id = 0;
        if (!demo_has_plan(index))
            continue;
        if (!client_find(walks->session, NULL, number, &id, error))
            return FALSE;
        if (id == 0)
            continue;
        Walk *walk = walk_begin(walks->session, PLAN_FORM, id, "client", 0, NULL, error);
        const gboolean done =
            walk != NULL && fill_plan(walks, walk, index % G_N_ELEMENTS(plans), error);
        if (walk != NULL)
            walk_close(walk, walks->session);
        if (!done)
            return FALSE;
    }
    return TRUE;
}

/* --- all of it -------------------------------------------------------------------------------- */

static gboolean fill(Walks *walks, GError **error)
{
    g_autoptr(DbTransaction) transaction = db_transaction(session_db(walks->session), error);
    if (transaction == NULL)
        return FALSE;
    for (guint i = 0; i < INSTITUTIONS; i++)
        if (!add_institution(walks, i, error))
            return FALSE;
    for (guint i = 0; i < DEMO_CHILDREN; i++)
        if (!add_child(walks, i, error))
            return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(placements); i++)
        if (!add_placement(walks, i, error))
            return FALSE;
    if (!add_plans(walks, error))
        return FALSE;
    return db_transaction_commit(transaction, error);
}

gboolean demo_walks_fill(Session *session, guint32 seed, GError **error)
{
    g_autoptr(Secret) passphrase = secret_from_text(DEMO_PASSPHRASE);
    const SessionOpening opening = {
        .database = db_path(session_db(session)), .login = OFFICER, .passphrase = passphrase};
    g_autoptr(Session) officer = session_open(&opening, error);
    if (officer == NULL)
        return FALSE;
    Walks walks = {.session = officer,
                   .random = g_rand_new_with_seed(seed ^ SEED_OF_WALKS),
                   .today = clock_today()};
    gboolean done = fill(&walks, error);
    g_rand_free(walks.random);
    return done;
}
