using Amends.Domain.People;
using Amends.Features.Shared;

namespace Amends.Features.Styleguide;

/// <summary>Invented people and cases for the style guide; all times follow the clock.</summary>
public sealed record Sample(DateTimeOffset Now, string Theme, bool CaseOpen)
{
    /// <summary>The reader's time zone.</summary>
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.Utc;

    /// <summary>The frame.</summary>
    public Chrome Chrome => new()
    {
        Company = "Northwind Home",
        Person = "Hanna Fischer",
        Role = Role.Owner,
        Path = "/inbox/mine",
        Status = "Available until 17:00",
        Theme = Theme,
        Counts = new Dictionary<string, int> { ["mine"] = 12, ["team"] = 34, ["unassigned"] = 5, ["overdue"] = 1, ["due"] = 6, ["with-customer"] = 9, ["follow-ups"] = 4, ["quarantine"] = 0 },
    };

    /// <summary>Groups of rows as the inbox has them.</summary>
    public IReadOnlyList<(string Heading, IReadOnlyList<RowView> Rows)> Groups =>
    [
        ("Promise due today",
        [
            new(4812, "Amara Okafor", "Washing machine arrived damaged, again", "This is the third time I have taken a day off", "mail", Ago(17), Now.AddMinutes(72), null, 3, 3),
            new(4809, "Jonas Berg", "Charged twice for order A-20877", "Call with Hanna · 6 min · summary ready", "phone", Ago(40), Now.AddMinutes(160), null, 2, 2, Unread: true),
            new(4801, "Mei Chen", "Nursery bed: missing screws for the side", "Thank you, the voucher is kind, but I still need", "message-circle", Ago(56), Now.AddMinutes(130), Now.AddDays(2), 1, 4, Unread: true),
            new(4799, "Luis Ortiz", "Third missed delivery slot", "I have the depot on the line and will", "mail", Ago(208), Now.AddMinutes(-25), null, 3, 2, IsDraft: true),
        ]),
        ("Waiting for you",
        [
            new(4816, "Priya Nair", "Refund promised on 3 November not here", "My bank says nothing is on its way. Could you", "mail", Ago(93), null, null, 2, 1, Unread: true, Chip: new("", "clock", "new · 1 h 16 min")),
            new(4790, "Tom Walsh", "Wrong size sent, needed by Friday", "Chose option B: express exchange on Thursday", "globe", Ago(121), null, Now.AddDays(-1), 0, 4, Chip: new("accent", "circle-check", "Option chosen")),
            new(4785, "Sofia Rossi", "Sofa fabric does not match the sample", "I attach two photos in daylight, as you asked", "mail", Ago(286), Now.AddDays(1), null, 1, 3),
        ]),
        ("Follow-up due",
        [
            new(4731, "Kwame Mensah", "Fridge replaced after two faulty units", "Put right on Thursday. Ask how the new one runs", "phone", Ago(1500), null, null, 0, 5, Chip: new("sky", "repeat", "Call today")),
            new(4722, "Omar Haddad", "Discount code rejected at checkout", "All settled, thanks for the quick fix", "mail", Ago(1700), null, null, 0, 5, Chip: new("sky", "repeat", "Note today")),
        ]),
    ];

    /// <summary>That many minutes before now.</summary>
    public DateTimeOffset Ago(int minutes) => Now.AddMinutes(-minutes);
}
