using Amends.Mail.Mime;

namespace Amends.Mail.Trust;

/// <summary>One line of an Authentication-Results field (RFC 8601 §2.2).</summary>
/// <param name="Method">Lower case: <c>spf</c>, <c>dkim</c>, <c>dmarc</c>, <c>arc</c>, or another.</param>
/// <param name="Result">Lower case, such as <c>pass</c> or <c>fail</c>.</param>
/// <param name="Properties">What was looked at, such as <c>header.from</c> and its value.</param>
public sealed record AuthenticationResult(string Method, string Result, IReadOnlyList<KeyValuePair<string, string>> Properties)
{
    /// <summary>The value of a property such as <c>header.d</c>, or null.</summary>
    public string? Value(string property)
    {
        foreach (var (name, value) in Properties)
        {
            if (name.Equals(property, StringComparison.OrdinalIgnoreCase)) return value;
        }
        return null;
    }
}

/// <summary>
/// What a receiving server wrote down about the sender of a mail (RFC 8601). Anybody can write such a field into a mail;
/// only those of a server that we know, and that removes strangers' fields under its own name (§5), say anything.
/// </summary>
public sealed record AuthenticationResults
{
    /// <summary>Fields of one server that are read.</summary>
    const int MostFields = 10;

    /// <summary>Results that are kept.</summary>
    const int MostResults = 40;

    /// <summary>What servers put between their own fields of this kind.</summary>
    static readonly string[] Beside = ["Received-SPF", "DKIM-Filter", "ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results"];

    /// <summary>Results by method that mean something (RFC 8601 §2.7, RFC 7489 §11.2, RFC 8617 §4.4); whatever else is written there is passed over.</summary>
    static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["spf"] = ["none", "neutral", "pass", "fail", "softfail", "policy", "temperror", "permerror"],
        ["dkim"] = ["none", "pass", "fail", "policy", "neutral", "temperror", "permerror"],
        ["dmarc"] = ["none", "pass", "bestguesspass", "fail", "temperror", "permerror"],
        ["arc"] = ["none", "pass", "fail"],
    };

    /// <summary>The name that the server gives itself (authserv-id).</summary>
    public required string Server { get; init; }

    /// <summary>Its results in order.</summary>
    public required IReadOnlyList<AuthenticationResult> Results { get; init; }

    /// <summary>The first result of a method, or null.</summary>
    public AuthenticationResult? Of(string method) => Results.FirstOrDefault(result => result.Method == method);

    /// <summary>
    /// What the trusted server says of a mail: the topmost fields under its name, up to the first field that is somebody
    /// else's. A server adds its fields on top, so whatever stands further down came with the mail.
    /// </summary>
    /// <param name="headers">The mail's header.</param>
    /// <param name="server">The server's authserv-id; empty trusts nobody.</param>
    /// <returns><c>null</c> when it says nothing.</returns>
    public static AuthenticationResults? Of(MailHeaders headers, string server)
    {
        if (server.Length == 0) return null;
        var results = new List<AuthenticationResult>();
        var fields = 0;
        foreach (var field in headers)
        {
            if (field.Name.Equals("Authentication-Results", StringComparison.OrdinalIgnoreCase) && Parse(field.Raw) is { } said && said.Server.Equals(server, StringComparison.OrdinalIgnoreCase))
            {
                if (++fields > MostFields) break;
                // A server that checks in several steps may add several fields; of one method the field on top counts.
                var before = results.Select(result => result.Method).ToHashSet(StringComparer.Ordinal);
                results.AddRange(said.Results.Where(result => !before.Contains(result.Method)));
            }
            else if (fields > 0 && !Beside.Contains(field.Name, StringComparer.OrdinalIgnoreCase)) break;
        }
        return fields == 0 ? null : new AuthenticationResults { Server = server, Results = [.. results.Take(MostResults)] };
    }

    /// <summary>Reads one field's value; <c>null</c> when it is not one of version 1. Never throws.</summary>
    public static AuthenticationResults? Parse(string value)
    {
        var words = new ResultTokens(value);
        if (words.Word() is not { Length: > 0 } server) return null;
        if (words.Word() is { Length: > 0 } version && version != "1") return null; // §2.2: another version is another language
        var results = new List<AuthenticationResult>();
        while (words.Next(';') && results.Count < MostResults)
        {
            if (words.Word() is not { Length: > 0 } method) continue;
            if (method.Equals("none", StringComparison.OrdinalIgnoreCase) || !words.Next('=', '/')) continue; // "none" alone: nothing was checked
            if (words.Last == '/')
            {
                // method "/" version: only version 1 is known
                if (words.Word() != "1" || !words.Next('=')) continue;
            }
            var result = words.Word().ToLowerInvariant();
            method = method.ToLowerInvariant();
            var properties = Properties(words);
            if (!Known.TryGetValue(method, out var known) || known.Contains(result)) results.Add(new AuthenticationResult(method, result, properties));
        }
        return new AuthenticationResults { Server = server, Results = results };
    }

    static List<KeyValuePair<string, string>> Properties(ResultTokens words)
    {
        var properties = new List<KeyValuePair<string, string>>();
        while (words.Word() is { Length: > 0 } name && words.Peek() == '=')
        {
            words.Next('=');
            if (properties.Count < 30) properties.Add(new(name.ToLowerInvariant(), words.Value()));
        }
        return properties;
    }
}
