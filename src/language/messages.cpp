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

    // Which node is meant.
    {"node.empty", "no node given; name one by its public key or alias", "aucun nœud indiqué ; donnez sa clé publique ou son alias"},
    {"node.unknown_key", "no node with the key {key} in this graph; check the key, or use a newer graph", "aucun nœud de clé {key} dans ce graphe ; vérifiez la clé, ou prenez un graphe plus récent"},
    {"node.unknown", "no node called '{text}' in this graph; check the name, or give the public key", "aucun nœud nommé « {text} » dans ce graphe ; vérifiez le nom, ou donnez la clé publique"},
    {"node.unknown_but_near", "no node called '{text}' in this graph; the nearest are {nearest}", "aucun nœud nommé « {text} » dans ce graphe ; les plus proches sont {nearest}"},
    {"node.near", "'{alias}' ({key})", "« {alias} » ({key})"},
    {"node.several", "{count} nodes fit '{text}'; give the public key of one of them: {nodes}", "{count} nœuds correspondent à « {text} » ; donnez la clé publique de l'un d'eux : {nodes}"},
    {"node.several_more", "{count} nodes fit '{text}'; give the public key of one of them: {nodes}, and {more} more", "{count} nœuds correspondent à « {text} » ; donnez la clé publique de l'un d'eux : {nodes}, et {more} de plus"},
    {"node.choice", "{key} ('{alias}', {channels} {channels?channel|channels}, {capacity})", "{key} (« {alias} », {channels} {channels?canal|canaux}, {capacity})"},

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
    {"usage.not_a_number", "'{given}' is no whole number", "« {given} » n'est pas un nombre entier"},
    {"usage.out_of_range", "{option} takes a whole number from {min} to {max}, not {given}", "{option} attend un nombre entier de {min} à {max}, pas {given}"},
    {"usage.peer_is_node", "--peer and --node are the same: a node opens no channel to itself", "--peer et --node sont identiques : un nœud n'ouvre pas de canal vers lui-même"},
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
    {"help.graph_what_if", "what a new channel would bring a node", "ce qu'un nouveau canal apporterait à un nœud"},
    {"help.graph_what_if.examples",
     "  mcp-api graph what-if graph.json --node 02ab... --top 10\n"
     "  mcp-api graph what-if graph.json --node 02ab... --peer 03cd... --fee-ppm 50\n"
     "\n"
     "The gain is exact: betweenness by fee with the channel, less that without it.",
     "  mcp-api graph what-if graphe.json --node 02ab... --top 10\n"
     "  mcp-api graph what-if graphe.json --node 02ab... --peer 03cd... --fee-ppm 50\n"
     "\n"
     "Le gain est exact : l'intermédiarité par frais avec le canal, moins celle sans lui."},
    {"help.what_if_node", "who would open it: public key, its first digits, or alias", "qui l'ouvrirait : clé publique, ses premiers chiffres ou alias"},
    {"help.what_if_peer", "one peer, named likewise; all when left out", "un pair, nommé de même ; tous si absent"},
    {"help.what_if_capacity", "size of the channel, 5,000,000 by default", "taille du canal, 5 000 000 par défaut"},
    {"help.what_if_fee", "own fee rate, the node's median by default", "taux de frais du nœud, sa médiane par défaut"},
    {"help.what_if_amount", "size of the payments, 500,000 by default", "taille des paiements, 500 000 par défaut"},
    {"help.what_if_top", "how many of the best to show, 30 by default", "combien des meilleurs montrer, 30 par défaut"},
    {"help.footer",
     "Data goes to standard output, remarks to standard error.\n"
     "Exit status: 0 done, 1 a file or the system failed, 2 the call was wrong.\n"
     "'mcp-api COMMAND --help' tells more of one command.",
     "Les données vont sur la sortie standard, les remarques sur la sortie d'erreur.\n"
     "Code de retour : 0 fait, 1 fichier ou système en défaut, 2 appel incorrect.\n"
     "« mcp-api COMMANDE --help » en dit plus sur une commande."},

    // Progress of long commands.
    {"progress.betweenness", "computing betweenness of every node (four times)", "calcul de l'intermédiarité de chaque nœud (quatre fois)"},

    {"progress.what_if", "comparing a new channel to every candidate", "comparaison d'un nouveau canal vers chaque candidat"},

    // What a new channel would bring (graph what-if).
    {"what_if.title", "What if {node} opened a channel?", "Et si {node} ouvrait un canal ?"},
    {"what_if.amount", "Payments of", "Paiements de"},
    {"what_if.capacity", "New channel", "Nouveau canal"},
    {"what_if.capacity_remark", "base fees 0, max_htlc the whole of it", "frais fixes 0, max_htlc : tout le canal"},
    {"what_if.own_fee", "Own fee rate", "Taux de frais du nœud"},
    {"what_if.fee_given", "as given", "tel qu'indiqué"},
    {"what_if.fee_median", "median of its own policies", "médiane de ses propres politiques"},
    {"what_if.fee_assumed", "assumed: it announced no policy", "supposé : il n'a annoncé aucune politique"},
    {"what_if.peer_fee", "Peer's fee rate", "Taux de frais du pair"},
    {"what_if.peer_fee_remark", "median of the peer's own policies", "médiane des politiques du pair"},
    {"what_if.candidates", "Peers compared", "Pairs comparés"},
    {"what_if.betweenness", "Betweenness today", "Intermédiarité actuelle"},
    {"what_if.column_gain", "gain", "gain"},
    {"what_if.column_after", "after", "après"},
    {"what_if.column_arrivals", "in", "entrant"},
    {"what_if.column_departures", "out", "sortant"},
    {"what_if.column_peer_fee", "peer's fee", "frais du pair"},
    {"what_if.column_peer", "peer", "pair"},
    {"what_if.definition", "Gain: ordered pairs of nodes whose cheapest way would newly lead through the node, ties in part; in: those that would come from the peer, out: those that would go to it.", "Gain : paires ordonnées de nœuds dont le chemin le moins cher passerait désormais par le nœud, les ex æquo en partie ; entrant : celles qui viendraient du pair, sortant : celles qui iraient vers lui."},
    {"what_if.assumed_remark", "* assumed: the peer announced no policy", "* supposé : le pair n'a annoncé aucune politique"},
    {"what_if.already_remark", "+ a peer already: only a direction cheaper than today's counts", "+ déjà pair : seule compte une direction moins chère qu'aujourd'hui"},

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

    // Why a figure is absent.
    {"absent.needs_node", "needs your node: connect it read-only", "demande votre nœud : connectez-le en lecture seule"},
    {"absent.no_yesterday", "no graph of the day before was given", "aucun graphe de la veille n'a été fourni"},
    {"absent.no_graph_of_that_day", "no graph of that day was given", "aucun graphe de ce jour n'a été fourni"},
    {"absent.not_there_then", "the node was not in the graph of that day", "le nœud n'était pas dans le graphe de ce jour"},
    {"absent.part_not_on_both_days", "not known on both days", "inconnu pour l'un des deux jours"},
    {"absent.undated_graph", "the graph carries no update times", "le graphe ne porte aucune date de mise à jour"},
    {"absent.positional_ids", "the graph has no short channel ids", "le graphe n'a pas d'identifiants courts de canal"},
    {"absent.no_channels", "the node has no public channel", "le nœud n'a aucun canal public"},
    {"absent.unknown_capacity", "the graph does not tell the capacity", "le graphe n'indique pas la capacité"},
    {"absent.no_policy", "no enabled fee policy was announced", "aucune politique de frais active n'a été annoncée"},
    {"absent.no_max_htlc", "no max_htlc was announced", "aucun max_htlc n'a été annoncé"},
    {"absent.carries_nothing", "no cheapest route passes through this node", "aucune route la moins chère ne passe par ce nœud"},
    {"absent.too_few_rivals", "fewer than 5 others lead to this peer: no market to compare with", "moins de 5 autres nœuds mènent à ce pair : pas de marché auquel se comparer"},
    {"absent.no_dated_update", "no update of this channel carries a date", "aucune mise à jour de ce canal ne porte de date"},
    {"absent.no_score_part", "no part of the score could be computed", "aucune partie du score n'a pu être calculée"},

    // Words inside sentences.
    {"wording.peer", "{name} ({capacity})", "{name} ({capacity})"},
    {"wording.more", "{count} more", "{count} de plus"},

    // The one thing to know first.
    {"headline.alert", "{what}", "{what}"},
    {"headline.advice", "No alarm. First advice: {what}", "Pas d'alerte. Premier conseil : {what}"},
    {"headline.quiet", "Nothing calls for you today.", "Rien ne vous réclame aujourd'hui."},

    // The inputs of the score's parts.
    {"score.absent", "absent", "absent"},
    {"score.availability", "{share} of capacity enabled on both sides and heard of in the last 14 days", "{share} de la capacité active des deux côtés et entendue dans les 14 derniers jours"},
    {"score.price", "{share} of the capacity compared ({peers} {peers?peer|peers}) is priced between p10 and p95 of the market", "{share} de la capacité comparée ({peers} {peers?pair|pairs}) est au prix du marché, entre p10 et p95"},
    {"score.position", "carries more than {percentile}% of the {count} nodes of like size, for payments of 500,000 sat", "porte plus que {percentile} % des {count} nœuds de taille comparable, pour des paiements de 500 000 sat"},
    {"score.carries_nothing", "no cheapest route of 500,000 sat passes here; most nodes carry nothing", "aucune route la moins chère de 500 000 sat ne passe ici ; la plupart des nœuds ne portent rien"},
    {"score.risk", "concentration {hhi} (HHI by peer, 1 = a single peer); peers that alone can cut the node off: {cutting}", "concentration {hhi} (HHI par pair, 1 = un seul pair) ; pairs capables à eux seuls d'isoler le nœud : {cutting}"},

    // Alerts.
    {"alert.no_channels.title", "The node has no public channel", "Le nœud n'a aucun canal public"},
    {"alert.no_channels.description", "In the graph of {day} no channel names this node: it cannot route or be found. Open a channel, or wait until its announcement (6 confirmations) is heard.", "Dans le graphe du {day}, aucun canal ne nomme ce nœud : il ne peut ni router ni être trouvé. Ouvrez un canal, ou attendez que son annonce (6 confirmations) soit entendue."},
    {"alert.node_unreachable.title", "The network sees the node as offline", "Le réseau voit le nœud hors ligne"},
    {"alert.node_unreachable.description", "{count?Its only channel is|All {count} channels are} disabled on both sides or silent for 14 days. Check that the node runs, is synchronised and can be reached at its announced address.", "{count?Son seul canal est désactivé|Les {count} canaux sont désactivés} des deux côtés, ou sans nouvelle depuis 14 jours. Vérifiez que le nœud tourne, est synchronisé et répond à l'adresse annoncée."},
    {"alert.channel_inactive.title", "{share} of capacity is disabled for more than a day", "{share} de la capacité est désactivée depuis plus d'un jour"},
    {"alert.channel_inactive.description", "{count} {count?channel|channels} with {capacity} {count?is|are} disabled by a side, most likely because the peers cannot reach each other. Largest: {largest}.", "{count} {count?canal|canaux} pour {capacity} {count?est désactivé|sont désactivés} par un côté, le plus souvent parce que les pairs ne se joignent plus. Les plus grands : {largest}."},
    {"alert.stale_channels.title", "{share} of capacity lies with silent peers", "{share} de la capacité dort chez des pairs silencieux"},
    {"alert.stale_channels.description", "{count} {count?channel|channels} with {capacity} had no update from either side for 14 days; other nodes drop such channels from their graph. Largest: {largest}.", "{count} {count?canal|canaux} pour {capacity} sans mise à jour d'aucun côté depuis 14 jours ; les autres nœuds les retirent de leur graphe. Les plus grands : {largest}."},
    {"alert.capacity_drop.title", "Capacity fell by {share} in a day", "La capacité a chuté de {share} en un jour"},
    {"alert.capacity_drop.description", "From {before} to {after}. The changes below name the channels.", "De {before} à {after}. Les changements ci-dessous nomment les canaux."},
    {"alert.channel_closed.title", "{count} {count?channel|channels} gone from the graph", "{count} {count?canal a disparu|canaux ont disparu} du graphe"},
    {"alert.channel_closed.description", "{count?It held|They held} {capacity}: {largest}. The public graph does not tell who closed or how.", "{count?Il portait|Ils portaient} {capacity} : {largest}. Le graphe public ne dit ni qui a fermé ni comment."},
    {"alert.poor_connectivity.title", "Few ways lead through this node", "Peu de chemins passent par ce nœud"},
    {"alert.poor_connectivity.description", "Why: {causes}.", "Pourquoi : {causes}."},
    {"alert.poor_connectivity.few_peers", "only {count} {count?peer|peers}", "seulement {count} {count?pair|pairs}"},
    {"alert.poor_connectivity.cut_off", "without {peer} the node is cut off from the main network", "sans {peer}, le nœud est coupé du réseau principal"},
    {"alert.poor_connectivity.position_lost", "it carries {share} fewer cheapest routes than on {day}", "il porte {share} de routes les moins chères en moins que le {day}"},
    {"alert.high_fee_variance.title", "Your fee rates lie more than a thousandfold apart", "Vos taux de frais varient de plus de mille fois"},
    {"alert.high_fee_variance.description", "Over {count} channels, a tenth is at {low} or less and a tenth at {high} or more. If that is not a plan, look for a forgotten default.", "Sur {count} canaux, un dixième est à {low} ou moins et un dixième à {high} ou plus. Si ce n'est pas voulu, cherchez une valeur par défaut oubliée."},
    {"alert.fee_out_of_market.title", "{share} of the compared capacity is dearer than its market", "{share} de la capacité comparée est plus chère que son marché"},
    {"alert.fee_out_of_market.description", "For these peers 95% of the capacity of others is cheaper: {largest}.", "Pour ces pairs, 95 % de la capacité des autres est moins chère : {largest}."},
    {"alert.source_stale.title", "The graph looks half synchronised", "Le graphe paraît à moitié synchronisé"},
    {"alert.source_stale.description", "{why}. Figures of position and market may be far off: let the node synchronise its graph, then take it again.", "{why}. Les chiffres de position et de marché peuvent être très faux : laissez le nœud synchroniser son graphe, puis reprenez-le."},
    {"alert.source_stale.fewer_nodes", "It has only {ratio} of the nodes of the graph before it", "Il n'a que {ratio} des nœuds du graphe précédent"},
    {"alert.source_stale.silent", "{share} of its policies were not refreshed for 14 days", "{share} de ses politiques n'ont pas été rafraîchies depuis 14 jours"},

    // When each rule fires: printed in docs/reference/rules.md.
    {"rule.no_channels", "no channel in the graph names the node", "aucun canal du graphe ne nomme le nœud"},
    {"rule.node_unreachable", "every channel is disabled on both sides or silent for 14 days", "chaque canal est désactivé des deux côtés ou silencieux depuis 14 jours"},
    {"rule.channel_inactive", "25% of capacity or more is disabled by a side for over 24 h (critical above 50%)", "25 % de la capacité ou plus est désactivée par un côté depuis plus de 24 h (critique au-delà de 50 %)"},
    {"rule.stale_channels", "25% of capacity or more is silent for 14 days", "25 % de la capacité ou plus est silencieuse depuis 14 jours"},
    {"rule.capacity_drop", "capacity is 10% or more below yesterday's", "la capacité est inférieure de 10 % ou plus à celle de la veille"},
    {"rule.channel_closed", "a channel of yesterday is gone from the graph", "un canal de la veille a disparu du graphe"},
    {"rule.poor_connectivity", "fewer than 3 peers, or one peer alone can cut the node off, or betweenness fell by half within 7 days from the upper quarter of the nodes that carry anything", "moins de 3 pairs, ou un seul pair peut isoler le nœud, ou l'intermédiarité d'un nœud du quart supérieur de ceux qui portent quelque chose a chuté de moitié en 7 jours"},
    {"rule.high_fee_variance", "p90 of the own fee rates is over 1,000 times p10, over 5 channels or more", "le p90 des taux de frais dépasse 1 000 fois le p10, sur 5 canaux ou plus"},
    {"rule.fee_out_of_market", "half of the compared capacity or more is dearer than p95 of its market", "la moitié ou plus de la capacité comparée est plus chère que le p95 de son marché"},
    {"rule.source_stale", "the graph has under 80% of the nodes of the one before, or over half of its policies are older than 14 days", "le graphe a moins de 80 % des nœuds du précédent, ou plus de la moitié de ses politiques a plus de 14 jours"},
    {"rule.close_silent", "channels older than 30 days and silent for 30 days", "canaux de plus de 30 jours, silencieux depuis 30 jours"},
    {"rule.reconnect_silent", "channels older than 30 days and silent for 14 to 30 days", "canaux de plus de 30 jours, silencieux depuis 14 à 30 jours"},
    {"rule.enable_own_side", "the own side is disabled while the peer's is enabled", "le côté propre est désactivé alors que celui du pair est actif"},
    {"rule.lower_price", "the own price into a peer is above p95 of its market", "le prix propre vers un pair dépasse le p95 de son marché"},
    {"rule.raise_price", "the own price into a peer is below p10 of its market, and p10 is 20 ppm or more", "le prix propre vers un pair est sous le p10 de son marché, et ce p10 vaut 20 ppm ou plus"},
    {"rule.raise_max_htlc", "max_htlc is below a quarter of the capacity", "max_htlc est inférieur au quart de la capacité"},
    {"rule.open_to_best", "the exact what-if finds a channel that would carry more", "la simulation exacte trouve un canal qui porterait davantage"},
    {"rule.second_way", "one peer alone can cut the node off", "un seul pair peut isoler le nœud"},
    {"rule.announce_clearnet", "only onion addresses are announced", "seules des adresses onion sont annoncées"},

    // Recommendations: title, why, what to do.
    {"advice.close_silent.title", "Free {capacity} from peers that went silent", "Libérez {capacity} chez des pairs devenus silencieux"},
    {"advice.close_silent.description", "For {days} days or more the graph heard from neither side of {count} {count?channel|channels}: {largest}. Either the peer is gone or the channel was closed long ago.", "Depuis {days} jours ou plus, le graphe n'a rien entendu d'aucun côté de {count} {count?canal|canaux} : {largest}. Soit le pair a disparu, soit le canal est fermé depuis longtemps."},
    {"advice.close_silent.action", "If your node still lists the channel with {peer}, try to reach it once more; without an answer close by force (the coins come back after the delay of the channel).", "Si votre nœud liste encore le canal avec {peer}, essayez de le joindre une dernière fois ; sans réponse, fermez de force (les fonds reviennent après le délai du canal)."},
    {"advice.reconnect_silent.title", "Reconnect peers that hold {capacity}", "Reconnectez des pairs qui tiennent {capacity}"},
    {"advice.reconnect_silent.description", "{count} {count?channel|channels} without an update for two weeks: {largest}. Other nodes no longer route over {count?it|them}.", "{count} {count?canal|canaux} sans mise à jour depuis deux semaines : {largest}. Les autres nœuds ne routent plus par {count?lui|eux}."},
    {"advice.reconnect_silent.action", "Connect to {peer}; if that fails, ask its operator for a new address.", "Connectez-vous à {peer} ; en cas d'échec, demandez une nouvelle adresse à son opérateur."},
    {"advice.enable_own_side.title", "Enable {count} {count?channel|channels} that only your side keeps disabled", "Réactivez {count} {count?canal|canaux} que seul votre côté maintient désactivé{count?|s}"},
    {"advice.enable_own_side.description", "The peers are ready, your side says disabled: {largest}, {capacity} in all.", "Les pairs sont prêts, votre côté annonce désactivé : {largest}, {capacity} en tout."},
    {"advice.enable_own_side.action", "Let your node decide again for the channel with {peer}.", "Laissez votre nœud décider à nouveau pour le canal avec {peer}."},
    {"advice.lower_price.title", "You are dearer than the market into {peer}", "Vous êtes plus cher que le marché vers {peer}"},
    {"advice.lower_price.description", "Your price into {peer} is {own}; 95% of the capacity of {rivals} others is at {p95} or less. It is so for {peers} of your peers. Unless the channel forwards at this price (your node knows), go down in steps.", "Votre prix vers {peer} est de {own} ; 95 % de la capacité de {rivals} autres est à {p95} ou moins. C'est le cas de {peers} de vos pairs. Sauf si le canal route à ce prix (votre nœud le sait), baissez par étapes."},
    {"advice.lower_price.action", "First step for {peer}: from {from} to {to}.", "Première étape pour {peer} : de {from} à {to}."},
    {"advice.raise_price.title", "You are cheaper than the market into {peer}", "Vous êtes moins cher que le marché vers {peer}"},
    {"advice.raise_price.description", "Your price into {peer} is {own}; 90% of the capacity of {rivals} others costs {p10} or more. It is so for {peers} of your peers. If the channel drains, you give it away.", "Votre prix vers {peer} est de {own} ; 90 % de la capacité de {rivals} autres coûte {p10} ou plus. C'est le cas de {peers} de vos pairs. Si le canal se vide, vous le bradez."},
    {"advice.raise_price.action", "First step for {peer}: from {from} to {to}.", "Première étape pour {peer} : de {from} à {to}."},
    {"advice.raise_max_htlc.title", "{count} {count?channel hides|channels hide} most of {count?its|their} capacity from larger payments", "{count} {count?canal cache|canaux cachent} l'essentiel de {count?sa|leur} capacité aux gros paiements"},
    {"advice.raise_max_htlc.description", "With {peer} you take at most {max} a payment on a channel of {capacity}. Keep it if that is your plan against draining.", "Avec {peer}, vous acceptez au plus {max} par paiement sur un canal de {capacity}. Gardez-le si c'est voulu contre l'assèchement."},
    {"advice.raise_max_htlc.action", "Raise max_htlc to {max}.", "Relevez max_htlc à {max}."},
    {"advice.open_to_best.title", "Best channel to open: {peer}", "Meilleur canal à ouvrir : {peer}"},
    {"advice.open_to_best.description", "Of all nodes, a channel of {capacity} to this one is worth most: {gain} more pairs of nodes would pay each other cheapest through you ({amount} a payment), on top of {now} today. Coming in from it: {arrivals}; going out to it, by your fee: {departures}. Exact on today's graph; a pair is not a payment.", "De tous les nœuds, c'est vers celui-ci qu'un canal de {capacity} vaut le plus : {gain} paires de nœuds de plus se paieraient au moins cher par vous ({amount} par paiement), en plus de {now} aujourd'hui. En provenance de lui : {arrivals} ; vers lui, selon vos frais : {departures}. Exact sur le graphe du jour ; une paire n'est pas un paiement."},
    {"advice.open_to_best.gain", "up to {fee} +{gain}", "jusqu'à {fee} +{gain}"},
    {"advice.open_to_best.action", "Open {capacity} to {peer}, at {fee} and base fee 0, when on-chain fees are low.", "Ouvrez {capacity} vers {peer}, à {fee} et base 0, quand les frais on-chain sont bas."},
    {"advice.second_way.title", "One peer is your only way out", "Un seul pair est votre unique sortie"},
    {"advice.second_way.description", "Without {peer} the node is cut off from the main network.", "Sans {peer}, le nœud est coupé du réseau principal."},
    {"advice.second_way.action", "Open one more channel to a well-connected peer that does not depend on it.", "Ouvrez un canal de plus vers un pair bien connecté qui n'en dépend pas."},
    {"advice.announce_clearnet.title", "The node is reached over Tor only", "Le nœud n'est joignable que par Tor"},
    {"advice.announce_clearnet.description", "Only onion addresses are announced: connections are slower, break more often, and clearnet-only peers cannot connect.", "Seules des adresses onion sont annoncées : les connexions sont plus lentes, coupent plus souvent, et les pairs sans Tor ne peuvent pas se connecter."},
    {"advice.announce_clearnet.action", "If your privacy allows, announce a clearnet address too (LND: externalip with tor.skip-proxy-for-clearnet-targets; Core Lightning: announce-addr).", "Si votre vie privée le permet, annoncez aussi une adresse clearnet (LND : externalip avec tor.skip-proxy-for-clearnet-targets ; Core Lightning : announce-addr)."},
    {"confidence.public", "from public data; your own flows may say otherwise", "d'après les données publiques ; vos propres flux peuvent dire autre chose"},

    // Warnings about the day's graph.
    {"warning.fewer_nodes", "The graph has only {ratio} of the nodes of the one before: it looks half synchronised.", "Le graphe n'a que {ratio} des nœuds du précédent : il paraît à moitié synchronisé."},
    {"warning.mostly_silent", "{share} of the policies in the graph are older than 14 days: it looks half synchronised.", "{share} des politiques du graphe ont plus de 14 jours : il paraît à moitié synchronisé."},
    {"warning.undated", "The graph carries no update times: nothing can be said about silence or age of policies.", "Le graphe ne porte pas de dates : rien ne peut être dit du silence ni de l'âge des politiques."},
    {"warning.positional_ids", "The graph has no short channel ids: channels are numbered by position, their age is unknown, and no advice is given on single channels.", "Le graphe n'a pas d'identifiants courts : les canaux sont numérotés par position, leur âge est inconnu et aucun conseil n'est donné sur un canal précis."},
    {"warning.broken_records", "{count} broken {count?record was|records were} left out of the graph (first: {first}).", "{count} {count?enregistrement défectueux a été écarté|enregistrements défectueux ont été écartés} du graphe (premier : {first})."},
    {"warning.repeated_channels", "{count} {count?channel appears|channels appear} twice in the graph; the newer record was kept.", "{count} {count?canal apparaît|canaux apparaissent} deux fois dans le graphe ; l'enregistrement le plus récent a été gardé."},

    // Changes since the day before.
    {"change.opened", "new channel with {peer}, {capacity}", "nouveau canal avec {peer}, {capacity}"},
    {"change.closed", "channel with {peer} gone, {capacity}", "canal avec {peer} disparu, {capacity}"},
    {"change.silent", "channel with {peer} silent for 14 days now, {capacity}", "canal avec {peer} silencieux depuis 14 jours, {capacity}"},
    {"change.disabled_by_peer", "{peer} disabled its side", "{peer} a désactivé son côté"},
    {"change.disabled_by_us", "your side towards {peer} was disabled", "votre côté vers {peer} a été désactivé"},
    {"change.enabled_by_peer", "{peer} enabled its side", "{peer} a réactivé son côté"},
    {"change.enabled_by_us", "your side towards {peer} was enabled", "votre côté vers {peer} a été réactivé"},
    {"change.repriced_by_peer", "{peer} now asks {after} (was {before})", "{peer} demande {after} (avant : {before})"},
    {"change.repriced_by_us", "you now ask {after} towards {peer} (was {before})", "vous demandez {after} vers {peer} (avant : {before})"},
    {"change.price", "{rate} + {base}", "{rate} + {base}"},
    {"change.price_inbound", "{rate} + {base}, inbound {inbound_rate} + {inbound_base}", "{rate} + {base}, entrant {inbound_rate} + {inbound_base}"},
    {"change.no_policy", "no policy", "aucune politique"},
    {"absent.no_offer", "no own offer: disabled, never announced, or 5000 ppm and more", "aucune offre propre : désactivée, jamais annoncée, ou à 5000 ppm et plus"},
    {"score.basis", "{present} of {all}", "{present} sur {all}"},

    // The report as text.
    {"text.no_alias", "(no alias)", "(sans alias)"},
    {"text.report_of", "Report of {day}", "Rapport du {day}"},
    {"text.graph_of", "public graph as of {as_of}", "graphe public du {as_of}"},
    {"text.graph_undated", "public graph without dates", "graphe public sans dates"},
    {"text.score", "Score", "Score"},
    {"text.band.excellent", "excellent", "excellent"},
    {"text.band.good", "good", "bon"},
    {"text.band.fair", "fair", "moyen"},
    {"text.band.poor", "poor", "faible"},
    {"text.since_yesterday", "{change} since yesterday", "{change} depuis hier"},
    {"text.basis", "from {present} of {all} parts", "d'après {present} parties sur {all}"},
    {"text.alerts", "ALERTS", "ALERTES"},
    {"text.alert_new", "new", "nouveau"},
    {"text.alert_ongoing", "for {days} days, since {since}", "depuis {days} jours, le {since}"},
    {"text.resolved", "resolved", "résolu"},
    {"text.severity.critical", "CRITICAL", "CRITIQUE"},
    {"text.severity.warning", "warning", "attention"},
    {"text.severity.info", "note", "note"},
    {"text.advice", "WHAT TO DO", "QUE FAIRE"},
    {"text.advice_note", "From public data only: gains in sat need your node's own flows.", "D'après les seules données publiques : les gains en sat demandent les flux de votre nœud."},
    {"text.priority.high", "high", "prioritaire"},
    {"text.priority.medium", "medium", "utile"},
    {"text.priority.low", "low", "à l'occasion"},
    {"text.score_parts", "SCORE", "SCORE"},
    {"text.part.availability", "Availability", "Disponibilité"},
    {"text.part.liquidity", "Liquidity", "Liquidité"},
    {"text.part.flow", "Flow", "Flux"},
    {"text.part.price", "Price", "Prix"},
    {"text.part.position", "Position", "Position"},
    {"text.part.risk", "Risk", "Risque"},
    {"text.figures", "FIGURES", "CHIFFRES"},
    {"text.capacity", "Capacity", "Capacité"},
    {"text.channels", "Channels", "Canaux"},
    {"text.peers", "Peers", "Pairs"},
    {"text.fees", "Fees", "Frais"},
    {"text.stuck", "Silent peers", "Pairs muets"},
    {"text.rank", "rank {rank}", "rang {rank}"},
    {"text.active_inactive", " ({active} active, {inactive} inactive)", " ({active} actifs, {inactive} inactifs)"},
    {"text.median_size", ", median {median}", ", médiane {median}"},
    {"text.concentration", ", concentration {hhi} (1 = a single peer)", ", concentration {hhi} (1 = un seul pair)"},
    {"text.fee_words", "median {median} ppm + {base} msat; by capacity p10 {p10}, p50 {p50}, p90 {p90} ppm", "médiane {median} ppm + {base} msat ; par capacité p10 {p10}, p50 {p50}, p90 {p90} ppm"},
    {"text.position_50k", "50,000 sat", "50 000 sat"},
    {"text.position_500k", "500,000 sat", "500 000 sat"},
    {"text.position_5m", "5,000,000 sat", "5 000 000 sat"},
    {"text.position", "rank {rank} of {carriers} that carry anything; {pairs} pairs route cheapest through here", "rang {rank} sur {carriers} qui portent quelque chose ; {pairs} paires passent au moins cher par ici"},
    {"text.changes", "SINCE YESTERDAY", "DEPUIS HIER"},
    {"text.no_changes", "nothing changed toward this node", "rien n'a changé autour de ce nœud"},
    {"text.trends", "TREND", "TENDANCE"},
    {"text.market", "FEES INTO YOUR LARGEST PEERS (ppm of 100,000 sat, base fee included)", "FRAIS VERS VOS PLUS GRANDS PAIRS (ppm de 100 000 sat, base incluse)"},
    {"text.market.capacity", "capacity", "capacité"},
    {"text.market.yours", "yours", "vôtre"},
    {"text.market.median", "median", "médiane"},
    {"text.market.peer", "peer", "pair"},
    {"text.market.more", "and {count} more {count?peer|peers} in --format json", "et {count} {count?pair|pairs} de plus avec --format json"},
    {"text.market_note", "p10, median and p95 of what others ask, weighted by capacity; – means fewer than 5 others, or no offer of yours.", "p10, médiane et p95 de ce que demandent les autres, pondérés par la capacité ; – : moins de 5 autres, ou aucune offre de votre part."},
    {"text.missing", "Connecting your node read-only would add: balances, forwards, success rate, revenue, uptime, pending channels, and advice priced in sat.", "Connecter votre nœud en lecture seule ajouterait : soldes, transferts, taux de succès, revenus, disponibilité, canaux en attente, et des conseils chiffrés en sat."},

    // mcp-api report: the call and the dates of its graphs.
    {"usage.no_node", "no node given; --node takes a public key, 8 digits or more of its beginning, or an alias", "aucun nœud indiqué ; --node attend une clé publique, au moins 8 chiffres de son début, ou un alias"},
    {"usage.date", "--date takes a day such as 2025-10-25, not '{given}'", "--date attend un jour tel que 2025-10-25, pas « {given} »"},
    {"step.file", "{file}", "{file}"},
    {"error.undated_graph", "the graph carries no update times, so its day is unknown: give it with --date YYYY-MM-DD", "le graphe ne porte aucune date de mise à jour, son jour est inconnu : indiquez-le avec --date AAAA-MM-JJ"},
    {"error.undated_history", "{file}: an older graph needs update times to be placed in time; leave it out", "{file} : un graphe plus ancien a besoin de dates pour être situé ; retirez-le"},
    {"error.date_disagrees", "--date {asked} is more than a day off: the newest update in {file} is of {newest}; leave --date out or give that day's graph", "--date {asked} s'écarte de plus d'un jour : la dernière mise à jour de {file} est du {newest} ; retirez --date ou donnez le graphe de ce jour"},
    {"error.history_not_older", "{file}: its day, {day}, is not before that of the report, {today}; --history takes older graphs", "{file} : son jour, le {day}, ne précède pas celui du rapport, le {today} ; --history attend des graphes plus anciens"},
    {"error.history_repeated", "{file}: a graph of {day} was given already; keep one a day", "{file} : un graphe du {day} a déjà été donné ; gardez-en un par jour"},
    {"progress.positions", "computing the position of every node in {file}", "calcul de la position de chaque nœud dans {file}"},
    {"progress.openings", "searching the best channel to open", "recherche du meilleur canal à ouvrir"},

    // mcp-api demo.
    {"error.no_sample", "the sample graph is neither at {first} nor at {second}: run the demo from the project's folder, or give --graph FILE", "le graphe d'exemple n'est ni à {first} ni à {second} : lancez la démo depuis le dossier du projet, ou donnez --graph FICHIER"},
    {"demo.facts", "The network", "Le réseau"},
    {"demo.hub", "A hub", "Un grand carrefour"},
    {"demo.router", "A mid-size router", "Un routeur de taille moyenne"},
    {"demo.small", "A small node", "Un petit nœud"},
    {"demo.took_facts", "reading the graph and counting: {seconds} s", "lecture du graphe et comptage : {seconds} s"},
    {"demo.took_reading", "reading the graph for the reports: {seconds} s", "lecture du graphe pour les rapports : {seconds} s"},
    {"demo.took_positions", "exact betweenness of every node, by hops and by fee for 50 k, 500 k and 5 M sat: {seconds} s", "intermédiarité exacte de chaque nœud, par sauts et par frais pour 50 k, 500 k et 5 M sat : {seconds} s"},
    {"demo.took_what_if", "preparing the what-if of new channels for all nodes: {seconds} s", "préparation de la simulation de nouveaux canaux pour tous les nœuds : {seconds} s"},
    {"demo.took_report", "this report, exact what-if of every possible channel included: {seconds} s", "ce rapport, simulation exacte de chaque canal possible comprise : {seconds} s"},
    {"help.report", "the daily report of one node, from graph files", "le rapport quotidien d'un nœud, d'après des fichiers de graphe"},
    {"help.report.examples", "  lncli describegraph > graph.json\n  mcp-api report --graph graph.json --node ACINQ\n  mcp-api report --graph today.json.xz --history yesterday.json.xz \\\n      --node 03864ef0 --format json --out report.json", "  lncli describegraph > graphe.json\n  mcp-api report --graph graphe.json --node ACINQ\n  mcp-api report --graph jour.json.xz --history veille.json.xz \\\n      --node 03864ef0 --format json --out rapport.json"},
    {"help.report.graph", "graph as lncli describegraph prints it; - is stdin", "graphe tel que l'écrit lncli describegraph ; - : entrée standard"},
    {"help.report.node", "public key, 8 digits or more of it, or alias", "clé publique, au moins 8 de ses chiffres, ou alias"},
    {"help.report.history", "an older graph, for trends and changes; may be repeated", "un graphe plus ancien, pour tendances et changements ; répétable"},
    {"help.report.date", "day of the report; needed when the graph has no dates", "jour du rapport ; nécessaire si le graphe n'a pas de dates"},
    {"help.report.out", "write to this file, whole or not at all", "écrire dans ce fichier, en entier ou pas du tout"},
    {"help.demo", "what the program says of a real network that ships with it", "ce que dit le programme d'un vrai réseau livré avec lui"},
    {"help.demo.examples", "  mcp-api demo\n  mcp-api demo --graph graph.json --lang fr", "  mcp-api demo\n  mcp-api demo --graph graphe.json --lang en"},
    {"help.demo.graph", "your own graph instead of the sample", "votre propre graphe au lieu de l'exemple"},
};
// clang-format on

} // namespace

std::span<const MessageRow> messages() {
    return kMessages;
}

} // namespace mcp::language
