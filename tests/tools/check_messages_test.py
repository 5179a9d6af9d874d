from planted_tree import PlantedTree


def table(*rows):
    return "constexpr MessageRow kMessages[] = {\n    // Errors.\n" + "\n".join(rows) + "\n};\n"


MISSING = '{"error.missing", "no file {path}", "pas de fichier {path}"},'
PEERS = '{"alert.peers", "{count} {count?peer|peers}, \\"{{x}\\"",\n "{count} pair" "{count?|s}"},'
USES = """
Error a(std::string p) { return {.what = {"error.missing", {{"path", std::move(p)}}}}; }
Message b() { return Message{"alert.peers", {{"count", g({1, 2})}}}; }
"""


class CheckMessages(PlantedTree):
    lint = "check_messages"
    files = {"src/language/messages.cpp": table(MISSING, PEERS), "src/domain/a.cpp": USES}

    def test_a_table_that_agrees_with_its_speakers_is_clean(self):
        self.assert_clean()

    def test_a_key_without_a_row_is_found(self):
        self.assert_fault("src/domain/b.cpp:1", "error.mising", files={"src/domain/b.cpp": 'auto x = pick("error.mising");\n'})
        self.assert_fault("eror.missing", files={"src/domain/b.cpp": 'auto x = Message{"eror.missing", {}};\n'})

    def test_other_dotted_words_are_no_keys(self):
        self.assert_clean(files={"src/domain/b.cpp": 'auto x = open("graph.json"); // "error.nowhere"\n'})

    def test_a_row_that_nobody_says_is_found(self):
        spare = '{"error.spare", "spare", "en trop"},'
        self.assert_fault("error.spare", "nobody", files={"src/language/messages.cpp": table(MISSING, PEERS, spare)})

    def test_a_row_that_only_a_comment_says_is_found(self):
        self.assert_fault("error.missing", "nobody", files={
            "src/domain/a.cpp": USES.replace('{"error.missing', '{ /* "error.missing" */ key'),
        })

    def test_a_key_twice_is_found(self):
        self.assert_fault("error.missing", "twice", files={"src/language/messages.cpp": table(MISSING, MISSING, PEERS)})

    def test_an_empty_language_is_found(self):
        blank = '{"error.blank", "blank", ""},'
        self.assert_fault("error.blank", "empty", files={
            "src/language/messages.cpp": table(MISSING, PEERS, blank), "src/domain/b.cpp": 'auto x = "error.blank";\n',
        })

    def test_languages_that_ask_for_different_figures_are_found(self):
        other = MISSING.replace("fichier {path}", "fichier {chemin}")
        self.assert_fault("path", "chemin", files={"src/language/messages.cpp": table(other, PEERS)})

    def test_a_placeholder_within_another_is_found(self):
        nested = '{"alert.peers", "{count?one peer|{count} peers}", "{count} pairs"},'
        self.assert_fault("alert.peers", "'{count?one peer|{'", "nest", files={"src/language/messages.cpp": table(MISSING, nested)})

    def test_a_choice_without_a_second_form_is_found(self):
        half = PEERS.replace('{count?|s}', '{count?s}')
        self.assert_fault("alert.peers", "'{count?s'", files={"src/language/messages.cpp": table(MISSING, half)})

    def test_a_message_without_a_figure_that_its_sentence_needs_is_found(self):
        self.assert_fault("asks for path", "brings file", files={"src/domain/a.cpp": USES.replace('{"path"', '{"file"')})
        self.assert_fault("brings nothing", files={"src/domain/a.cpp": USES.replace('{{"path", std::move(p)}}', "{}")})

    def test_a_list_of_figures_made_elsewhere_is_left_to_the_tests(self):
        self.assert_clean(files={"src/domain/a.cpp": USES.replace('{{"path", std::move(p)}}', "std::move(args)")})

    def test_an_empty_table_is_a_fault(self):
        self.assert_fault("no row", files={"src/language/messages.cpp": "", "src/domain/a.cpp": ""})
