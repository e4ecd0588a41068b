/* paper_layout.c: text laid out in the paper's fonts, and how much room there is for it. */
#include "exchange/paper_private.h"

/* The first one the computer has. Liberation Sans is plain, legible and narrow; where it lacks a
 * script, Pango goes on to the others and then to whatever has it. */
#define FONTS "Liberation Sans, DejaVu Sans, Sans"

/* The first character of the text that no font has. New. */
static char *find_unknown(PangoLayout *layout)
{
    g_autoptr(PangoLayout) single = LIB->pango_layout_copy(layout);
    for (const char *at = LIB->pango_layout_get_text(layout); *at != '\0';
         at = g_utf8_next_char(at)) {
        int bytes = (int)(g_utf8_next_char(at) - at);
        LIB->pango_layout_set_text(single, at, bytes);
        if (LIB->pango_layout_get_unknown_glyphs_count(single) > 0)
            return g_strndup(at, (gsize)bytes);
    }
    return g_strdup("?");
}

PangoLayout *paper_layout(Paper *paper, const char *text, double size, gboolean bold, double width)
{
    PangoLayout *layout = LIB->pango_layout_new(paper->context);
    PangoFontDescription *font = LIB->pango_font_description_from_string(FONTS);
    LIB->pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    LIB->pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    LIB->pango_layout_set_font_description(layout, font);
    LIB->pango_font_description_free(font);

    /* A number or a word too long for its line is broken without a hyphen of Pango's own. */
    PangoAttrList *attributes = LIB->pango_attr_list_new();
    LIB->pango_attr_list_insert(attributes, LIB->pango_attr_insert_hyphens_new(FALSE));
    LIB->pango_layout_set_attributes(layout, attributes);
    LIB->pango_attr_list_unref(attributes);

    LIB->pango_layout_set_line_spacing(layout, (float)paper->style->leading);
    LIB->pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (width >= 0)
        LIB->pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    LIB->pango_layout_set_text(layout, text, -1);
    if (paper->unknown == NULL && LIB->pango_layout_get_unknown_glyphs_count(layout) > 0)
        paper->unknown = find_unknown(layout);
    return layout;
}

double paper_layout_width(PangoLayout *layout)
{
    PangoRectangle logical;
    LIB->pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

double paper_column_width(const Paper *paper, int columns)
{
    const double whole = PAGE_WIDTH - 2 * paper->style->margin;
    return (whole - (columns - 1) * paper->style->gutter) / columns;
}

double paper_text_room(const Paper *paper)
{
    return paper_column_width(paper, paper->columns) - paper->indent;
}
