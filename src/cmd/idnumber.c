/* idnumber.c: dagsform idnumber: what an identity number is and what is wrong with it. */
#include "base/idnumber.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "cmd/commands.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

static const char *sex_code(Sex sex)
{
    return sex == SEX_WOMAN ? "woman" : sex == SEX_MAN ? "man" : "unknown";
}

static const char *kind_code(IdKind kind)
{
    static const char *codes[] = {"none", "personnummer", "samordningsnummer", "reservnummer"};
    return codes[kind];
}

static void add_json(JsonBuilder *json, const char *text, const IdNumber *id)
{
    char birth[DATE_SIZE];
    json_builder_begin_object(json);
    json_builder_set_member_name(json, "given");
    json_builder_add_string_value(json, text);
    json_builder_set_member_name(json, "valid");
    json_builder_add_boolean_value(json, id->fault == ID_OK);
    json_builder_set_member_name(json, "kind");
    json_builder_add_string_value(json, kind_code(id->kind));
    if (id->fault == ID_OK) {
        json_builder_set_member_name(json, "number");
        json_builder_add_string_value(json, id->number);
        json_builder_set_member_name(json, "birth");
        json_builder_add_string_value(json, date_format(id->birth, birth));
        json_builder_set_member_name(json, "sex");
        json_builder_add_string_value(json, sex_code(id->sex));
    } else {
        json_builder_set_member_name(json, "fault");
        json_builder_add_string_value(json, idnumber_fault_text(id->fault));
    }
    json_builder_end_object(json);
}

static void print_line(const char *text, const IdNumber *id)
{
    char birth[DATE_SIZE];
    if (id->fault != ID_OK)
        printf("%s: %s\n", text, idnumber_fault_text(id->fault));
    else if (id->birth == DATE_NONE)
        printf(_("%s: %s, birth date not known, %s\n"), id->number, idnumber_kind_name(id->kind),
               sex_name(id->sex));
    else
        printf(_("%s: %s, born %s, %s\n"), id->number, idnumber_kind_name(id->kind),
               date_format(id->birth, birth), sex_name(id->sex));
}

int cmd_idnumber(const Command *self, int argc, char **argv)
{
    CommonOptions common = {0};
    int exit_code;
    if (!cmd_parse(self, NULL, &common, &argc, &argv, &exit_code)) {
        common_options_clear(&common);
        return exit_code;
    }
    gboolean as_json = common.json;
    common_options_clear(&common);
    if (argc < 2) {
        fprintf(stderr, "%s\n", _("Write one or more numbers: dagsform idnumber 640823-3234"));
        return EXIT_USAGE;
    }
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_array(json);
    exit_code = EXIT_DONE;
    for (int i = 1; i < argc; i++) {
        IdNumber id;
        if (!idnumber_parse(argv[i], clock_today(), &id))
            exit_code = EXIT_FAILED;
        if (as_json)
            add_json(json, argv[i], &id);
        else
            print_line(argv[i], &id);
    }
    json_builder_end_array(json);
    if (as_json) {
        g_autoptr(JsonNode) root = json_builder_get_root(json);
        g_autofree char *text = json_to_string(root, TRUE);
        printf("%s\n", text);
    }
    return exit_code;
}
