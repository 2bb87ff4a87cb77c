using Amends.Domain.Cases;

namespace Amends.Domain.Promises;

/// <summary>
/// Open time within which what a customer says is answered by a person, by the way it came in. Proposals for a small shop, to be changed
/// by the company; a promise that falls earlier holds all the same.
/// </summary>
/// <param name="Call">A call that nobody took.</param>
/// <param name="Mail">Mail, letters and forms.</param>
/// <param name="Text">Short messages and what is said at the counter.</param>
/// <param name="Public">What everybody can read.</param>
public sealed record ReplyTimes(TimeSpan Call, TimeSpan Mail, TimeSpan Text, TimeSpan Public)
{
    /// <summary>A call four hours, mail eight (a day of work), a text four, what is public two.</summary>
    public static readonly ReplyTimes Proposed = new(TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(4), TimeSpan.FromHours(2));

    /// <summary>The time for one way in.</summary>
    public TimeSpan For(Channel channel) => channel switch
    {
        Channel.Phone => Call,
        Channel.InPerson or Channel.Sms => Text,
        Channel.Social or Channel.ReviewSite => Public,
        _ => Mail,
    };
}
