using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amends.Features.Shared;

/// <summary>
/// The one registry of commands: it feeds the keys, the palette, the help dialog and the keys printed on buttons.
/// A command without an address presses the element of the page that carries <c>data-command="id"</c>; where there is
/// none, it is not offered.
/// </summary>
public static class Palette
{
    private const string Here = "This case";
    private const string Go = "Go to";
    private const string Lists = "List";
    private const string Writing = "Writing";
    private const string General = "General";

    /// <summary>All of them, in the order of the help dialog.</summary>
    public static readonly IReadOnlyList<Command> All =
    [
        new("next", "Next case", "J", Place.List, null, "chevron-down", Lists),
        new("previous", "Previous case", "K", Place.List, null, "chevron-up", Lists),
        new("open", "Open the case", "Enter", Place.List, null, "arrow-right", Lists),
        new("back", "Back to the list", "U", Place.Anywhere, null, "arrow-left", Lists),
        new("newer", "Show new items", ".", Place.List, null, "refresh-cw", Lists),

        new("reply", "Reply", "R", Place.Case, null, "reply", Here),
        new("note", "Note for the team", "N", Place.Case, null, "pencil", Here),
        new("confirm", "Ask “is this what you meant?”", "C", Place.Case, null, "circle-check", Here),
        new("offer", "Offer options", "O", Place.Case, null, "gift", Here),
        new("resolve", "Put it right on the spot", "Shift+R", Place.Case, null, "circle-check", Here),
        new("promise", "Promise an update", "P", Place.Case, null, "alarm-clock", Here),
        new("promise-move", "Move the promise", "Shift+P", Place.Case, null, "calendar-clock", Here),
        new("status", "Record their answer, or what was done", "S", Place.Case, null, "message-square-quote", Here),
        new("close", "Close or reopen", "E", Place.Case, null, "check", Here),
        new("assign", "Assign to somebody", "A", Place.Case, null, "user-plus", Here),
        new("assign-me", "Take it myself", "M", Place.Case, null, "user-check", Here),
        new("kind", "Change the kind of case", "V", Place.Case, null, "layers", Here),
        new("call", "Log a call", "L", Place.Case, null, "phone", Here),
        new("unread", "Mark as unread", "Shift+U", Place.Case, null, "mail", Here),
        new("link", "Copy the case's address", "Y", Place.Case, null, "link", Here),
        new("as-customer", "See it as the customer", "", Place.Case, null, "eye", Here),
        new("panel", "Show or hide the recovery panel", "]", Place.Case, null, "panel-right", Here),

        new("send", "Send", "Mod+Enter", Place.Writing, null, "send", Writing),
        new("send-next", "Send and open the next case", "Mod+Shift+Enter", Place.Writing, null, "send", Writing),
        new("bold", "Bold", "Mod+B", Place.Writing, null, "bold", Writing),
        new("italic", "Italic", "Mod+I", Place.Writing, null, "italic", Writing),
        new("list", "List", "Mod+Shift+8", Place.Writing, null, "list", Writing),

        new("go-today", "Today", "G D", Place.Anywhere, "/today", "sun", Go),
        new("go-mine", "Mine", "G I", Place.Anywhere, "/inbox/mine", "inbox", Go),
        new("go-team", "My team", "G T", Place.Anywhere, "/inbox/team", "users", Go),
        new("go-unassigned", "Unassigned", "G U", Place.Anywhere, "/inbox/unassigned", "circle", Go),
        new("go-promises", "Promises due", "G P", Place.Anywhere, "/inbox/due", "alarm-clock", Go),
        new("go-board", "Everybody's promises", "G B", Place.Anywhere, "/promises", "list-checks", Go),
        new("go-followups", "Follow-ups", "G F", Place.Anywhere, "/inbox/follow-ups", "repeat", Go),
        new("go-calls", "Calls", "G C", Place.Anywhere, "/calls", "phone", Go),
        new("go-approvals", "Approvals", "G A", Place.Anywhere, "/approvals", "badge-check", Go),
        new("go-notices", "For you", "G N", Place.Anywhere, "/notices", "bell", Go),
        new("go-own", "My own", "G O", Place.Anywhere, "/my", "heart-handshake", Go),
        new("go-reports", "Reports", "G R", Place.Anywhere, "/reports", "trending-up", Go),
        new("go-settings", "Settings", "G S", Place.Anywhere, "/settings", "settings", Go),

        new("palette", "Everything, by name", "Mod+K", Place.Anywhere, null, "zap", General),
        new("search", "Search", "/", Place.Anywhere, "/search", "search", General),
        new("new", "New case", "W", Place.Anywhere, "/cases/new", "plus", General),
        new("undo", "Undo the last action", "Z", Place.Anywhere, null, "undo-2", General),
        new("help", "All shortcuts", "?", Place.Anywhere, null, "keyboard", General),
    ];

    private static readonly Dictionary<string, Command> ById = All.ToDictionary(command => command.Id);

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } }; // no address is none

    /// <summary>The same for every page, so it is written once. Angle brackets are escaped: it stands inside a script element.</summary>
    public static readonly string Json = JsonSerializer.Serialize(All, Options);

    /// <summary>The command, or null.</summary>
    public static Command? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>Keys as they are printed: "Shift+P" is Shift, P; "Mod+Enter" is "Ctrl ↵"; "G I" is G, I.</summary>
    public static IReadOnlyList<string> Print(string keys) => keys.Length == 0 ? []
        : keys.StartsWith("Mod+", StringComparison.Ordinal) ? [keys.Replace("Mod+", "Ctrl ").Replace("Shift+", "Shift ").Replace("Enter", "↵")]
        : [.. keys.Split([' ', '+'], StringSplitOptions.RemoveEmptyEntries).Select(key => key == "Enter" ? "↵" : key)];

    /// <summary>The value of <c>aria-keyshortcuts</c>, or null for sequences, which it cannot say.</summary>
    public static string? Aria(string id) => Find(id)?.Keys is { Length: > 0 } keys && !keys.Contains(' ')
        ? keys.Contains("Mod+") ? $"{keys.Replace("Mod+", "Control+")} {keys.Replace("Mod+", "Meta+")}" : keys
        : null;
}
