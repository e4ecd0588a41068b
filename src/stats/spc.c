/* spc.c: centre lines, limits and signals of control charts. Arithmetic only. */
#include "stats/spc.h"

#include <math.h>

#include "base/code.h"

/* The mean range of two measurements in standard deviations: d₂ for n = 2. */
#define D2 1.128
#define SIGMAS 3

static const CodeWord KINDS[SPC_KINDS] = {
    [SPC_RUN] = {"run", NULL}, [SPC_P] = {"p", NULL},     [SPC_U] = {"u", NULL},
    [SPC_C] = {"c", NULL},     [SPC_XMR] = {"xmr", NULL},
};
CODE_FUNCTIONS(SpcKind, spc, KINDS)

/* NAN where nothing was counted, or nothing that it is a share of. */
static double value_of(SpcKind kind, const SpcInput *input)
{
    if (kind == SPC_C || isnan(input->n))
        return input->count;
    return input->n > 0 ? input->count / input->n : NAN;
}

static gboolean is_base(const SpcPoint *point)
{
    return !point->excluded && !isnan(point->value);
}

/* The points that centre and limits are counted from: of the part, and no more than `freeze`. */
static gsize base_end(const SpcPart *part, gsize freeze)
{
    return part->first + (freeze > 0 ? MIN(freeze, part->count) : part->count);
}

static double median_of(const SpcChart *chart, gsize first, gsize end)
{
    g_autofree double *values = g_new(double, end - first);
    for (gsize i = first; i < end; i++)
        values[i - first] = is_base(&chart->points[i]) ? chart->points[i].value : NAN;
    return run_median(values, end - first);
}

/* All events by all they are of; of measurements and of c their mean. */
static double mean_of(const SpcChart *chart, const SpcInput *inputs, gsize first, gsize end)
{
    const gboolean weighed = chart->kind == SPC_P || chart->kind == SPC_U;
    double sum = 0, of = 0;
    for (gsize i = first; i < end; i++) {
        if (!is_base(&chart->points[i]))
            continue;
        sum += weighed ? inputs[i].count : chart->points[i].value;
        of += weighed ? inputs[i].n : 1;
    }
    return of > 0 ? sum / of : NAN;
}

/* The standard deviation as the ranges between measurements that follow each other show it; NAN
 * when there are no two. */
static double deviation_of(const SpcChart *chart, gsize first, gsize end)
{
    double sum = 0, before = NAN;
    gsize ranges = 0;
    for (gsize i = first; i < end; i++) {
        const double value = chart->points[i].value;
        if (!is_base(&chart->points[i]))
            continue;
        if (!isnan(before)) {
            sum += fabs(value - before);
            ranges++;
        }
        before = value;
    }
    return ranges > 0 ? sum / (double)ranges / D2 : NAN;
}

/* The standard deviation of a point round `centre`; NAN: the chart has no limits. */
static double sigma_of(SpcKind kind, double centre, double n, double deviation)
{
    switch (kind) {
    case SPC_P:
        return sqrt(centre * (1 - centre) / n);
    case SPC_U:
        return sqrt(centre / n);
    case SPC_C:
        return sqrt(centre);
    case SPC_XMR:
        return deviation;
    case SPC_RUN:
    case SPC_KINDS:
        break;
    }
    return NAN;
}

static void set_limits(SpcPoint *point, SpcKind kind, double centre, double sigma)
{
    point->centre = centre;
    if (isnan(point->value) || isnan(sigma))
        return;
    point->lower = centre - SIGMAS * sigma;
    point->upper = centre + SIGMAS * sigma;
    if (kind != SPC_XMR)
        point->lower = MAX(point->lower, 0);
    if (kind == SPC_P)
        point->upper = MIN(point->upper, 1);
    if (!point->excluded)
        point->outside = (point->value > point->upper) - (point->value < point->lower);
}

static void count_runs(const SpcChart *chart, SpcPart *part)
{
    g_autofree double *values = g_new(double, part->count);
    for (gsize i = 0; i < part->count; i++) {
        const SpcPoint *point = &chart->points[part->first + i];
        values[i] = is_base(point) ? point->value : NAN;
    }
    part->runs = run_signal(values, part->count, part->centre);
    Run *runs[] = {&part->runs.last, &part->runs.told};
    for (gsize i = 0; i < G_N_ELEMENTS(runs); i++) {
        runs[i]->first += part->first;
        runs[i]->last += part->first;
    }
}

static void chart_part(SpcChart *chart, const SpcInput *inputs, guint index, gsize freeze)
{
    SpcPart *part = &chart->parts[index];
    const gsize end = base_end(part, freeze);
    for (gsize i = part->first; i < end; i++)
        part->base += is_base(&chart->points[i]);
    part->trial = part->base < SPC_TRIAL;
    part->centre = chart->kind == SPC_RUN ? median_of(chart, part->first, end)
                                          : mean_of(chart, inputs, part->first, end);
    const double deviation = deviation_of(chart, part->first, end);
    for (gsize i = part->first; i < part->first + part->count; i++) {
        chart->points[i].part = index;
        set_limits(&chart->points[i], chart->kind, part->centre,
                   sigma_of(chart->kind, part->centre, inputs[i].n, deviation));
    }
    count_runs(chart, part);
}

SpcChart *spc_new(SpcKind kind, const SpcInput *inputs, gsize count, const gsize *starts,
                  gsize start_count, gsize freeze)
{
    SpcChart *chart = g_new0(SpcChart, 1);
    chart->kind = kind;
    chart->count = count;
    chart->points = g_new0(SpcPoint, count);
    for (gsize i = 0; i < count; i++)
        chart->points[i] = (SpcPoint){.value = value_of(kind, &inputs[i]),
                                      .lower = NAN,
                                      .upper = NAN,
                                      .excluded = inputs[i].excluded};
    chart->part_count = start_count + 1;
    chart->parts = g_new0(SpcPart, chart->part_count);
    for (gsize i = 0; i < chart->part_count; i++) {
        const gsize first = i > 0 ? starts[i - 1] : 0;
        const gsize end = i < start_count ? starts[i] : count;
        chart->parts[i] = (SpcPart){.first = first, .count = end - first};
        chart_part(chart, inputs, (guint)i, freeze);
    }
    return chart;
}

void spc_free(SpcChart *chart)
{
    if (chart == NULL)
        return;
    g_free(chart->points);
    g_free(chart->parts);
    g_free(chart);
}

gboolean spc_has_signal(const SpcChart *chart)
{
    for (gsize i = 0; i < chart->part_count; i++)
        if (chart->parts[i].runs.signal)
            return TRUE;
    for (gsize i = 0; i < chart->count; i++)
        if (chart->points[i].outside != 0)
            return TRUE;
    return FALSE;
}
