#include "language/messages.hpp"

namespace mcp::language {
namespace {

// Grouped by section; a row is {key, English, French}. Keep the two equally good.
// clang-format off
constexpr MessageRow kMessages[] = {
    // Errors: what, where, what to do.
    {"error.interrupted", "interrupted: nothing was written", "interrompu : rien n'a été écrit"},

    // Files: what came in, and what goes out.
    {"file.path", "{path}", "{path}"},
    {"file.standard_input", "standard input", "entrée standard"},
    {"file.cannot_open", "cannot be opened: {fault}", "impossible de l'ouvrir : {fault}"},
    {"file.cannot_read", "cannot be read: {fault}", "impossible de le lire : {fault}"},
    {"file.cannot_write", "cannot be written: {fault}; nothing was changed", "impossible de l'écrire : {fault} ; rien n'a été modifié"},
    {"file.is_directory", "is a folder; name a file", "est un dossier ; indiquez un fichier"},
    {"file.empty", "is empty; check the command that made it", "est vide ; vérifiez la commande qui l'a produit"},
    {"file.utf16", "is in UTF-16, as PowerShell's '>' writes it; make it anew with 'lncli describegraph | Out-File -Encoding ascii graph.json'", "est en UTF-16, comme l'écrit « > » dans PowerShell ; refaites-le avec « lncli describegraph | Out-File -Encoding ascii graph.json »"},
    {"file.truncated", "ends too early: the compressed data stops after byte {byte}; copy or download it again", "s'arrête trop tôt : les données compressées finissent après l'octet {byte} ; copiez-le ou téléchargez-le à nouveau"},
    {"file.damaged", "is damaged: its compressed data is wrong near byte {byte}; copy or download it again", "est endommagé : données compressées incorrectes vers l'octet {byte} ; copiez-le ou téléchargez-le à nouveau"},
    {"file.too_large", "holds more than {limit} bytes once unpacked, which no channel graph does; check that it is the right file", "contient plus de {limit} octets une fois décompressé, ce qu'aucun graphe de canaux n'atteint ; vérifiez que c'est le bon fichier"},
    {"system.no_such_file", "no such file; check the path", "fichier introuvable ; vérifiez le chemin"},
    {"system.not_allowed", "permission denied; check its owner and mode", "accès refusé ; vérifiez son propriétaire et ses droits"},
    {"system.disk_full", "no space left; free some and try again", "plus d'espace disponible ; libérez-en et réessayez"},
    {"system.read_only", "the file system is read-only; choose another folder", "le système de fichiers est en lecture seule ; choisissez un autre dossier"},
    {"system.not_a_folder", "a part of the path is no folder; check the path", "une partie du chemin n'est pas un dossier ; vérifiez le chemin"},
    {"system.name_too_long", "the name is too long; choose a shorter one", "le nom est trop long ; choisissez-en un plus court"},
    {"system.other", "the system says {name}", "le système répond {name}"},

    // JSON of others.
    {"json.syntax", "is not JSON (wrong after byte {byte}); make it anew, and check that it is the right file", "n'est pas du JSON (incorrect après l'octet {byte}) ; refaites-le, et vérifiez que c'est le bon fichier"},
    {"json.truncated", "the JSON ends too early, at byte {byte}; make or copy it again", "le JSON s'arrête trop tôt, à l'octet {byte} ; refaites-le ou copiez-le à nouveau"},
    {"json.trailing", "something follows the end of the JSON, at byte {byte}; keep one document only", "quelque chose suit la fin du JSON, à l'octet {byte} ; ne gardez qu'un seul document"},
    {"json.too_deep", "more than {limit} brackets within each other after byte {byte}; this is no answer of a Lightning node", "plus de {limit} crochets imbriqués après l'octet {byte} ; ce n'est pas la réponse d'un nœud Lightning"},
    {"json.string_too_long", "a text longer than {limit} bytes after byte {byte}; this is no answer of a Lightning node", "un texte de plus de {limit} octets après l'octet {byte} ; ce n'est pas la réponse d'un nœud Lightning"},
    {"json.too_large", "the JSON is larger than {limit} bytes", "le JSON dépasse {limit} octets"},
    {"json.not_utf8", "the JSON holds a text that is not UTF-8", "le JSON contient un texte qui n'est pas en UTF-8"},
    {"json.missing", "{path} is missing", "{path} manque"},
    {"json.expected_array", "{path}: expected a list, found {found}", "{path} : liste attendue, trouvé {found}"},
    {"json.expected_u64", "{path}: expected a whole number of 0 or more, found {found}", "{path} : nombre entier positif ou nul attendu, trouvé {found}"},
    {"json.expected_i64", "{path}: expected a whole number, found {found}", "{path} : nombre entier attendu, trouvé {found}"},
    {"json.expected_number", "{path}: expected a number, found {found}", "{path} : nombre attendu, trouvé {found}"},
    {"json.expected_bool", "{path}: expected true or false, found {found}", "{path} : true ou false attendu, trouvé {found}"},
    {"json.expected_string", "{path}: expected a text, found {found}", "{path} : texte attendu, trouvé {found}"},

    // Graph files.
    {"graph.at", "{path}", "{path}"},
    {"graph.not_an_object", "no channel graph (the JSON at byte 0 is no object); make one with 'lncli describegraph > graph.json'", "pas un graphe de canaux (le JSON à l'octet 0 n'est pas un objet) ; produisez-en un avec « lncli describegraph > graph.json »"},
    {"graph.not_a_list", "no channel graph ('{path}' is no list); make one with 'lncli describegraph > graph.json'", "pas un graphe de canaux (« {path} » n'est pas une liste) ; produisez-en un avec « lncli describegraph > graph.json »"},
    {"graph.no_edges", "no channel graph (it has no list 'edges'); make one with 'lncli describegraph > graph.json'", "pas un graphe de canaux (il n'a pas de liste « edges ») ; produisez-en un avec « lncli describegraph > graph.json »"},
    {"graph.no_channels", "a graph without channels; wait until the node has synchronised its graph, then run 'lncli describegraph' again", "un graphe sans canaux ; attendez que le nœud ait synchronisé son graphe, puis relancez « lncli describegraph »"},
    {"graph.all_broken", "no channel can be read: {count} {count?record is|records are} broken, the first at {path}; make it anew with 'lncli describegraph > graph.json'", "aucun canal lisible : {count} {count?enregistrement défectueux|enregistrements défectueux}, le premier en {path} ; refaites-le avec « lncli describegraph > graph.json »"},

    // The command line: what is wrong with a call.
    {"error.standard_output", "cannot write to standard output: the device is full or closed", "impossible d'écrire sur la sortie standard : périphérique plein ou fermé"},
    {"error.internal", "internal error ({fault}): please report it with the command you ran", "erreur interne ({fault}) : merci de la signaler avec la commande exécutée"},
    {"usage.fault", "{fault}", "{fault}"},
    {"usage.value_missing", "{option} needs a value", "{option} attend une valeur"},
    {"usage.lang", "--lang takes fr or en, not '{given}'", "--lang accepte fr ou en, pas « {given} »"},
    {"usage.format", "--format takes {known}, not '{given}'", "--format accepte {known}, pas « {given} »"},
    {"usage.no_command", "no command given; '{call} --help' lists them", "aucune commande indiquée ; « {call} --help » en donne la liste"},
    {"usage.unknown_command", "unknown command '{word}': {hints}", "commande inconnue « {word} » : {hints}"},
    {"usage.unknown_option", "unknown option '{word}': {hints}", "option inconnue « {word} » : {hints}"},
    {"usage.too_many_words", "one word too many, '{word}': {hints}", "un mot de trop, « {word} » : {hints}"},
    {"usage.meant", "did you mean '{word}'?", "vouliez-vous dire « {word} » ?"},
    {"usage.see_help", "see '{call} --help'", "voir « {call} --help »"},
    {"usage.no_graph", "no graph file given; 'lncli describegraph > graph.json' makes one, '-' reads standard input", "aucun fichier de graphe indiqué ; « lncli describegraph > graph.json » en produit un, « - » lit l'entrée standard"},

    // Reading a graph: what it held and could not be taken as it was.
    {"reading.records_left_out", "{file}: {count} {count?record|records} left out, the first: {first}", "{file} : {count} {count?enregistrement écarté|enregistrements écartés}, le premier : {first}"},
    {"reading.broken_policies", "{file}: {count} {count?policy|policies} unreadable, taken as never announced", "{file} : {count} {count?politique illisible, tenue|politiques illisibles, tenues} pour jamais {count?annoncée|annoncées}"},
    {"reading.repeated_channels", "{file}: {count} {count?channel|channels} there twice, the newer one counts", "{file} : {count} {count?canal présent|canaux présents} deux fois, le plus récent compte"},
    {"reading.begins", "reading {file}", "lecture de {file}"},

    // Comparing two graphs.
    {"usage.two_graphs", "two graph files are needed: first the older, then the newer", "il faut deux fichiers de graphe : d'abord l'ancien, puis le récent"},
    {"usage.one_standard_input", "'-' can stand for one graph only: standard input is read once", "« - » ne peut désigner qu'un seul graphe : l'entrée standard ne se lit qu'une fois"},
    {"help.graph_diff", "what changed in the network between two graphs", "ce qui a changé dans le réseau entre deux graphes"},
    {"help.older_graph", "graph of the earlier day; - is standard input", "graphe du jour le plus ancien ; - : entrée standard"},
    {"help.newer_graph", "graph of the later day", "graphe du jour le plus récent"},
    {"help.list", "also each channel opened, gone, repriced, flipped", "aussi chaque canal ouvert, disparu ou modifié"},
    {"help.graph_diff.examples",
     "  mcp-api graph diff yesterday.json.xz today.json.xz\n"
     "  lncli describegraph | mcp-api graph diff yesterday.json - --format json --list\n"
     "\n"
     "Channels are followed by their id, fees and flags by direction. Fee changes count\n"
     "base fee, fee rate and inbound fee rate; updates count every new announcement.",
     "  mcp-api graph diff hier.json.xz aujourdhui.json.xz\n"
     "  lncli describegraph | mcp-api graph diff hier.json - --format json --list\n"
     "\n"
     "Les canaux sont suivis par leur identifiant, frais et états par direction. Les\n"
     "changements de frais comptent frais de base, taux et taux entrant ; les mises à\n"
     "jour comptent chaque nouvelle annonce."},
    {"diff.title", "The network from {older} to {newer}", "Le réseau, du {older} au {newer}"},
    {"diff.title_undated", "The network, from one graph to the other", "Le réseau, d'un graphe à l'autre"},
    {"diff.channels", "Channels in the newer graph", "Canaux dans le graphe récent"},
    {"diff.opened", "  opened", "  ouverts"},
    {"diff.gone", "  gone", "  disparus"},
    {"diff.fee_changes", "Directions with another fee", "Directions aux frais modifiés"},
    {"diff.disable_flips", "  disabled or enabled again", "  désactivées ou réactivées"},
    {"diff.updates", "  announced anew", "  annoncées à nouveau"},
    {"diff.list_opened", "opened   {id}  {capacity}  {node1} <> {node2}", "ouvert   {id}  {capacity}  {node1} <> {node2}"},
    {"diff.list_gone", "gone     {id}  {capacity}  {node1} <> {node2}", "disparu  {id}  {capacity}  {node1} <> {node2}"},
    {"diff.list_direction", "changed  {id}  {before} -> {after}  {from} > {to}", "modifié  {id}  {before} -> {after}  {from} > {to}"},
    {"diff.policy", "{base} + {rate}", "{base} + {rate}"},
    {"diff.inbound", "inbound {rate}", "entrant {rate}"},
    {"diff.disabled", "disabled", "désactivée"},
    {"diff.no_policy", "not announced", "non annoncée"},
    {"error.diff_without_ids", "the graph has no short channel ids, only positions: its channels cannot be followed from day to day; use a graph from 'lncli describegraph'", "le graphe n'a pas d'identifiants de canal, seulement des positions : ses canaux ne peuvent pas être suivis d'un jour à l'autre ; utilisez un graphe de « lncli describegraph »"},
    {"error.diff_wrong_order", "the first graph ({older}) is newer than the second ({newer}): give the older one first", "le premier graphe ({older}) est plus récent que le second ({newer}) : donnez d'abord le plus ancien"},

    // Help.
    {"help.about", "What the public channel graph says of a Lightning node and of its network.\n", "Ce que le graphe public des canaux dit d'un nœud Lightning et de son réseau.\n"},
    {"help.usage", "Usage:", "Usage :"},
    {"help.arguments", "Arguments", "Arguments"},
    {"help.options", "Options", "Options"},
    {"help.commands", "Commands", "Commandes"},
    {"help.examples", "Examples:", "Exemples :"},
    {"help.options_placeholder", "options", "options"},
    {"help.command_placeholder", "COMMAND ...", "COMMANDE ..."},
    {"help.help", "show this help", "afficher cette aide"},
    {"help.version", "show the version", "afficher la version"},
    {"help.lang", "language of texts and errors", "langue des textes et des erreurs"},
    {"help.progress", "tell each step on standard error", "annoncer chaque étape sur la sortie d'erreur"},
    {"help.format", "shape of the output, text by default", "forme de la sortie, text par défaut"},
    {"help.graph_file", "graph of lncli describegraph; - is standard input", "graphe de lncli describegraph ; - : entrée standard"},
    {"help.graph", "the whole network, from a graph file", "le réseau entier, d'après un fichier de graphe"},
    {"help.graph_facts", "totals of the network, or a CSV row for each node", "totaux du réseau, ou une ligne CSV par nœud"},
    {"help.graph_facts.examples",
     "  lncli describegraph | mcp-api graph facts -\n"
     "  mcp-api graph facts graph.json.xz --format json\n"
     "  mcp-api graph facts graph.json --format csv > nodes.csv\n"
     "\n"
     "In the CSV an alias that a spreadsheet would take for a formula (it begins\n"
     "with = + - or @) stands behind an apostrophe; what is absent is left empty.",
     "  lncli describegraph | mcp-api graph facts -\n"
     "  mcp-api graph facts graph.json.xz --format json\n"
     "  mcp-api graph facts graph.json --format csv > noeuds.csv\n"
     "\n"
     "Dans le CSV, un alias qu'un tableur prendrait pour une formule (il commence\n"
     "par = + - ou @) est précédé d'une apostrophe ; ce qui est absent reste vide."},
    {"help.footer",
     "Data goes to standard output, remarks to standard error.\n"
     "Exit status: 0 done, 1 a file or the system failed, 2 the call was wrong.\n"
     "'mcp-api COMMAND --help' tells more of one command.",
     "Les données vont sur la sortie standard, les remarques sur la sortie d'erreur.\n"
     "Code de retour : 0 fait, 1 fichier ou système en défaut, 2 appel incorrect.\n"
     "« mcp-api COMMANDE --help » en dit plus sur une commande."},

    // Progress of long commands.
    {"progress.betweenness", "computing betweenness of every node (four times)", "calcul de l'intermédiarité de chaque nœud (quatre fois)"},

    // The network's totals (graph facts).
    {"facts.title", "The Lightning network on {as_of}", "Le réseau Lightning au {as_of}"},
    {"facts.title_undated", "The Lightning network, from a graph without dates", "Le réseau Lightning, d'après un graphe sans dates"},
    {"facts.figure", "{value}", "{value}"},
    {"facts.share", "{value}", "{value}"},
    {"facts.nodes", "Nodes", "Nœuds"},
    {"facts.nodes_with_channels", "  with channels", "  ayant des canaux"},
    {"facts.channels", "Channels", "Canaux"},
    {"facts.channels_usable", "  usable", "  utilisables"},
    {"facts.channels_silent", "  silent for 14 days", "  muets depuis 14 jours"},
    {"facts.capacity", "Capacity", "Capacité"},
    {"facts.capacity_usable", "  of usable channels", "  des canaux utilisables"},
    {"facts.fee_p10", "Fee rate in ppm, cheapest 10%", "Taux de frais en ppm, 10 % les moins chers"},
    {"facts.fee_median", "  median", "  médiane"},
    {"facts.fee_p90", "  dearest 10%", "  10 % les plus chers"},
    {"facts.in_market", "Directions counted in it", "Directions qui y comptent"},
    {"facts.not_announced", "  left out: never announced", "  écartées : jamais annoncées"},
    {"facts.disabled", "  left out: disabled", "  écartées : désactivées"},
    {"facts.silent", "  left out: older than 14 days", "  écartées : plus de 14 jours"},
    {"facts.forbidding", "  left out: 5000 ppm or more", "  écartées : 5000 ppm ou plus"},
    {"definition.as_of", "time of the newest update in the graph: ages are measured from it; null in a graph without dates", "heure de la mise à jour la plus récente du graphe : les âges se mesurent à partir d'elle ; null si le graphe n'a pas de dates"},
    {"definition.nodes", "announced nodes, and nodes seen only as an end of a channel", "nœuds annoncés, et nœuds vus seulement au bout d'un canal"},
    {"definition.nodes_with_channels", "nodes with at least one public channel", "nœuds ayant au moins un canal public"},
    {"definition.channels", "public channels, each counted once", "canaux publics, chacun compté une fois"},
    {"definition.channels_usable", "A channel is usable when both ends announced it enabled and, where the graph has dates, the newer of both updates is at most 14 days old.", "Un canal est utilisable quand ses deux bouts l'ont annoncé actif et que, si le graphe a des dates, la plus récente des deux mises à jour a au plus 14 jours."},
    {"definition.channels_silent", "channels whose newer update is older than 14 days; null in a graph without dates", "canaux dont la mise à jour la plus récente a plus de 14 jours ; null si le graphe n'a pas de dates"},
    {"definition.channels_without_capacity", "channels whose size the graph does not tell: they are not in the capacity", "canaux dont le graphe ne dit pas la taille : ils ne comptent pas dans la capacité"},
    {"definition.capacity_sats", "sum of the known channel sizes", "somme des tailles de canal connues"},
    {"definition.capacity_usable_sats", "sum of the known sizes of usable channels", "somme des tailles connues des canaux utilisables"},
    {"definition.fee_ppm", "Fee rates are those of directions announced, enabled, not older than 14 days (where the graph has dates) and below 5000 ppm; each direction counts once, whatever its size.", "Les taux de frais sont ceux des directions annoncées, actives, datant d'au plus 14 jours (si le graphe a des dates) et sous 5000 ppm ; chaque direction compte une fois, quelle que soit sa taille."},
    {"definition.directions", "two for each channel: those in the market figures, and the others by the first reason that leaves them out; silent is null in a graph without dates", "deux par canal : celles que comptent les chiffres du marché, et les autres selon la première raison de les écarter ; silent est null si le graphe n'a pas de dates"},
};
// clang-format on

} // namespace

std::span<const MessageRow> messages() {
    return kMessages;
}

} // namespace mcp::language
