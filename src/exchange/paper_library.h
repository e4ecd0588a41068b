/* paper_library.h: the functions of cairo and pango that paper.h needs. They are loaded when the
 * first paper is made, not when the program starts: with all that they need themselves they are
 * thirty libraries, which took a third of the time from the command to the first screen, and
 * whoever writes no paper today never needs them. */
#pragma once

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define PAPER_FUNCTIONS(LEND)                                                                      \
    LEND(cairo_create)                                                                             \
    LEND(cairo_destroy)                                                                            \
    LEND(cairo_fill)                                                                               \
    LEND(cairo_font_options_create)                                                                \
    LEND(cairo_font_options_destroy)                                                               \
    LEND(cairo_font_options_set_hint_metrics)                                                      \
    LEND(cairo_font_options_set_hint_style)                                                        \
    LEND(cairo_line_to)                                                                            \
    LEND(cairo_move_to)                                                                            \
    LEND(cairo_new_path)                                                                           \
    LEND(cairo_pdf_surface_add_outline)                                                            \
    LEND(cairo_pdf_surface_create_for_stream)                                                      \
    LEND(cairo_pdf_surface_restrict_to_version)                                                    \
    LEND(cairo_pdf_surface_set_metadata)                                                           \
    LEND(cairo_rectangle)                                                                          \
    LEND(cairo_rel_line_to)                                                                        \
    LEND(cairo_set_dash)                                                                           \
    LEND(cairo_set_line_width)                                                                     \
    LEND(cairo_set_source_rgb)                                                                     \
    LEND(cairo_show_page)                                                                          \
    LEND(cairo_status)                                                                             \
    LEND(cairo_stroke)                                                                             \
    LEND(cairo_surface_destroy)                                                                    \
    LEND(cairo_surface_finish)                                                                     \
    LEND(cairo_surface_status)                                                                     \
    LEND(cairo_tag_begin)                                                                          \
    LEND(cairo_tag_end)                                                                            \
    LEND(pango_attr_insert_hyphens_new)                                                            \
    LEND(pango_attr_list_insert)                                                                   \
    LEND(pango_attr_list_new)                                                                      \
    LEND(pango_attr_list_unref)                                                                    \
    LEND(pango_cairo_context_set_font_options)                                                     \
    LEND(pango_cairo_context_set_resolution)                                                       \
    LEND(pango_cairo_font_map_new)                                                                 \
    LEND(pango_cairo_show_layout)                                                                  \
    LEND(pango_cairo_show_layout_line)                                                             \
    LEND(pango_context_set_language)                                                               \
    LEND(pango_context_set_round_glyph_positions)                                                  \
    LEND(pango_font_description_free)                                                              \
    LEND(pango_font_description_from_string)                                                       \
    LEND(pango_font_description_set_absolute_size)                                                 \
    LEND(pango_font_description_set_weight)                                                        \
    LEND(pango_font_family_get_name)                                                               \
    LEND(pango_font_map_create_context)                                                            \
    LEND(pango_font_map_list_families)                                                             \
    LEND(pango_language_from_string)                                                               \
    LEND(pango_layout_copy)                                                                        \
    LEND(pango_layout_get_direction)                                                               \
    LEND(pango_layout_get_extents)                                                                 \
    LEND(pango_layout_get_iter)                                                                    \
    LEND(pango_layout_get_line_count)                                                              \
    LEND(pango_layout_get_line_readonly)                                                           \
    LEND(pango_layout_get_text)                                                                    \
    LEND(pango_layout_get_unknown_glyphs_count)                                                    \
    LEND(pango_layout_iter_free)                                                                   \
    LEND(pango_layout_iter_get_baseline)                                                           \
    LEND(pango_layout_iter_get_line_extents)                                                       \
    LEND(pango_layout_iter_get_line_yrange)                                                        \
    LEND(pango_layout_iter_next_line)                                                              \
    LEND(pango_layout_new)                                                                         \
    LEND(pango_layout_set_alignment)                                                               \
    LEND(pango_layout_set_attributes)                                                              \
    LEND(pango_layout_set_ellipsize)                                                               \
    LEND(pango_layout_set_font_description)                                                        \
    LEND(pango_layout_set_line_spacing)                                                            \
    LEND(pango_layout_set_text)                                                                    \
    LEND(pango_layout_set_width)                                                                   \
    LEND(pango_layout_set_wrap)

typedef struct {
#define LENT(name) __typeof__(name) *name;
    PAPER_FUNCTIONS(LENT)
#undef LENT
} PaperLibrary;

/* Loads them, once. NULL, and ERROR_NOT_FOUND with what to install, where the computer has them
 * not; having been given once it cannot fail. */
const PaperLibrary *paper_library(GError **error);
/* For whatever works on a Paper, which is only made where they are. */
#define LIB paper_library(NULL)
