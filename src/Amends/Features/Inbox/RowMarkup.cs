using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Amends.Domain.Cases;
using Amends.Features.Shared;

namespace Amends.Features.Inbox;

/// <summary>
/// Writes rows of a list straight to text. A page has fifty and is asked for all the time, and a component a row costs more
/// than everything else on the page. The look is the one of <c>CaseRow</c>.
/// </summary>
/// <param name="encoder">Makes words safe in HTML.</param>
/// <param name="sprite">The address of the icons.</param>
/// <param name="view">The list's id.</param>
/// <param name="now">The time to compare with.</param>
/// <param name="zone">The company's zone.</param>
public sealed class RowMarkup(HtmlEncoder encoder, string sprite, string view, DateTimeOffset now, TimeZoneInfo zone)
{
    private readonly string[] _initialHue = [.. Enumerable.Range(0, 8).Select(hue => $"<span class=\"avatar h{hue}\" aria-hidden=\"true\">")];

    /// <summary>Groups of a list sorted by promise: their headings and rows. A list of closed cases has one group by day.</summary>
    public static IReadOnlyList<(string Heading, List<InboxRow> Rows)> Groups(IReadOnlyList<InboxRow> rows, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = LocalTime.EndOfDay(now, zone).ToUnixTimeMilliseconds();
        var moment = now.ToUnixTimeMilliseconds();
        return [.. rows.GroupBy(row => row switch
            {
                { ClosedAt: not null } => 5,
                _ when row.NextContactAt < moment => 0,
                { SnoozedUntil: not null } => 4,
                _ when row.NextContactAt < today => 1,
                { Stage: (int)CaseStage.CheckBack } when row.CheckBackAt < today => 3,
                { WaitsForUs: 1 } => 2,
                _ => 4,
            }).OrderBy(group => group.Key).Select(group => (Headings[group.Key], group.ToList()))];
    }

    private static readonly string[] Headings = ["Promise overdue", "Promise due today", "Waiting for you", "Follow-up due", "Later", "Closed"];

    /// <summary>Adds one row.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="row">What.</param>
    /// <param name="isCurrent">It is open beside the list.</param>
    /// <param name="withOwner">Whose it is matters in this list.</param>
    public void Write(StringBuilder html, InboxRow row, bool isCurrent, bool withOwner)
    {
        var number = row.Number.ToString(CultureInfo.InvariantCulture);
        html.Append("<a class=\"row").Append(row.IsUnread ? " unread" : "").Append("\" id=\"row-").Append(number)
            .Append("\" href=\"/cases/").Append(number).Append("?in=").Append(view).Append('"');
        if (isCurrent)
            html.Append(" aria-current=\"true\"");
        html.Append(" hx-get=\"/cases/").Append(number).Append("?in=").Append(view).Append("\" hx-target=\"#case\" hx-push-url=\"true\" hx-sync=\"#case:replace\">")
            .Append(_initialHue[Initials.Hue(row.Customer)]).Append(encoder.Encode(Initials.Of(row.Customer))).Append("<span class=\"ch\">");
        Icon(html, ChannelIcon((Channel)row.Channel));
        html.Append("</span></span><span><span class=\"l1\">");
        if (row.IsUnread)
            html.Append("<span class=\"dot\" role=\"img\" aria-label=\"Unread\"></span>");
        html.Append("<span class=\"name\">").Append(encoder.Encode(row.Customer)).Append("</span>");
        Time(html, row.LastMessageAt);
        html.Append("</span><span class=\"subj\">").Append(encoder.Encode(row.Subject)).Append("</span><span class=\"l3\">");
        if (row.Draft is { Length: > 0 } draft)
            html.Append("<span class=\"snip draft\">Draft: ").Append(encoder.Encode(draft)).Append("</span>");
        else
            html.Append("<span class=\"snip\">").Append(encoder.Encode(row.Preview)).Append("</span>");
        if (row.FixDueAt is { } fix)
        {
            html.Append("<span class=\"fix").Append(fix < now.ToUnixTimeMilliseconds() ? " late" : "").Append("\">");
            Icon(html, "wrench");
            html.Append("<span class=\"sr\">Fix due </span>").Append(When.Short(DateTimeOffset.FromUnixTimeMilliseconds(fix), now, zone)).Append("</span>");
        }

        html.Append("</span><span class=\"l4\">");
        Chip(html, row);
        if (withOwner)
            html.Append("<span class=\"who\">").Append(row.Owner is { } owner ? encoder.Encode(owner) : "Nobody yet").Append("</span>");
        if (row is { Mood: > 0 and var mood, ClosedAt: null })
            html.Append("<span class=\"mood m").Append(mood).Append("\"><i aria-hidden=\"true\"><b></b></i>").Append(MoodBars.Word(mood)).Append("</span>");
        if (row.Step > 0)
            Steps(html, row.Step);
        html.Append("</span></span></a>");
    }

