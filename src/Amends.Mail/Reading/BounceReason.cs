using System.Text.RegularExpressions;

namespace Amends.Mail.Reading;

/// <summary>Tells from status, code and words why a mail was not delivered (RFC 3463, RFC 5321 §4.2).</summary>
internal static class BounceReason
{
    const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    const int Longest = 4000;

    static readonly Regex Enhanced = new(@"(^|[^0-9.])([245]\.[0-9]\.[0-9]{1,3})($|[^0-9.])", Linear);
    static readonly Regex Reply = new(@"(^|[^0-9.@\-])([45][0-9][0-9])($|[^0-9.])", Linear);

    static readonly string[] StillTrying = ["not yet been delivered", "will continue to", "will be retried", "no action is required", "still trying", "delivery attempts will", "do not need to resend", "will keep trying"];

    /// <summary>Words that tell the reason, the surest first.</summary>
    static readonly (string Reason, Regex Words)[] Words =
    [
        ("notaccept", new(@"(host|domain|server).{0,60}(does not|doesn't) accept (any )?(e-?)?mail|null mx|nullmx|no smtp service|no mx record found|5\.1\.10 .{0,80}null", Linear)),
        ("mailboxfull", new(@"mailbox.{0,20}(is )?(full|exceed)|quota|over ?quota|insufficient storage|not enough (storage|disk|space)|mailbox size limit|user is over", Linear)),
        ("mesgtoobig", new(@"message.{0,20}(too (big|large)|size exceed|exceeds.{0,30}size)|size limit|552.{0,10}size|too large|5\.3\.4|5\.2\.3", Linear)),
        ("networkerror", new(@"malformed or unexpected name server|name server.{0,40}(timed out|timeout)|server failure|dns server returned", Linear)),
        ("rejected", new(@"(domain of sender|sender('s)? (address|domain)|mail from|envelope from|return-path).{0,120}(does not exist|doesn't exist|not exist|not found|reject|refused|denied|invalid|unresolvable)", Linear)),
        ("authfailure", new(@"authentication (check|fail|information is missing)|failed authentication|unauthenticated|(dmarc|spf|dkim).{0,40}(fail|check|policy|pass|reject|polic)|5\.7\.26", Linear)),
        ("requireptr", new(@"reverse (dns|lookup|hostname)|ptr record|rdns|cannot find your (reverse )?hostname|5\.7\.25", Linear)),
        ("virusdetected", new(@"virus|malware|infected", Linear)),
        ("spamdetected", new(@"spam (detected|message|content|filter)|(detected|classified|identified|considered|regarded|looks like|appears to be) (as )?(possible )?spam|unsolicited", Linear)),
        ("blocked", new(@"black ?listed|block ?listed|listed (at|in|by|on) .{0,60}(rbl|dnsbl|block|spamhaus|spamcop)", Linear)),
        ("mailererror", new(@"mailer error|couldn't create|command (failed|died|output)|procmail", Linear)),
        ("onhold", new(@"on ?hold\b", Linear)),
        ("hostunknown", new(@"domain is not reachable|host.{0,20}(unknown|not found|lookup)|unknown host|domain.{0,60}(not found|does not exist|doesn't exist|not exist)|no such (domain|host)|nxdomain|name service error|name or service not known|unrouteable.{0,10}(mail )?domain|bad destination (host|mailbox)|dns error|illegal host|5\.1\.2|sorry, i couldn't find any host|unrouteable address", Linear)),
        ("suspend", new(@"(account|mailbox|user).{0,40}(disabled|suspended|inactive|deactivated|not active|locked|has been disabled)|mailbox (is )?unavailable.{0,10}5\.2\.1|inactive (account|user)", Linear)),
        ("userunknown", new(@"not listed in .{0,40}(directory|address book)|recipient address rejected: *access denied|no valid recipients|please check if address is correct|見つかりません|リストにありません|user.{0,40}(unknown|not found|doesn't exist|does not exist|not known|invalid|not exist)|unknown (user|recipient|local|account|address)|no such (user|recipient|person|mailbox|address|account)|(mailbox|address|recipient|account|email).{0,60}(not found|does not exist|doesn't exist|unknown|no longer|invalid|unavailable|not exist|non.?exist)|not a known user|invalid (mailbox|recipient|address|user)|5\.1\.1|5\.1\.10|no mailbox here|not our customer|is not a valid (mailbox|recipient)|does not have an? .{0,40}account|bad (address|destination)|no recipients? by that name|addressee unknown|undeliverable address", Linear)),
        ("norelaying", new(@"relay(ing)? (denied|not permitted|access|not allowed|prohibited)|unable to relay|not permitted to relay|we do not relay|rcpthosts", Linear)),
        ("virusdetected", new(@"virus|malware|infected", Linear)),
        ("authfailure", new(@"dmarc|spf|dkim|sender policy", Linear)),
        ("requireptr", new(@"reverse (dns|lookup|hostname)|ptr record|rdns|cannot find your (reverse )?hostname", Linear)),
        ("spamdetected", new(@"spam|unsolicited|junk", Linear)),
        ("blocked", new(@"block(ed|list)|blacklist|black list|banned|denied by|access denied|listed (at|in|by)|rbl|bad reputation|reputation", Linear)),
        ("toomanyconn", new(@"too many (connections|concurrent|sessions)|rate limit|throttl|try again later.{0,20}too", Linear)),
        ("expired", new(@"expired|timed? ?out|retry time(out)? (not|exceeded)|delivery.{0,20}delayed|too long|could not be delivered for|undeliverable for|retr(y|ied).{0,20}exceeded|4\.4\.7|5\.4\.7|giving up", Linear)),
        ("networkerror", new(@"connection (refused|reset|lost|closed|dropped)|no route|network|unreachable|too many hops|loop", Linear)),
        ("userunknown", new(@"recipient (address )?rejected", Linear)),
        ("policyviolation", new(@"policy|5\.7\.1|prohibited", Linear)),
        ("rejected", new(@"sender.{0,30}(reject|denied|refused)|rejected|refused", Linear)),
        ("systemerror", new(@"system (error|problem|config)|internal error|local error|resources temporarily|mail system|configuration", Linear)),
    ];