    /// <summary>The icon of a channel.</summary>
    public static string ChannelIcon(Channel channel) => ChannelWords.Icon(channel);

    private void Chip(StringBuilder html, InboxRow row)
    {
        if (row.CloseReason is { } reason)
        {
            Chip(html, reason == (int)CloseReason.Confirmed ? "green" : "", "check", ReasonWords((CloseReason)reason));
            return;
        }

        if (row.NextContactAt is { } due)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(due);
            var (tone, icon, words) = PromiseWords.Badge(at, now, zone);
            html.Append("<span class=\"chip ").Append(tone).Append("\">");
            Icon(html, icon);
            html.Append("<span data-due=\"").Append(When.Iso(at)).Append("\">").Append(words).Append("</span></span>");
        }

        if (row.SnoozedUntil is { } until)
            Chip(html, "plain", "moon", $"rests until {When.Short(DateTimeOffset.FromUnixTimeMilliseconds(until), now, zone)}");
        else if (row.CallAt is { } call)
            Chip(html, "sky", "phone", $"call {When.Short(DateTimeOffset.FromUnixTimeMilliseconds(call), now, zone)}");
        else if (row is { Stage: (int)CaseStage.CheckBack, CheckBackAt: { } ask } && ask < LocalTime.EndOfDay(now, zone).ToUnixTimeMilliseconds())
            Chip(html, "sky", "repeat", "Ask today");
        else if (row.WithCustomer == 1)
            Chip(html, "plain", "hourglass", "With them");
        else if (row.Kind != (int)CaseKind.Complaint)
            Chip(html, "accent", "message-circle", ((CaseKind)row.Kind).ToString());
        else if (row.Severity == (int)Severity.High)
            Chip(html, "plain", "flag", "Serious");
    }

    private void Chip(StringBuilder html, string tone, string icon, string words)
    {
        html.Append("<span class=\"chip ").Append(tone).Append("\">");
        Icon(html, icon);
        html.Append(words).Append("</span>");
    }

    private void Icon(StringBuilder html, string name) => html.Append("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"").Append(sprite).Append('#').Append(name).Append("\"/></svg>");

    private void Time(StringBuilder html, long at)
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(at);
        html.Append("<time datetime=\"").Append(When.IsoMinute(moment)).Append("\">").Append(When.Short(moment, now, zone)).Append("</time>");
    }

    private static void Steps(StringBuilder html, int now)
    {
        html.Append("<span class=\"stage\" role=\"img\" aria-label=\"").Append(Shared.Steps.Label(now)).Append("\">");
        for (var step = 1; step <= 5; step++)
            html.Append(step < now ? "<span class=\"done\"></span>" : step == now ? "<span class=\"now\"></span>" : "<span></span>");
        html.Append("</span>");
    }

    /// <summary>Why a case ended, in two words.</summary>
    public static string ReasonWords(CloseReason reason) => reason switch
    {
        CloseReason.Confirmed => "Put right, they said so",
        CloseReason.Unconfirmed => "No answer",
        CloseReason.Withdrawn => "Withdrawn",
        CloseReason.Duplicate => "Duplicate",
        CloseReason.OutOfScope => "Not ours",
        CloseReason.Deadlock => "We could not agree",
        CloseReason.OutsideDecision => "Decided outside",
        _ => "Answered",
    };
}