    /// <summary>Puts together what a report says of one recipient.</summary>
    internal static Bounce Judge(string recipient, string status, string diagnostic, string explanation, string action)
    {
        diagnostic = Short(diagnostic);
        // What the server at fault said counts more than the code its neighbour made of it.
        var told = Find(Enhanced, diagnostic);
        if (told.Length > 0 && (!told.EndsWith(".0.0", StringComparison.Ordinal) || Find(Enhanced, status).Length == 0)) status = told;
        if (Find(Enhanced, status).Length == 0) status = Find(Enhanced, Short(explanation));
        var code = Find(Reply, diagnostic);
        var reason = Reason(status, diagnostic);
        if (reason.Length == 0) reason = ByStatus(status);
        if (reason.Length == 0) reason = Reason("", Short(explanation));
        if (reason.Length == 0) reason = "undefined";
        var temporary = action == "delayed" || status.StartsWith('4') || (status.Length == 0 && code.StartsWith('4')) || (action.Length == 0 && StillTrying.Any(words => explanation.Contains(words, StringComparison.OrdinalIgnoreCase)));
        return new Bounce(recipient, status, code, reason, reason is "userunknown" or "hostunknown" or "notaccept" or "hasmoved" && action != "delayed" && !status.StartsWith('4'), temporary);
    }

    internal static string Code(string text) => Find(Reply, text);

    static string Reason(string status, string text)
    {
        text = WithoutNames(text);
        if (status is "5.1.1" or "5.2.2" or "5.1.2") return ByStatus(status);
        foreach (var (reason, words) in Words)
        {
            if (text.Length > 0 && words.IsMatch(text)) return reason;
        }
        return "";
    }

    static string ByStatus(string status) => status switch
    {
        "5.1.1" or "5.1.10" or "5.1.3" or "5.1.6" => "userunknown",
        "5.1.2" or "5.4.4" => "hostunknown",
        "5.2.1" => "suspend",
        "5.2.2" or "4.2.2" => "mailboxfull",
        "5.2.3" or "5.3.4" => "mesgtoobig",
        "4.4.7" or "5.4.7" => "expired",
        "5.4.6" or "4.4.1" or "4.4.2" => "networkerror",
        "5.7.1" => "policyviolation",
        _ => "",
    };

    /// <summary>Addresses and links tell no reason, though "spam@" or "…/blocked.html" would read like one.</summary>
    static string WithoutNames(string text) => text.Length == 0 ? text : string.Join(' ', text.Split((char[])[' ', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries).Where(word => !word.Contains('@') && !word.Contains("://", StringComparison.Ordinal)));

    static string Find(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Groups[2].Value : "";

    static string Short(string text) => text.Length > Longest ? text[..Longest] : text;
}
